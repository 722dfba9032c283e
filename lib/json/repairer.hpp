// Makes valid JSON of almost-JSON, in one pass.
#pragma once

#include <expected>
#include <memory>
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
class Repairer {
 public:
  Repairer(const Settings& settings, Sink& sink);
  Repairer(const Repairer&) = delete;
  Repairer& operator=(const Repairer&) = delete;
  Repairer(Repairer&&) noexcept;
  Repairer& operator=(Repairer&&) noexcept;
  ~Repairer();

  /// More of the input. After a refusal nothing more may be pushed.
  std::expected<void, Refusal> push(std::string_view bytes);
  /// The input ends here.
  std::expected<void, Refusal> finish();

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

struct Repaired {
  std::string text;
  std::vector<Repair> repairs;
};

/// All of `text` in one call.
std::expected<Repaired, Refusal> repair_json(std::string_view text, const Settings& settings = {});

}  // namespace gird::json
