// Replacing a file as a whole: either all of the new one is there, or all of the old one.
#pragma once

#include <signal.h>
#include <sys/stat.h>

#include <optional>
#include <string>

#include "sys/fd.hpp"

namespace gird::sys {

/// A new content for the file `path`, written beside it and put in its place by one rename. A
/// symbolic link stays one: the file that it leads to is replaced. Mode, owner and extended
/// attributes are those of the old file. When it goes without `commit`, or the process dies, the
/// old file is as it was and nothing is left beside it.
class Replacement {
 public:
  enum class HardLinks { refuse, part };

  struct Plan {
    HardLinks hard_links = HardLinks::refuse;  ///< `part`: the other names keep the old content
    /// The old file as it was read, for a last check that nobody has changed it since.
    std::optional<struct stat> expected = {};
  };

  /// Makes ready. `path` need not exist; a device or pipe is written to directly.
  /// Fault::system: file-unwritable, file-linked, file-owner.
  static Result<Replacement> prepare(const std::string& path, const Plan& plan);

  Replacement(Replacement&& other) noexcept;
  Replacement& operator=(Replacement&&) = delete;
  ~Replacement();

  /// Where the new content is to be written.
  [[nodiscard]] int number() const { return file_.get(); }

  /// Puts it in place, on the disk too. With a `backup` (a suffix) the old file keeps its inode
  /// under its name with that at the end. Fault::system: write-failed, file-changed.
  Result<void> commit(const std::string& backup = {});

 private:
  Replacement() = default;
  Result<void> make();
  Result<void> make_named();
  Result<void> take_over(const struct stat& old) const;
  Result<void> give_name();
  Result<void> keep_old(const std::string& suffix) const;
  [[nodiscard]] std::string beside() const;

  std::string shown_;  ///< as the user called it
  std::string path_;   ///< with links resolved
  std::string directory_;
  std::string temporary_;  ///< its name, once it has one
  std::optional<struct stat> expected_;
  bool direct_ = false;
  bool exists_ = false;
  Fd file_;
  bool masked_ = false;  ///< signals wait, for the file has a name that would stay behind
  sigset_t before_{};
};

}  // namespace gird::sys
