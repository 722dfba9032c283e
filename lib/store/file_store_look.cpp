// What is done to files of cells besides steps: looking, listing, removing, watching.
#include <algorithm>
#include <cerrno>

#include "base/quoting.hpp"
#include "store/cell_io.hpp"
#include "store/file_changes.hpp"
#include "store/file_store.hpp"
#include "store/key.hpp"

namespace gird::store {
namespace {

Duration idle_since(const timespec& written) {
  const Duration then = std::chrono::seconds(written.tv_sec) + Duration(written.tv_nsec);
  const Duration now = std::chrono::system_clock::now().time_since_epoch();
  return std::max(now - then, Duration(0));
}

std::unexpected<Error> unopened(const std::string& path, int fault) {
  auto error = folder_error("open " + shell_quoted(path), fault);
  if (fault == ELOOP) error.error().hints = {"rm " + shell_quoted(path)};
  return error;
}

}  // namespace

/// Null where there is none.
Result<const Folder*> FileStore::found_folder(const Kind& kind) {
  // It may have been deleted or moved, and made again, since somebody watched it.
  std::erase_if(folders_, [](const auto& each) { return each.second.is_gone(); });
  for (const auto& [name, folder] : folders_) {
    if (name == kind.name) return &folder;
  }
  Folder folder = TRY(Folder::open(directory_, kind.name, user_, Folder::Missing::leave));
  if (!folder) return nullptr;
  return &folders_.emplace_back(kind.name, std::move(folder)).second;
}

/// Whether the state of `slot`, brought to the present, is to be kept.
bool FileStore::lasts(const Kind& kind, Slot& slot) const {
  slot.now += elapsed(slot.written, settings_.clock());
  kind.mend(slot.state(kind), slot.config(), slot.now);
  return kind.lasts(slot.state(kind), slot.now) != policy::Lasts::idle;
}

/// Null where the cell has no state.
Result<Slot*> FileStore::newest_slot(const Kind& kind, int file, const std::string& path) {
  Finding finding;
  // Nothing is locked: a step may be writing just what is read. It leaves the other slot alone.
  for (int turn = 0; turn < 10; ++turn) {
    if (const int unread = read_block(file, block_, sizeof block_)) {
      return folder_error("read " + shell_quoted(path), unread);
    }
    finding = examine(kind, block_);
    if (finding.condition != Condition::damaged) break;
  }
  if (finding.condition == Condition::newer) return newer_cell(path);
  if (finding.condition == Condition::good) return &block_.slots[finding.newest];
  if (finding.condition != Condition::empty) {
    complaints_.push_back(shell_quoted(path) + " cannot be read; its next use sets it aside");
  }
  return nullptr;
}

Result<std::optional<RawLook>> FileStore::look_raw(const Kind& kind, std::string_view key) {
  TRY(check_key(key));
  const Folder* folder = TRY(found_folder(kind));
  if (folder == nullptr) return std::nullopt;
  const std::string path = folder->path_of(key);
  CellFile file(
      sys::Fd(::openat(folder->descriptor(), Folder::name_of(key).c_str(), O_RDONLY | safely)));
  if (file.descriptor() < 0 && errno == ENOENT) return std::nullopt;
  if (file.descriptor() < 0) return unopened(path, errno);
  struct stat info{};
  ::fstat(file.descriptor(), &info);
  TRY(check_regular(info, user_, path));
  Slot* const newest = TRY(newest_slot(kind, file.descriptor(), path));
  if (newest == nullptr) return std::nullopt;
  Slot& slot = *newest;
  const Moment moment = settings_.clock();
  slot.now += elapsed(slot.written, moment);
  kind.mend(slot.state(kind), slot.config(), slot.now);
  RawLook look = look_at(kind, slot, file);
  look.now = slot.now;
  look.wall = Time(std::chrono::microseconds(moment.wall));
  look.idle = idle_since(info.st_mtim);
  look.journal = entries(block_, slot);
  return look;
}

Result<std::vector<std::string>> FileStore::keys(const Kind& kind) {
  const Folder* folder = TRY(found_folder(kind));
  if (folder == nullptr) return std::vector<std::string>();
  return folder->keys();
}

Result<bool> FileStore::remove(const Kind& kind, std::string_view key, Duration idle) {
  TRY(check_key(key));
  const Folder* folder = TRY(found_folder(kind));
  if (folder == nullptr) return false;
  const std::string name = Folder::name_of(key);
  const std::string path = folder->path_of(key);
  CellFile file(sys::Fd(::openat(folder->descriptor(), name.c_str(), O_RDWR | safely)));
  if (file.descriptor() < 0 && errno == ENOENT) return false;
  if (file.descriptor() < 0) return unopened(path, errno);
  // Somebody is at it just now, so it is in use.
  if (file.lock(settings_.patience) != 0) return false;
  const Critical critical(file);
  struct stat info{};
  ::fstat(file.descriptor(), &info);
  if (info.st_nlink == 0 || !same_file(*folder, name, file.descriptor())) return false;
  TRY(check_regular(info, user_, path));
  const bool read = read_block(file.descriptor(), block_, slots_end) == 0;
  const Finding finding = read ? examine(kind, block_) : Finding();
  if (finding.condition == Condition::newer) return newer_cell(path);
  if (file.any_occupied() || idle_since(info.st_mtim) < idle) return false;
  if (finding.condition == Condition::good && lasts(kind, block_.slots[finding.newest])) {
    return false;
  }
  if (::unlinkat(folder->descriptor(), name.c_str(), 0) != 0) {
    return folder_error("remove " + shell_quoted(path), errno);
  }
  ::unlinkat(folder->descriptor(), (name + ".corrupt").c_str(), 0);
  return true;
}

Result<std::unique_ptr<Changes>> FileStore::changes(const Kind& kind, std::string_view key) {
  if (!key.empty()) TRY(check_key(key));
  return watch_files(*TRY(made_folder(kind)), key);
}

}  // namespace gird::store
