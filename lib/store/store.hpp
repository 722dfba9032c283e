// State that outlives a process and is shared by many: one cell per machine and key, changed one
// step at a time.
#pragma once

#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "policy/machine.hpp"
#include "store/kind.hpp"

namespace gird {
class World;
}

namespace gird::store {

/// A caller's hold on a cell (policy::Effects): while it lives, and this process, its ticket is
/// known not to have vanished. A lock of the kernel in a file, a lease that has to be renewed in
/// Redis. Letting it go without a step leaves the ticket to be found vanished.
class Hold {
 public:
  class Grip;  ///< what a store keeps in it
  Hold();
  explicit Hold(std::unique_ptr<Grip> grip);
  Hold(Hold&&) noexcept;
  Hold& operator=(Hold&&) noexcept;
  ~Hold();
  [[nodiscard]] explicit operator bool() const { return grip_ != nullptr; }
  [[nodiscard]] Grip* grip() const { return grip_.get(); }
  /// How soon it must be renewed, for stores where it ends by itself; nothing for the others.
  [[nodiscard]] std::optional<Duration> renew_within() const;
  /// Fault::system, store-failed: it is not ours any more.
  Result<void> renew();

 private:
  std::unique_ptr<Grip> grip_;
};

/// A line of a cell's journal.
struct Entry {
  Time time;
  policy::Note note;
};

/// Somebody who has a hold.
struct Holder {
  std::int64_t ticket = 0;
  std::int64_t pid = 0;  ///< 0: on another host
  std::string host;      ///< empty: this one
};

/// A cell as it is at one moment.
template <class M>
struct Look {
  typename M::Config config;
  typename M::State state;
  policy::Micros now = 0;  ///< on the cell's clock
  Time wall;               ///< the same moment for people
  Duration idle{};         ///< since the last step on it: what `remove` compares
  std::vector<Holder> holders;
  std::vector<Entry> journal;  ///< oldest first, at most 64
};

/// What a Look is before its numbers have types.
struct RawLook {
  std::vector<std::byte> config;
  std::vector<std::byte> state;
  policy::Micros now = 0;
  Time wall;
  Duration idle{};
  std::vector<Holder> holders;
  std::vector<Entry> journal;
};

/// Wakes a waiter when a cell has changed.
class Changes {
 public:
  Changes() = default;
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;
  virtual ~Changes() = default;
  /// Readable when something may have changed.
  [[nodiscard]] virtual int descriptor() const = 0;
  /// Takes what is there; the keys that changed, empty names for "any".
  virtual Result<std::vector<std::string>> take() = 0;
};

/// Every error is Fault::system or, for what the user can mend, Fault::usage; its code begins with
/// "store-": store-key (no name for a cell: check it before, with key.hpp), store-unusable (no
/// state directory, no permission, disk full, owned by somebody else), store-busy (the lock could
/// not be had in time), store-newer (written by a newer gird), store-unreachable (no server),
/// store-refused (credentials), store-failed.
class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  /// One atomic step of the machine M on the cell `key`, which is made when there is none: those
  /// who vanished are reported to the machine first, then `ask` is answered, the effects on `hold`
  /// carried out, the notes put into the journal. A config is kept in the cell; without one the
  /// kept one is used, or the defaults.
  template <class M>
  Result<typename M::Answer> step(std::string_view key, const typename M::Config* config,
                                  const typename M::Ask& ask, Hold& hold) {
    typename M::Answer answer;
    auto done = step_raw(kind_of<M>(), key, config, &ask, &answer, hold);
    if (!done) return std::unexpected(std::move(done.error()));
    return answer;
  }

  /// The cell as it is, without changing it; nothing where there is none.
  template <class M>
  Result<std::optional<Look<M>>> look(std::string_view key) {
    auto raw = look_raw(kind_of<M>(), key);
    if (!raw) return std::unexpected(std::move(raw.error()));
    if (!*raw) return std::optional<Look<M>>();
    return std::optional(typed<M>(std::move(**raw)));
  }

  /// The same for a job that waits and will make a step next: a store that is far away gets no more
  /// time for it than for that, and where others serve, they are looked at.
  template <class M>
  Result<std::optional<Look<M>>> glance(std::string_view key) {
    auto raw = glance_raw(kind_of<M>(), key);
    if (!raw) return std::unexpected(std::move(raw.error()));
    if (!*raw) return std::optional<Look<M>>();
    return std::optional(typed<M>(std::move(**raw)));
  }

  /// Every key of a machine's cells, sorted.
  virtual Result<std::vector<std::string>> keys(const Kind& kind) = 0;
  /// Removes a cell, unless somebody has a hold on it, it was used within `idle`, or its machine
  /// says that its state lasts (policy::Lasts). Whether it did.
  virtual Result<bool> remove(const Kind& kind, std::string_view key, Duration idle) = 0;
  /// Changes of one cell, or of all of a machine when `key` is empty.
  virtual Result<std::unique_ptr<Changes>> changes(const Kind& kind, std::string_view key) = 0;
  /// What was damaged and set aside, or served from somewhere else, since this was last asked: one
  /// line each, for standard error.
  virtual std::vector<std::string> complaints() { return {}; }

 protected:
  virtual Result<void> step_raw(const Kind& kind, std::string_view key, const void* config,
                                const void* ask, void* answer, Hold& hold) = 0;
  virtual Result<std::optional<RawLook>> look_raw(const Kind& kind, std::string_view key) = 0;
  virtual Result<std::optional<RawLook>> glance_raw(const Kind& kind, std::string_view key) {
    return look_raw(kind, key);
  }
  /// A glance and a step in another store, for one that stands in front of it.
  static Result<std::optional<RawLook>> glance_in(Store& store, const Kind& kind,
                                                  std::string_view key) {
    return store.glance_raw(kind, key);
  }
  static Result<void> step_in(Store& store, const Kind& kind, std::string_view key,
                              const void* config, const void* ask, void* answer, Hold& hold) {
    return store.step_raw(kind, key, config, ask, answer, hold);
  }

 private:
  template <class M>
  static Look<M> typed(RawLook raw);
};

/// The state directory of gird(1): $GIRD_STATE_DIR, $STATE_DIRECTORY, /var/lib/gird for root,
/// $XDG_STATE_HOME/gird, ~/.local/state/gird. store-unusable: Fault::system, none can be named;
/// Fault::usage, a relative $GIRD_STATE_DIR.
Result<std::string> state_directory(const World& world);

/// Opens the store that `address` names: a directory (with a slash in it), "memory", or
/// redis://HOST:PORT/DB, redis+unix:///PATH?db=N, rediss://HOST:PORT/DB; empty: the state
/// directory. Nothing is touched before the first step. Fault::usage, value-store.
Result<std::unique_ptr<Store>> open(std::string_view address, World& world);

template <class M>
Look<M> Store::typed(RawLook raw) {
  Look<M> look;
  std::memcpy(&look.config, raw.config.data(), sizeof look.config);
  std::memcpy(&look.state, raw.state.data(), sizeof look.state);
  look.now = raw.now;
  look.wall = raw.wall;
  look.idle = raw.idle;
  look.holders = std::move(raw.holders);
  look.journal = std::move(raw.journal);
  return look;
}

}  // namespace gird::store
