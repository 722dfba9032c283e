// The store without files.
#include "store/memory_store.hpp"

#include <sys/eventfd.h>

#include <bitset>
#include <cerrno>

#include "store/key.hpp"
#include "store/look.hpp"
#include "sys/fd.hpp"

namespace gird::store {
namespace {

/// All holders are in this process: what they hold is known without asking anybody.
class OwnPlaces final : public Places {
 public:
  bool occupied(std::size_t place) override { return taken_[place]; }
  bool occupy(std::size_t place) override {
    if (taken_[place]) return false;
    taken_.set(place);
    return true;
  }
  void leave(std::size_t place) override { taken_.reset(place); }
  [[nodiscard]] bool any() const { return taken_.any(); }

 private:
  std::bitset<most_numbers / sizeof(Seat)> taken_;
};

}  // namespace

struct MemoryStore::Cell {
  Slot slot;
  std::shared_ptr<OwnPlaces> places = std::make_shared<OwnPlaces>();
  std::vector<Entry> journal = {};
  Time used = {};
};

/// What has changed since a watcher looked.
struct MemoryStore::Mailbox {
  std::string_view kind;
  std::string key;
  sys::Fd bell;
  std::vector<std::string> changed = {};
};

class MemoryStore::Watch final : public Changes {
 public:
  explicit Watch(std::shared_ptr<Mailbox> mailbox) : mailbox_(std::move(mailbox)) {}
  [[nodiscard]] int descriptor() const override { return mailbox_->bell.get(); }
  Result<std::vector<std::string>> take() override {
    eventfd_t rings = 0;
    ::eventfd_read(mailbox_->bell.get(), &rings);
    return std::exchange(mailbox_->changed, {});
  }

 private:
  std::shared_ptr<Mailbox> mailbox_;
};

MemoryStore::MemoryStore(const World& world)
    : world_(world), born_(world.wall().time_since_epoch() - world.now().time_since_epoch()) {}

MemoryStore::~MemoryStore() = default;

Time MemoryStore::now() const { return Time(world_.now().time_since_epoch() + born_); }

Result<void> MemoryStore::step_raw(const Kind& kind, std::string_view key, const void* config,
                                   const void* ask, void* answer, Hold& hold) {
  TRY(check_key(key));
  const Time time = now();
  auto [at, made] = cells_.try_emplace(Name(kind.name, key));
  Cell& cell = at->second;
  if (made) cell.slot = fresh_slot(kind);
  cell.slot.now = micros_of(time);
  Turn turn(kind, cell.slot, cell.places);
  turn.step(config, ask, answer, hold);
  turn.keep(hold);
  for (const policy::Note& note : turn.notes()) cell.journal.push_back({time, note});
  if (cell.journal.size() > most_entries) {
    const auto surplus = static_cast<std::ptrdiff_t>(cell.journal.size() - most_entries);
    cell.journal.erase(cell.journal.begin(), cell.journal.begin() + surplus);
  }
  cell.used = time;
  tell_watchers(kind, key);
  return {};
}

Result<std::optional<RawLook>> MemoryStore::look_raw(const Kind& kind, std::string_view key) {
  TRY(check_key(key));
  const auto found = cells_.find(Name(kind.name, key));
  if (found == cells_.end()) return std::nullopt;
  Cell& cell = found->second;
  const Time time = now();
  RawLook look = look_at(kind, cell.slot, *cell.places);
  look.now = micros_of(time);
  look.wall = time;
  look.idle = time - cell.used;
  look.journal = cell.journal;
  return look;
}

Result<std::vector<std::string>> MemoryStore::keys(const Kind& kind) {
  std::vector<std::string> keys;
  for (const auto& [name, cell] : cells_) {
    if (name.first == kind.name) keys.push_back(name.second);
  }
  return keys;
}

Result<bool> MemoryStore::remove(const Kind& kind, std::string_view key, Duration idle) {
  TRY(check_key(key));
  const auto found = cells_.find(Name(kind.name, key));
  if (found == cells_.end()) return false;
  Cell& cell = found->second;
  if (cell.places->any() || now() - cell.used < idle) return false;
  if (kind.lasts(cell.slot.state(kind), micros_of(now())) != policy::Lasts::idle) return false;
  cells_.erase(found);
  tell_watchers(kind, key);
  return true;
}

Result<std::unique_ptr<Changes>> MemoryStore::changes(const Kind& kind, std::string_view key) {
  if (!key.empty()) TRY(check_key(key));
  sys::Fd bell(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!bell) return system_error("store-failed", "watch for changes", errno);
  auto mailbox = std::make_shared<Mailbox>(kind.name, std::string(key), std::move(bell));
  mailboxes_.push_back(mailbox);
  return std::make_unique<Watch>(std::move(mailbox));
}

void MemoryStore::tell_watchers(const Kind& kind, std::string_view key) {
  std::erase_if(mailboxes_, [](const auto& each) { return each.expired(); });
  for (const auto& each : mailboxes_) {
    const auto mailbox = each.lock();
    if (mailbox->kind != kind.name || (!mailbox->key.empty() && mailbox->key != key)) continue;
    mailbox->changed.emplace_back(key);
    ::eventfd_write(mailbox->bell.get(), 1);
  }
}

}  // namespace gird::store
