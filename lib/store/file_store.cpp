// Steps on files.
#include "store/file_store.hpp"

#include <fcntl.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <thread>

#include "base/quoting.hpp"
#include "store/file_changes.hpp"
#include "store/key.hpp"

namespace gird::store {
namespace {

/// Never through a link, never waiting for the other end of a FIFO.
constexpr int safely = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

/// As many files stay open as a chain of guards has use for.
constexpr std::size_t most_open = 8;

/// All of the file but the journal, which no step reads.
constexpr std::size_t slots_end = offsetof(Block, journal);

std::unexpected<Error> newer(const std::string& path) {
  return std::unexpected(Error{Fault::system,
                               "store-newer",
                               "open " + shell_quoted(path),
                               "a newer version of gird wrote it",
                               {"gird --version"}});
}

Result<void> check_regular(const struct stat& info, uid_t user, const std::string& path) {
  if (S_ISREG(info.st_mode)) return check_owner(info, user, path);
  return std::unexpected(Error{Fault::system,
                               "store-unusable",
                               "open " + shell_quoted(path),
                               "is no regular file",
                               {"rm " + shell_quoted(path)}});
}

/// Reads up to `size` bytes of the file; what it has not got is zero.
int read_block(int file, Block& block, std::size_t size) {
  auto* bytes = reinterpret_cast<char*>(&block);
  const ssize_t count = ::pread(file, bytes, size, 0);
  if (count < 0) return errno;
  std::memset(bytes + count, 0, size - static_cast<std::size_t>(count));
  return 0;
}

int write_at(int file, std::size_t offset, const void* bytes, std::size_t size) {
  const ssize_t count = ::pwrite(file, bytes, size, static_cast<off_t>(offset));
  if (count < 0) return errno;
  return static_cast<std::size_t>(count) == size ? 0 : ENOSPC;
}

/// Room for all that a cell will ever need, so that a full disk does not stop it later.
int preallocate(int file) {
  // Beyond this limit of the user a write is not refused, but a signal that kills.
  rlimit most{};
  if (::getrlimit(RLIMIT_FSIZE, &most) == 0 && most.rlim_cur < sizeof(Block)) return EFBIG;
  return ::posix_fallocate(file, 0, sizeof(Block));
}

bool same_file(const Folder& folder, const std::string& name, int file) {
  struct stat here{};
  struct stat there{};
  return ::fstat(file, &here) == 0 &&
         ::fstatat(folder.descriptor(), name.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0 &&
         here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

Duration idle_since(const timespec& written) {
  const Duration then = std::chrono::seconds(written.tv_sec) + Duration(written.tv_nsec);
  const Duration now = std::chrono::system_clock::now().time_since_epoch();
  return std::max(now - then, Duration(0));
}

}  // namespace

struct FileStore::Step {
  const Kind& kind;
  std::string_view key;
  const void* config;
  const void* ask;
  void* answer;
  Hold& hold;
  const Folder& folder;
  const std::shared_ptr<CellFile>& file;

  [[nodiscard]] std::string path() const { return folder.path_of(key); }
  [[nodiscard]] int descriptor() const { return file->descriptor(); }
};

FileStore::FileStore(std::string directory) : FileStore(std::move(directory), Settings()) {}

FileStore::FileStore(std::string directory, Settings settings)
    : directory_(std::move(directory)), user_(::geteuid()), settings_(settings) {}

Result<const Folder*> FileStore::folder(const Kind& kind, Folder::Missing missing) {
  for (const auto& [name, folder] : folders_) {
    if (name == kind.name) return &folder;
  }
  Folder folder = TRY(Folder::open(directory_, kind.name, user_, missing));
  if (!folder) return nullptr;
  return &folders_.emplace_back(kind.name, std::move(folder)).second;
}

Result<std::shared_ptr<CellFile>> FileStore::open_cell(const Kind& kind, std::string_view key) {
  for (const Open& open : files_) {
    if (open.key == key && open.kind == kind.name) return open.file;
  }
  settings_.clock();  // its first reading takes files, which nobody is to wait for
  const Folder& folder = *TRY(this->folder(kind, Folder::Missing::make));
  const std::string name = Folder::name_of(key);
  sys::Fd file(::openat(folder.descriptor(), name.c_str(), O_RDWR | safely));
  if (!file && errno == ENOENT) {
    file.reset(::openat(folder.descriptor(), name.c_str(), O_RDWR | O_CREAT | safely, 0600));
    if (file) ::fchmod(file.get(), 0600);  // whatever the umask
  }
  if (!file && errno == ENOENT) return nullptr;  // the folder itself was deleted
  if (!file) return folder_error("open " + shell_quoted(folder.path_of(key)), errno);
  // A file with a hold on it stays, or the hold would be taken for somebody else's.
  if (files_.size() >= most_open) {
    std::erase_if(files_, [](const Open& open) { return open.file.use_count() == 1; });
  }
  return files_
      .emplace_back(kind.name, std::string(key), std::make_shared<CellFile>(std::move(file)))
      .file;
}

Result<void> FileStore::step_raw(const Kind& kind, std::string_view key, const void* config,
                                 const void* ask, void* answer, Hold& hold) {
  TRY(check_key(key));
  // Again when the file was removed or set aside by somebody between its opening and its lock.
  for (int turn = 0; turn < 100; ++turn) {
    const std::shared_ptr<CellFile> file = TRY(open_cell(kind, key));
    if (!file) {
      std::erase_if(folders_, [&](const auto& each) { return each.first == kind.name; });
      continue;
    }
    const Folder& folder = *TRY(this->folder(kind, Folder::Missing::make));
    if (TRY(try_step({kind, key, config, ask, answer, hold, folder, file}))) {
      // Long enough for those in the queue to be woken and to take their turns.
      if (give_way_) std::this_thread::sleep_for(std::chrono::microseconds(100));
      return {};
    }
    std::erase_if(files_, [&](const Open& open) { return open.file == file; });
  }
  return std::unexpected(Error{Fault::system, "store-busy", "open " + shell_quoted(directory_),
                               "its files are being deleted all the time"});
}

/// False when the file is not that of the cell any more.
Result<bool> FileStore::try_step(const Step& step) {
  const int fault = step.file->lock(settings_.patience);
  if (fault == EAGAIN) {
    return std::unexpected(Error{Fault::system,
                                 "store-busy",
                                 "lock " + shell_quoted(step.path()),
                                 "others kept it for " + to_text(settings_.patience),
                                 {"fuser -v " + shell_quoted(step.path())}});
  }
  if (fault != 0) return folder_error("lock " + shell_quoted(step.path()), fault);
  const Critical critical(*step.file);
  struct stat info{};
  ::fstat(step.descriptor(), &info);
  if (info.st_nlink == 0) return false;
  if (!S_ISREG(info.st_mode) || !is_ours(info, user_)) {
    TRY(check_regular(info, user_, step.path()));
  }
  if (const int unread = read_block(step.descriptor(), block_, slots_end)) {
    return folder_error("read " + shell_quoted(step.path()), unread);
  }
  const Finding finding = examine(step.kind, block_);
  if (finding.condition == Condition::newer) return newer(step.path());
  if (finding.condition == Condition::damaged || finding.condition == Condition::older) {
    TRY(set_aside(step, finding.condition));
    return false;
  }
  if (info.st_size < off_t{sizeof(Block)}) {
    const int full = preallocate(step.descriptor());
    if (full != 0 && finding.condition == Condition::empty) {
      // Nobody is to find a file that never became a cell.
      const std::string name = Folder::name_of(step.key);
      if (same_file(step.folder, name, step.descriptor())) {
        ::unlinkat(step.folder.descriptor(), name.c_str(), 0);
      }
      return folder_error("make " + shell_quoted(step.path()), full);
    }
  }
  TRY(play(step, finding));
  return true;
}

Result<void> FileStore::play(const Step& step, Finding finding) {
  const bool made = finding.condition == Condition::empty;
  const Slot& before = block_.slots[finding.newest];
  Slot& slot = block_.slots[1 - finding.newest];
  Moment moment = settings_.clock();
  const policy::Micros wall = moment.wall;
  give_way_ = somebody_waits(block_.header, moment.running);
  if (made) {
    slot = fresh_slot(step.kind);
    slot.now = std::max<policy::Micros>(wall, 1);
  } else {
    std::memcpy(&slot, &before, before.size);
    slot.now += elapsed(before.written, moment);
    moment.wall = wall_to_keep(before.written, moment);
    if (before.check != step.file->written) {
      step.kind.mend(slot.state(step.kind), slot.config(), slot.now);
    }
  }
  slot.written = moment;
  Turn turn(step.kind, slot, step.file);
  turn.step(step.config, step.ask, step.answer, step.hold);
  const std::size_t used = slot.size_for(step.kind) - offsetof(Slot, numbers);
  const bool same = !made && block_.header.valid() && turn.notes().empty() &&
                    slot.seats == before.seats &&
                    std::memcmp(slot.numbers.data(), before.numbers.data(), used) == 0;
  if (!same) TRY(write(step, turn.notes(), slot, wall));
  turn.keep(step.hold);
  return {};
}

Result<void> FileStore::write(const Step& step, const std::vector<policy::Note>& notes, Slot& slot,
                              policy::Micros wall) {
  int fault = 0;
  const auto put = [&](std::size_t offset, const void* bytes, std::size_t size) {
    if (fault == 0) fault = write_at(step.descriptor(), offset, bytes, size);
  };
  if (!block_.header.valid()) {
    const Header header = sealed_header();
    put(0, &header, sizeof header);
  }
  // Lines come before the slot that counts them.
  for (const policy::Note& note : notes) {
    const Line line = line_of(slot.journal, {Time(std::chrono::microseconds(wall)), note});
    put(offsetof(Block, journal) + sizeof line * (slot.journal % most_entries), &line, sizeof line);
    ++slot.journal;
  }
  ++slot.sequence;
  seal(step.kind, slot);
  const std::size_t index = &slot == block_.slots.data() ? 0 : 1;
  put(offsetof(Block, slots) + sizeof slot * index, &slot, slot.size);
  if (fault != 0) return folder_error("write " + shell_quoted(step.path()), fault);
  step.file->written = slot.check;
  return {};
}

Result<void> FileStore::set_aside(const Step& step, Condition condition) {
  const std::string name = Folder::name_of(step.key);
  // Somebody else has done it already: what has the name now is a good one.
  if (!same_file(step.folder, name, step.descriptor())) return {};
  const std::string aside = name + ".corrupt";
  const int folder = step.folder.descriptor();
  if (::renameat(folder, name.c_str(), folder, aside.c_str()) != 0) {
    return folder_error("rename " + shell_quoted(step.path()), errno);
  }
  const char* why =
      condition == Condition::older ? "was written by an older version of gird" : "was damaged";
  complaints_.push_back(shell_quoted(step.path()) + " " + why + ": it is now " +
                        shell_quoted(aside) + ", and its state starts afresh");
  return {};
}

Result<std::optional<RawLook>> FileStore::look_raw(const Kind& kind, std::string_view key) {
  TRY(check_key(key));
  const Folder* folder = TRY(this->folder(kind, Folder::Missing::leave));
  if (folder == nullptr) return std::nullopt;
  const std::string path = folder->path_of(key);
  CellFile file(
      sys::Fd(::openat(folder->descriptor(), Folder::name_of(key).c_str(), O_RDONLY | safely)));
  if (file.descriptor() < 0 && errno == ENOENT) return std::nullopt;
  if (file.descriptor() < 0) return folder_error("open " + shell_quoted(path), errno);
  struct stat info{};
  ::fstat(file.descriptor(), &info);
  TRY(check_regular(info, user_, path));
  Finding finding;
  // Nothing is locked: a step may be writing just what is read. It leaves the other slot alone.
  for (int turn = 0; turn < 10; ++turn) {
    if (const int unread = read_block(file.descriptor(), block_, sizeof block_)) {
      return folder_error("read " + shell_quoted(path), unread);
    }
    finding = examine(kind, block_);
    if (finding.condition != Condition::damaged) break;
  }
  if (finding.condition == Condition::newer) return newer(path);
  if (finding.condition == Condition::empty) return std::nullopt;
  if (finding.condition != Condition::good) {
    complaints_.push_back(shell_quoted(path) + " cannot be read; its next use sets it aside");
    return std::nullopt;
  }
  Slot& slot = block_.slots[finding.newest];
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
  const Folder* folder = TRY(this->folder(kind, Folder::Missing::leave));
  if (folder == nullptr) return std::vector<std::string>();
  return folder->keys();
}

Result<bool> FileStore::remove(const Kind& kind, std::string_view key, Duration idle) {
  TRY(check_key(key));
  const Folder* folder = TRY(this->folder(kind, Folder::Missing::leave));
  if (folder == nullptr) return false;
  const std::string name = Folder::name_of(key);
  const std::string path = folder->path_of(key);
  CellFile file(sys::Fd(::openat(folder->descriptor(), name.c_str(), O_RDWR | safely)));
  if (file.descriptor() < 0 && errno == ENOENT) return false;
  if (file.descriptor() < 0) return folder_error("open " + shell_quoted(path), errno);
  // Somebody is at it just now, so it is in use.
  if (file.lock(settings_.patience) != 0) return false;
  const Critical critical(file);
  struct stat info{};
  ::fstat(file.descriptor(), &info);
  if (info.st_nlink == 0 || !same_file(*folder, name, file.descriptor())) return false;
  TRY(check_regular(info, user_, path));
  if (read_block(file.descriptor(), block_, slots_end) == 0 &&
      examine(kind, block_).condition == Condition::newer) {
    return newer(path);
  }
  if (file.any_occupied() || idle_since(info.st_mtim) < idle) return false;
  if (::unlinkat(folder->descriptor(), name.c_str(), 0) != 0) {
    return folder_error("remove " + shell_quoted(path), errno);
  }
  ::unlinkat(folder->descriptor(), (name + ".corrupt").c_str(), 0);
  return true;
}

Result<std::unique_ptr<Changes>> FileStore::changes(const Kind& kind, std::string_view key) {
  if (!key.empty()) TRY(check_key(key));
  return watch_files(*TRY(folder(kind, Folder::Missing::make)), key);
}

}  // namespace gird::store
