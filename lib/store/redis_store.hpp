// Cells in a Redis server, for a fleet.
#pragma once

#include <set>
#include <string>

#include "store/redis_session.hpp"
#include "store/store.hpp"

namespace gird::store {

/// Every step is one script in the server, which decides by its own clock. A hold is a lease there
/// under a token that nobody else has. Where the server does not answer in time, `local` serves,
/// and one complaint says so; what was begun there ends there, and what was got in one of the two
/// is given back to it or not at all. Looking, listing, removing and watching are never answered by
/// anybody else: they would show another truth.
class RedisStore final : public Store {
 public:
  /// `local` may be an error, which is told when it is needed. `directory` is where the absence of
  /// the server is remembered; it may be empty. `world` outlives the store.
  RedisStore(RedisAddress address, Result<std::unique_ptr<Store>> local,
             const std::string& directory, World& world, RedisTerms terms = {});

  Result<std::vector<std::string>> keys(const Kind& kind) override;
  Result<bool> remove(const Kind& kind, std::string_view key, Duration idle) override;
  Result<std::unique_ptr<Changes>> changes(const Kind& kind, std::string_view key) override;
  std::vector<std::string> complaints() override;

 protected:
  Result<void> step_raw(const Kind& kind, std::string_view key, const void* config, const void* ask,
                        void* answer, Hold& hold) override;
  Result<std::optional<RawLook>> look_raw(const Kind& kind, std::string_view key) override;
  /// Of the local cell, where that one served last.
  Result<std::optional<RawLook>> glance_raw(const Kind& kind, std::string_view key) override;

 private:
  Result<void> step_there(const Kind& kind, std::string_view key, const void* config,
                          const void* ask, void* answer, Hold& hold);
  Result<void> step_here(const Kind& kind, std::string_view key, const void* config,
                         const void* ask, void* answer, Hold& hold);
  [[nodiscard]] Result<std::optional<RawLook>> looked(const Kind& kind, const Reply& reply) const;
  void complain_once(const Error& error);

  std::shared_ptr<RedisSession> session_;
  Result<std::unique_ptr<Store>> local_;
  std::set<std::string> served_here_;  ///< cells whose last step was a local one
  bool complained_ = false;
  std::vector<std::string> complaints_;
};

}  // namespace gird::store
