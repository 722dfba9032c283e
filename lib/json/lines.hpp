// Documents that stand one on a line, each repaired on its own.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

#include "json/repairer.hpp"

namespace gird::json {

/// What becomes of a line that is no valid document as it stands: it is repaired, left out, left as
/// it is, or the end of all.
enum class BadLines : std::uint8_t { repair, skip, keep, fail };

/// Takes the lines. What `text` is given are views of the lines or of repaired text, with their
/// line feeds; offsets of repairs are in the whole of what was given to `repair_lines`.
class LineSink : public Sink {
 public:
  /// A line that was left out, or with `keep` left as it is, and why it is no document. With
  /// `repair`: it could not be repaired. Its line feed is not part of it.
  virtual void rejected(std::string_view line, const Refusal& refusal) = 0;
  /// Whether all that a repaired line becomes is to be given as one text, however much it is.
  [[nodiscard]] virtual bool wants_whole_lines() const { return false; }
};

enum class Unrepairable : std::uint8_t { refuse, reject };

/// Repairs `lines`, whole lines of which the last may lack its line feed. Blank lines stay. With
/// `unrepairable` a line that cannot be repaired ends everything with its refusal, or is rejected;
/// `BadLines::fail` refuses the first line that is not valid. A line that was repaired ends with a
/// line feed if it did before.
std::expected<void, Refusal> repair_lines(std::string_view lines, const Settings& settings,
                                          BadLines bad, Unrepairable unrepairable, LineSink& sink);

}  // namespace gird::json
