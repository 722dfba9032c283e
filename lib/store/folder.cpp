// Folders of cells: made, checked, listed.
#include "store/folder.hpp"

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "base/quoting.hpp"
#include "store/key.hpp"

namespace gird::store {
namespace {

/// One folder of 0700, whatever the umask. EEXIST is no failure.
int make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0) return errno == EEXIST ? 0 : errno;
  return ::chmod(path.c_str(), 0700) == 0 ? 0 : errno;
}

/// `path` and what is missing above it.
Result<void> make_folders(const std::string& path) {
  int fault = make_folder(path);
  const std::size_t slash = path.find_last_not_of('/', path.rfind('/'));
  if (fault == ENOENT && path.rfind('/') != path.npos && slash != path.npos) {
    TRY(make_folders(path.substr(0, slash + 1)));
    fault = make_folder(path);
  }
  if (fault != 0) return folder_error("make " + shell_quoted(path), fault);
  return {};
}

}  // namespace

std::unexpected<Error> folder_error(std::string what, int fault) {
  switch (fault) {
    case ENOSPC:
    case EDQUOT: return system_error("store-unusable", std::move(what), fault);
    case EACCES:
    case EPERM:
    case EROFS: {
      auto error = system_error("store-unusable", std::move(what), fault);
      error.error().hints = {"let GIRD_STATE_DIR name a directory that this user can write"};
      return error;
    }
    case ELOOP: {
      auto error = system_error("store-unusable", std::move(what), fault);
      error.error().why = "is a symbolic link";
      return error;
    }
    case EIO:
    case EINVAL:
    case ESTALE: return system_error("store-failed", std::move(what), fault);
    default: return system_error("store-unusable", std::move(what), fault);
  }
}

Result<void> check_owner(const struct stat& info, uid_t user, const std::string& path) {
  if (is_ours(info, user)) return {};
  const std::string what = "open " + shell_quoted(path);
  if (info.st_uid != user) {
    return std::unexpected(Error{Fault::system,
                                 "store-unusable",
                                 what,
                                 "it belongs to another user",
                                 {"let GIRD_STATE_DIR name a directory of this user"}});
  }
  return std::unexpected(Error{Fault::system,
                               "store-unusable",
                               what,
                               "others can write it",
                               {"chmod go-w " + shell_quoted(path)}});
}

Result<Folder> Folder::open(const std::string& state_directory, std::string_view kind, uid_t user,
                            Missing missing) {
  std::string path = state_directory + "/" + std::string(kind);
  const auto open_it = [&] {
    return sys::Fd(::open(path.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  };
  sys::Fd descriptor = open_it();
  if (!descriptor && errno == ENOENT) {
    if (missing == Missing::leave) return Folder({}, std::move(path));
    TRY(make_folders(path));
    descriptor = open_it();
  }
  if (!descriptor) return folder_error("open " + shell_quoted(path), errno);
  struct stat info{};
  ::fstat(descriptor.get(), &info);
  TRY(check_owner(info, user, path));
  ::fstatat(descriptor.get(), "..", &info, 0);
  TRY(check_owner(info, user, state_directory));
  return Folder(std::move(descriptor), std::move(path));
}

bool Folder::is_gone() const {
  struct stat ours{};
  struct stat named{};
  return ::fstat(descriptor(), &ours) != 0 || ::lstat(path_.c_str(), &named) != 0 ||
         ours.st_ino != named.st_ino || ours.st_dev != named.st_dev;
}

std::string Folder::name_of(std::string_view key) {
  std::string name(key);
  return name += ending;
}

std::string Folder::path_of(std::string_view key) const { return path_ + "/" + name_of(key); }

Result<std::vector<std::string>> Folder::keys() const {
  std::vector<std::string> keys;
  sys::Fd readable(::openat(descriptor(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const std::unique_ptr<DIR, int (*)(DIR*)> list(readable ? ::fdopendir(readable.get()) : nullptr,
                                                 ::closedir);
  if (!list) return folder_error("list " + shell_quoted(path_), errno);
  static_cast<void>(readable.release());
  while (const dirent* entry = ::readdir(list.get())) {
    std::string_view name = entry->d_name;
    if (!name.ends_with(ending)) continue;
    name.remove_suffix(ending.size());
    if (is_key(name)) keys.emplace_back(name);
  }
  std::ranges::sort(keys);
  return keys;
}

}  // namespace gird::store
