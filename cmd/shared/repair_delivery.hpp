// Where repaired text goes: standard output, a file, or the file that it came from.
#pragma once

#include <optional>
#include <string>

#include "shared/repair_run.hpp"
#include "sys/replace.hpp"

namespace gird {

/// --in-place, and the suffix under which old files are kept (empty: they are not).
struct InPlace {
  std::string suffix;
};
Result<void> from_text(std::string_view text, InPlace& in_place);
std::string to_text(const InPlace& in_place);

class Delivery {
 public:
  Delivery(std::optional<InPlace> in_place, std::optional<std::string> output, bool force)
      : in_place_(std::move(in_place)), output_(std::move(output)), force_(force) {}

  /// Makes the output file ready. Fault::system: file-unwritable, file-linked, file-owner.
  Result<void> begin();
  /// Gives the output of one input; one that is replaced in place and would be the same is not
  /// touched. The exit is that of a pipe that nobody reads, or `yes`.
  /// Fault::system: as `begin`, and write-failed, file-changed.
  Result<Exit> give(const std::string& file, Judged& judged);
  /// All inputs were given: puts the output file in place. Fault::system, write-failed.
  Result<void> finish();

 private:
  Result<void> replace(const std::string& file, Judged& judged);

  std::optional<InPlace> in_place_;
  std::optional<std::string> output_;
  bool force_;
  std::optional<sys::Replacement> made_;
  char last_ = '\n';  ///< of what was given so far
};

}  // namespace gird
