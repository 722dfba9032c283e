// How far a repairer may go.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "json/kind.hpp"

namespace gird::json {

/// What stands for a value that is not there: `{"a": }`. `drop`: the member goes with its key and a
/// comma; in other places, and where its key goes on out of sight (64 KiB), it gets null.
enum class Missing : std::uint8_t { null, empty, drop };
/// What NaN and the infinities become.
enum class NotANumber : std::uint8_t { null, string, error };
/// What `007` becomes: "007" or 7.
enum class LeadingZero : std::uint8_t { string, number };
/// Which part of a text with something around its JSON is taken: `automatic` where there is a fence
/// or one outer container, `none` of them (all of the text is JSON), the first, the largest, or all
/// of them. Which one is the largest is known at the end: a push parser gives all, and
/// `Repairer::largest` is what `only_document` is to be the next time.
enum class Extract : std::uint8_t { automatic, none, first, largest, all };
/// What becomes of several documents: one a line, one a line always, an array of them (where there
/// are two or more), the first alone.
enum class Sequence : std::uint8_t { automatic, ndjson, array, first };
/// Ready-made settings: `data` is the default; `config` expects comments and hand-written keys;
/// `llm` decides as json_repair does; `log` looks for documents between lines of other text.
enum class Profile : std::uint8_t { data, config, llm, log };

/// What a repairer is given once, and copies. The defaults repair all that has a repair.
struct Settings {
  Confidence least = Confidence::guess;  ///< repairs less sure than this are refused
  bool aggressive = false;               ///< what cannot be kept is dropped, not refused
  std::bitset<64> refused = {};          ///< kinds that may not be repaired, by their number
  std::size_t most_repairs = std::numeric_limits<std::size_t>::max();  ///< of all of the input
  std::size_t most_depth = 100'000;  ///< open brackets at a time; a bit of memory each
  Missing missing = Missing::null;
  NotANumber not_a_number = NotANumber::null;
  LeadingZero leading_zero = LeadingZero::string;
  Extract extract = Extract::automatic;
  /// The number of the one document that is kept, from 0 in the order they begin; the others are
  /// read as they would be, and go with what stands around them.
  std::optional<std::uint64_t> only_document = std::nullopt;
  Sequence sequence = Sequence::automatic;
  /// `llm`: decide as json_repair does where the two suites disagree.
  Profile profile = Profile::data;
  /// A document is given with its last byte: nothing waits for what comes behind it.
  bool live = false;

  [[nodiscard]] bool allows(Kind kind, Confidence confidence) const {
    return confidence <= least && !refused.test(static_cast<std::size_t>(kind));
  }
};

/// What `profile` sets; the rest is as by default.
Settings settings_of(Profile profile);

}  // namespace gird::json
