// The folder in which a machine's cells are.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>
#include <vector>

#include "sys/fd.hpp"

namespace gird::store {

/// STATE_DIR/KIND: the user's, and nobody else can write in it or in the one above.
class Folder {
 public:
  enum class Missing { leave, make };
  static constexpr std::string_view ending = ".cell";

  /// Nothing is open where there is no folder and none was to be made.
  /// Fault::system, store-unusable: it can be neither made nor opened, or others could change it.
  static Result<Folder> open(const std::string& state_directory, std::string_view kind, uid_t user,
                             Missing missing);

  explicit operator bool() const { return static_cast<bool>(descriptor_); }
  [[nodiscard]] int descriptor() const { return descriptor_.get(); }
  /// Another one has its name now, or none.
  [[nodiscard]] bool is_gone() const;
  [[nodiscard]] const std::string& path() const { return path_; }
  /// STATE_DIR/KIND/KEY.cell
  [[nodiscard]] std::string path_of(std::string_view key) const;
  /// KEY.cell
  [[nodiscard]] static std::string name_of(std::string_view key);
  /// Every key that has a cell, sorted. Fault::system, store-failed.
  [[nodiscard]] Result<std::vector<std::string>> keys() const;

 private:
  Folder(sys::Fd descriptor, std::string path)
      : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

  sys::Fd descriptor_;
  std::string path_;
};

/// Why what `info` describes is not to be trusted, if so: it belongs to another user than `user`,
/// or others than its owner can write it. Fault::system, store-unusable, names `path`.
Result<void> check_owner(const struct stat& info, uid_t user, const std::string& path);

/// The same as a fact.
inline bool is_ours(const struct stat& info, uid_t user) {
  return info.st_uid == user && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/// The error of a call on a file of the state directory: store-unusable with a hint for what an
/// administrator can mend, store-failed for the rest.
std::unexpected<Error> folder_error(std::string what, int fault);

}  // namespace gird::store
