// Records that were rejected, kept for somebody to look at.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "shared/action_choice.hpp"
#include "sys/fd.hpp"

namespace gird {

/// A file that gets each rejected record, as it came, with a NUL behind it; or none.
class Quarantine {
 public:
  /// Added to what is in the file. Fault::system, file-unwritable.
  static Result<Quarantine> open(const std::optional<ActionChoice>& action);

  void take(std::string_view record);
  /// Fault::system, write-failed.
  Result<void> finish();

 private:
  Quarantine() = default;

  sys::Fd file_;
  std::string path_;
  int fault_ = 0;
};

}  // namespace gird
