// A process's dealings with one Redis server.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/redis_absence.hpp"
#include "store/redis_connection.hpp"
#include "store/script.hpp"

namespace gird::store {

/// How long things may take, and what the machines are. The defaults are what gird(1) promises;
/// tests have others.
struct RedisTerms {
  Duration patience = std::chrono::milliseconds(50);  ///< all that a step may wait for the server
  Duration pause = std::chrono::seconds(1);           ///< after a step that waited in vain
  Duration shared_pause = std::chrono::seconds(2);    ///< the same, for other processes
  Duration lease = std::chrono::seconds(15);         ///< a hold lasts so long without being renewed
  Duration long_patience = std::chrono::seconds(2);  ///< for administration, where somebody waits
  std::string_view (*machine)(std::string_view name) = lua_source;
};

class RedisSession {
 public:
  /// `world` outlives the session.
  RedisSession(RedisAddress address, RedisTerms terms, const std::string& directory, World& world);

  [[nodiscard]] const RedisTerms& terms() const { return terms_; }
  [[nodiscard]] const RedisAddress& address() const { return address_; }
  [[nodiscard]] World& world() const { return world_; }

  /// One operation of lua/cell.lua on a cell, for a job that is waiting: it takes at most
  /// `patience`, and soon after a failure it is not tried. `regret`, where it is not empty, are the
  /// words of an operation that takes it back; it is sent when the reply did not come in time.
  Result<Reply> step(const Kind& kind, std::string_view key, const std::vector<std::string>& words,
                     const std::vector<std::string>& regret = {});
  /// The same for a person, who would rather wait than see something else.
  Result<Reply> administer(const Kind& kind, std::string_view key,
                           const std::vector<std::string>& words);
  /// A command of Redis, for a person.
  Result<Reply> ask(std::initializer_list<std::string_view> words);
  /// A connection of one's own.
  Result<std::unique_ptr<RedisConnection>> connect(Instant deadline);

  /// Lets other processes know that the server is away, if the last step has found that out by
  /// itself: what is only heard of is not news. For when the state directory surely exists.
  void remember_absence() {
    if (std::exchange(found_away_, false)) absence_.begin();
  }
  /// What was set aside since this was last asked.
  std::vector<std::string> complaints() { return std::exchange(complaints_, {}); }

  /// The name of a cell in the server, or with an empty key the beginning of all of them.
  static std::string cell_name(const Kind& kind, std::string_view key);

 private:
  Result<Reply> run(const Kind& kind, std::string_view key, const std::vector<std::string>& words,
                    Instant deadline);
  Result<void> ensure_connection(Instant deadline);
  const Script& script(const Kind& kind);
  [[nodiscard]] std::string call(std::string_view verb, std::string_view script, const Kind& kind,
                                 std::string_view key, const std::vector<std::string>& words) const;
  Result<Reply> checked(const Kind& kind, std::string_view key, Reply reply);

  RedisAddress address_;
  RedisTerms terms_;
  World& world_;
  RedisAbsence absence_;
  std::optional<RedisCredentials> credentials_;
  std::unique_ptr<RedisConnection> connection_;
  std::map<std::string_view, Script> scripts_;
  std::optional<Instant> not_before_;  ///< after a failure
  bool found_away_ = false;            ///< by trying, and nobody was told yet
  bool asked_others_ = false;          ///< whether the server was away for other processes
  std::vector<std::string> complaints_;
};

}  // namespace gird::store
