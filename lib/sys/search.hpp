// Finding the file of a program, as execvp does.
#pragma once

#include <sys/stat.h>

#include <cerrno>
#include <span>
#include <string>
#include <string_view>

namespace gird::sys {

/// Goes through the files that execvp would try for a program, without trying to run those that do
/// not exist: a stat costs a third of an execve that fails, and needs no child.
/// Source: glibc, posix/execvpe.c.
class Search {
 public:
  /// `path` is PATH's value, or null where it is not set; it and `name` must outlive this. A name
  /// with a slash in it is the file.
  Search(std::string_view name, const char* path);

  /// Whether there is a file to be tried.
  [[nodiscard]] bool found() const { return found_; }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const struct stat& info() const { return info_; }

  /// The file could not be run, for `fault`: looks for another, if execvp would.
  void next(int fault);
  /// The errno that execvp would end with, when nothing is found.
  [[nodiscard]] int fault() const { return fault_; }

 private:
  void look();
  bool pass_over(int fault);

  std::string_view name_;
  const char* rest_;  ///< of PATH; null at its end
  std::string file_;
  struct stat info_{};
  bool found_ = false;
  bool denied_ = false;  ///< a file was there and could not be run
  int fault_ = ENOENT;
};

/// The value of PATH among "NAME=value" entries; null where there is none.
const char* path_among(std::span<const char* const> environment);

}  // namespace gird::sys
