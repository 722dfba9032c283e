#include "shared/quarantine.hpp"

#include "base/quoting.hpp"
#include "sys/files.hpp"

namespace gird {

Result<Quarantine> Quarantine::open(const std::optional<ActionChoice>& action) {
  Quarantine quarantine;
  if (!action || action->action != Action::quarantine) return quarantine;
  quarantine.path_ = action->path;
  quarantine.file_ = TRY(sys::append_file(action->path));
  return quarantine;
}

void Quarantine::take(std::string_view record) {
  if (!file_ || fault_ != 0) return;
  fault_ = sys::write_all(file_.get(), record);
  if (fault_ == 0) fault_ = sys::write_all(file_.get(), {"\0", 1});
}

Result<void> Quarantine::finish() {
  if (!file_) return {};
  const int closed = sys::close_checked(file_.release());
  if (fault_ == 0) fault_ = closed;
  if (fault_ == 0) return {};
  return system_error("write-failed", "write " + shell_quoted(path_), fault_);
}

}  // namespace gird
