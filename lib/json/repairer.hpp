// Makes valid JSON of almost-JSON, in one pass: `repair_json` for a text in memory, `Repairer` for
// one that comes in pieces. Neither keeps anything outside of its objects: threads need no lock,
// but each its own Repairer. Nothing is thrown but std::bad_alloc, and what a Sink throws.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/repair.hpp"
#include "json/settings.hpp"
#include "json/sink.hpp"

namespace gird::json {

/// Why a text could not be repaired, or not by these settings.
struct Refusal {
  enum class Why : std::uint8_t {
    nothing,    ///< there is no document in it
    broken,     ///< what stands there has no repair
    forbidden,  ///< the repair that is needed is not allowed by the settings
    too_many,   ///< more than `most_repairs`
    too_deep,   ///< more than `most_depth` open brackets
    violated,   ///< a schema does not accept it
    unjudged,   ///< a schema has no end for it
  };
  Why why = Why::broken;
  std::uint64_t offset = 0;       ///< in bytes of UTF-8 input
  std::string what;               ///< for people: "a trailing comma may not be repaired here"
  std::optional<Kind> kind = {};  ///< of the repair that was refused
};

/// A push parser: bytes in, in pieces of any size; valid JSON out, in the same order. What it gives
/// does not depend on how the input was cut. Memory is bounded by the depth of nesting (a bit a
/// level) and fixed buffers. Valid input is given byte for byte. Time is linear in the input.
/// UTF-8 is expected; UTF-16 and UTF-32 are recognised and become UTF-8, which offsets are then of.
/// Where the sink throws, all that is left to do is to destroy the repairer.
/// Source of the grammar: RFC 8259. What is repaired, and how surely, is listed in kind.hpp.
class Repairer {
 public:
  /// Copies `settings`; `sink` must outlive it.
  Repairer(const Settings& settings, Sink& sink);
  Repairer(const Repairer&) = delete;
  Repairer& operator=(const Repairer&) = delete;
  Repairer(Repairer&&) noexcept;
  Repairer& operator=(Repairer&&) noexcept;
  ~Repairer();

  /// More of the input. What can be decided is given to the sink before it returns; what cannot
  /// waits, in a buffer of bounded size. After a refusal nothing more may be pushed, and what the
  /// sink was given is the beginning of a document: whoever wants all or nothing holds it back
  /// until `finish`.
  std::expected<void, Refusal> push(std::string_view bytes);
  /// The input ends here: the rest is given. To be called once, and nothing after it.
  std::expected<void, Refusal> finish();
  /// The number of the longest document so far in bytes of the input, from 0; the first of several
  /// as long.
  [[nodiscard]] std::uint64_t largest() const;
  /// Where a removal begins whose end has not come: it will be told with this offset, however much
  /// is pushed until then.
  [[nodiscard]] std::optional<std::uint64_t> open_removal() const;

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

/// The number of the largest of the documents in a text, as `Settings::only_document` takes it.
/// `next` gives the text in pieces, the last of them empty. Where the text is refused it is the
/// largest until there.
std::uint64_t largest_document(const Settings& settings,
                               const std::function<std::string_view()>& next);

struct Repaired {
  std::string text;             ///< one document, or several with a line feed between them
  std::vector<Repair> repairs;  ///< by their offsets; empty where `text` is as it was
};

/// All of `text` in one call; all or nothing. For lines and columns see locator.hpp.
std::expected<Repaired, Refusal> repair_json(std::string_view text, const Settings& settings = {});

}  // namespace gird::json
