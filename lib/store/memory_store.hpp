// Cells that live as long as the store, for tests and for a single process.
#pragma once

#include <map>

#include "store/turn.hpp"
#include "sys/world.hpp"

namespace gird::store {

/// Time is that of the world, so that a test moves it. Two stores share nothing.
class MemoryStore final : public Store {
 public:
  /// `world` outlives the store.
  explicit MemoryStore(const World& world);
  ~MemoryStore() override;

  Result<std::vector<std::string>> keys(const Kind& kind) override;
  Result<bool> remove(const Kind& kind, std::string_view key, Duration idle) override;
  Result<std::unique_ptr<Changes>> changes(const Kind& kind, std::string_view key) override;

 protected:
  Result<void> step_raw(const Kind& kind, std::string_view key, const void* config, const void* ask,
                        void* answer, Hold& hold) override;
  Result<std::optional<RawLook>> look_raw(const Kind& kind, std::string_view key) override;

 private:
  struct Cell;
  struct Mailbox;
  class Watch;
  using Name = std::pair<std::string_view, std::string>;  ///< Kind::name, and the key

  [[nodiscard]] Time now() const;
  void tell_watchers(const Kind& kind, std::string_view key);

  const World& world_;
  Duration born_;  ///< what the wall clock was ahead of the other one when the store was made
  std::map<Name, Cell> cells_;
  std::vector<std::weak_ptr<Mailbox>> mailboxes_;
};

}  // namespace gird::store
