// Steps on files.
#include "store/file_store.hpp"

#include <algorithm>
#include <cerrno>
#include <thread>

#include "base/quoting.hpp"
#include "store/cell_io.hpp"
#include "store/key.hpp"

namespace gird::store {
namespace {

/// As many files stay open as a chain of guards has use for.
constexpr std::size_t most_open = 8;

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

Result<const Folder*> FileStore::made_folder(const Kind& kind) {
  for (const auto& [name, folder] : folders_) {
    if (name == kind.name) return &folder;
  }
  Folder folder = TRY(Folder::open(directory_, kind.name, user_, Folder::Missing::make));
  return &folders_.emplace_back(kind.name, std::move(folder)).second;
}

Result<std::shared_ptr<CellFile>> FileStore::open_cell(const Kind& kind, std::string_view key) {
  for (const Open& open : files_) {
    if (open.key == key && open.kind == kind.name) return open.file;
  }
  settings_.clock();  // its first reading takes files, which nobody is to wait for
  const Folder& folder = *TRY(made_folder(kind));
  if (!may_write_blocks()) return folder_error("write " + shell_quoted(folder.path_of(key)), EFBIG);
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
    const Folder& folder = *TRY(made_folder(kind));
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
  if (finding.condition == Condition::newer) return newer_cell(step.path());
  if (finding.condition == Condition::damaged || finding.condition == Condition::older) {
    TRY(set_aside(step, finding.condition));
    return false;
  }
  if (info.st_size < off_t{sizeof(Block)}) TRY(make_room(step, finding.condition));
  TRY(play(step, finding));
  return true;
}

/// A cell that is there and was cut short goes on without, as long as the disk lets it.
Result<void> FileStore::make_room(const Step& step, Condition condition) {
  const int fault = preallocate(step.descriptor());
  if (fault == 0 || condition != Condition::empty) return {};
  // Nobody is to find a file that never became a cell.
  const std::string name = Folder::name_of(step.key);
  if (same_file(step.folder, name, step.descriptor())) {
    ::unlinkat(step.folder.descriptor(), name.c_str(), 0);
  }
  return folder_error("make " + shell_quoted(step.path()), fault);
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

}  // namespace gird::store
