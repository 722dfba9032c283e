// Steps in Redis, and here while it is away.
#include "store/redis_store.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/quoting.hpp"
#include "store/key.hpp"
#include "store/packed.hpp"
#include "store/redis_changes.hpp"
#include "store/redis_lease.hpp"
#include "sys/world.hpp"

namespace gird::store {
namespace {

Instant now() { return std::chrono::steady_clock::now(); }

/// Sees the ticket of an ask, and takes it away where that is wanted.
class TicketOf final : public Numbers {
 public:
  explicit TicketOf(bool forget) : forget_(forget) {}
  void number(std::string_view name, int, double& value) override {
    if (name != "ticket") return;
    named = value != 0;
    if (forget_) value = 0;
  }
  bool named = false;

 private:
  bool forget_;
};

bool names_ticket(const Kind& kind, const void* ask) {
  TicketOf ticket(false);
  kind.numbers(Part::ask, const_cast<void*>(ask), ticket);
  return ticket.named;
}

/// The same ask with the ticket of nobody: what another cell gave out means nothing here.
std::vector<double> without_ticket(const Kind& kind, const void* ask) {
  std::vector<double> copy(kind.ask_size / sizeof(double) + 1);
  std::memcpy(copy.data(), ask, kind.ask_size);
  TicketOf ticket(true);
  kind.numbers(Part::ask, copy.data(), ticket);
  return copy;
}

std::string new_token(World& world) {
  std::string token;
  for (std::uint64_t bits = world.entropy(); token.size() < 16; bits >>= 4U) {
    token += "0123456789abcdef"[bits & 15U];
  }
  return token;
}

std::string own_host() {
  std::array<char, 65> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "?";
  return name.data();
}

Time time_of(double micros) {
  return Time(std::chrono::microseconds(static_cast<std::int64_t>(micros)));
}

std::string micros_text(Duration span) { return std::to_string(policy::micros(span)); }

std::vector<Holder> holders_in(const Reply& reply) {
  const std::string here = own_host();
  std::vector<Holder> holders;
  for (const Reply& row : reply.list) {
    if (row.list.size() != 3) continue;
    const bool ours = row.list[2].text == here;
    holders.push_back({row.list[0].number, ours ? row.list[1].number : 0,
                       ours ? std::string() : row.list[2].text});
  }
  return holders;
}

std::vector<Entry> journal_in(std::string_view bytes) {
  constexpr std::size_t row = 4 * sizeof(double);
  std::vector<Entry> journal;
  for (; bytes.size() >= row; bytes.remove_prefix(row)) {
    const auto number = [&](std::size_t at) { return unpack_number(bytes.substr(at * 8)); };
    journal.push_back({time_of(number(0)),
                       {static_cast<policy::Event>(number(1)),
                        static_cast<policy::Cause>(number(2)), number(3)}});
  }
  return journal;
}

}  // namespace

RedisStore::RedisStore(RedisAddress address, Result<std::unique_ptr<Store>> local,
                       const std::string& directory, World& world, RedisTerms terms)
    : session_(std::make_shared<RedisSession>(std::move(address), terms, directory, world)),
      local_(std::move(local)) {}

Result<void> RedisStore::step_raw(const Kind& kind, std::string_view key, const void* config,
                                  const void* ask, void* answer, Hold& hold) {
  TRY(check_key(key));
  const auto* lease = dynamic_cast<const RedisLease*>(hold.grip());
  const bool leased = lease != nullptr && lease->is_of(*session_);
  const bool gives_back = kind.gives_back(ask);
  const bool begun_here = served_here_.contains(RedisSession::cell_name(kind, key)) &&
                          (names_ticket(kind, ask) || gives_back) && !leased;
  if ((hold && !leased) || begun_here) return step_here(kind, key, config, ask, answer, hold);
  auto done = step_there(kind, key, config, ask, answer, hold);
  if (done || done.error().code != "store-unreachable") return done;
  // What was got there is no local cell's to take back.
  if (gives_back && !begun_here) return done;
  complain_once(done.error());
  hold = Hold();
  const std::vector<double> late = without_ticket(kind, ask);
  TRY(step_here(kind, key, config, late.data(), answer, hold));
  session_->remember_absence();
  return {};
}

Result<void> RedisStore::step_there(const Kind& kind, std::string_view key, const void* config,
                                    const void* ask, void* answer, Hold& hold) {
  auto* lease = static_cast<RedisLease*>(hold.grip());
  const Instant since = now();
  const std::string token = new_token(session_->world());
  const Reply reply = TRY(session_->step(
      kind, key,
      {"step", lease != nullptr ? lease->token() : "", token, micros_text(session_->terms().lease),
       std::to_string(::getpid()), own_host(),
       config != nullptr ? packed(kind, Part::config, config) : "", packed(kind, Part::ask, ask)},
      {"withdraw", token}));
  if (reply.list.size() != 3 || !unpack(kind, Part::answer, reply.list[2].text, answer)) {
    return std::unexpected(Error{Fault::system, "store-failed",
                                 shell_quoted(to_text(session_->address())),
                                 "the answer is no cell's"});
  }
  served_here_.erase(RedisSession::cell_name(kind, key));
  // Which token has a hold now: none, the one in hand, the new one.
  const std::int64_t held = reply.list[1].number;
  if (held == 1 && lease != nullptr) {
    lease->renewed(since);
  } else {
    hold = Hold();
  }
  if (held == 2) hold = Hold(std::make_unique<RedisLease>(session_, kind, key, token, since));
  return {};
}

Result<void> RedisStore::step_here(const Kind& kind, std::string_view key, const void* config,
                                   const void* ask, void* answer, Hold& hold) {
  if (!local_) return std::unexpected(local_.error());
  served_here_.insert(RedisSession::cell_name(kind, key));
  return step_in(**local_, kind, key, config, ask, answer, hold);
}

void RedisStore::complain_once(const Error& error) {
  if (std::exchange(complained_, true)) return;
  complaints_.push_back(error.what + ": " + error.why + "; using the local cells of this machine");
}

std::vector<std::string> RedisStore::complaints() {
  std::vector<std::string> all = std::exchange(complaints_, {});
  for (std::string& line : session_->complaints()) all.push_back(std::move(line));
  if (!local_) return all;
  for (std::string& line : (*local_)->complaints()) all.push_back(std::move(line));
  return all;
}

Result<std::optional<RawLook>> RedisStore::look_raw(const Kind& kind, std::string_view key) {
  TRY(check_key(key));
  return looked(kind, TRY(session_->administer(kind, key, {"look"})));
}

Result<std::optional<RawLook>> RedisStore::glance_raw(const Kind& kind, std::string_view key) {
  TRY(check_key(key));
  if (local_ && served_here_.contains(RedisSession::cell_name(kind, key))) {
    return glance_in(**local_, kind, key);
  }
  const auto reply = session_->step(kind, key, {"look"});
  if (reply) return looked(kind, *reply);
  if (reply.error().code == "store-unreachable") complain_once(reply.error());
  return std::unexpected(reply.error());
}

/// What the script said of a cell.
Result<std::optional<RawLook>> RedisStore::looked(const Kind& kind, const Reply& reply) const {
  const auto& parts = reply.list;
  if (parts.front().text == "none") return std::optional<RawLook>();
  // Memory of double is aligned for every number, and the fresh values are overwritten.
  std::vector<double> config(kind.config_size / sizeof(double) + 1);
  std::vector<double> state(kind.state_size / sizeof(double) + 1);
  kind.fresh(config.data(), state.data());
  if (parts.size() != 6 || parts[1].text.size() != 3 * sizeof(double) ||
      !unpack(kind, Part::config, parts[2].text, config.data()) ||
      !unpack(kind, Part::state, parts[3].text, state.data())) {
    return std::unexpected(Error{Fault::system, "store-failed",
                                 shell_quoted(to_text(session_->address())),
                                 "the answer is no cell's"});
  }
  RawLook look;
  const auto bytes = [](const std::vector<double>& numbers, std::size_t size) {
    const auto* begin = reinterpret_cast<const std::byte*>(numbers.data());
    return std::vector<std::byte>(begin, begin + size);
  };
  look.config = bytes(config, kind.config_size);
  look.state = bytes(state, kind.state_size);
  const std::string_view clock = parts[1].text;
  look.now = static_cast<policy::Micros>(unpack_number(clock));
  look.wall = time_of(unpack_number(clock.substr(8)));
  look.idle =
      std::max(policy::duration(static_cast<policy::Micros>(unpack_number(clock.substr(16)))),
               Duration::zero());
  look.holders = holders_in(parts[4]);
  look.journal = journal_in(parts[5].text);
  return look;
}

Result<std::vector<std::string>> RedisStore::keys(const Kind& kind) {
  const std::string prefix = RedisSession::cell_name(kind, "");
  const std::string pattern = prefix + "*";
  std::set<std::string> keys;
  std::string cursor = "0";
  do {
    const Reply reply = TRY(session_->ask({"SCAN", cursor, "MATCH", pattern, "COUNT", "1000"}));
    if (reply.list.size() != 2) break;
    cursor = reply.list[0].text;
    for (const Reply& name : reply.list[1].list) {
      const std::string_view key = std::string_view(name.text).substr(prefix.size());
      if (is_key(key)) keys.emplace(key);
    }
  } while (cursor != "0");
  return std::vector<std::string>(keys.begin(), keys.end());
}

Result<bool> RedisStore::remove(const Kind& kind, std::string_view key, Duration idle) {
  TRY(check_key(key));
  const Reply reply = TRY(session_->administer(kind, key, {"remove", micros_text(idle)}));
  return reply.list.back().number == 1;
}

Result<std::unique_ptr<Changes>> RedisStore::changes(const Kind& kind, std::string_view key) {
  if (!key.empty()) TRY(check_key(key));
  // Who waits for a cell that was served here waits for this one.
  if (local_ && served_here_.contains(RedisSession::cell_name(kind, key))) {
    return (*local_)->changes(kind, key);
  }
  const Instant deadline = now() + session_->terms().long_patience;
  auto connection = TRY(session_->connect(deadline));
  return RedisChanges::open(std::move(connection), RedisSession::cell_name(kind, ""), key,
                            session_->address(), deadline);
}

}  // namespace gird::store
