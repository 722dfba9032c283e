// Paths that are proven to stay inside of a folder.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sys/fd.hpp"

namespace gird::sys {

/// A folder that paths are read from.
class Folder {
 public:
  /// Fault::system, folder-unreadable.
  static Result<Folder> open(const std::string& path);

  /// The real path of what `path`, relative to this folder, names. Symbolic links are followed and
  /// may not lead out. The last part need not be there, all others must.
  /// Fault::input: path-outside (absolute, or left by `..`, a link, or a link of /proc),
  /// path-missing, path-unusable (empty, a NUL, too long, not permitted).
  ///
  /// The kernel proves it while it looks (openat2 with RESOLVE_BENEATH), so no name can be
  /// exchanged meanwhile; whoever may write into the folder can do so afterwards. Without openat2,
  /// in an old kernel or a sandbox, it is `walk`.
  [[nodiscard]] Result<std::string> resolve(std::string_view path) const;

  /// The same, part by part; a symbolic link on the way is path-outside wherever it leads.
  [[nodiscard]] Result<std::string> walk(std::string_view path) const;

 private:
  explicit Folder(Fd fd) : fd_(std::move(fd)) {}
  Fd fd_;
};

}  // namespace gird::sys
