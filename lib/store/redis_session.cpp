// Scripts to the server, and what comes back.
#include "store/redis_session.hpp"

#include "base/quoting.hpp"

namespace gird::store {
namespace {

Instant now() { return std::chrono::steady_clock::now(); }

constexpr std::string_view complaint_mark = "complaint:";

/// Where a damaged cell goes. No key of a cell has a slash, and no machine this name.
std::string spare_name(const Kind& kind, std::string_view key) {
  return "gird:corrupt:" + std::string(kind.name) + ":" + std::string(key);
}

}  // namespace

RedisSession::RedisSession(RedisAddress address, RedisTerms terms, const std::string& directory,
                           World& world)
    : address_(std::move(address)),
      terms_(terms),
      world_(world),
      absence_(directory, to_text(address_)) {}

std::string RedisSession::cell_name(const Kind& kind, std::string_view key) {
  return "gird:" + std::string(kind.name) + ":" + std::string(key);
}

Result<std::unique_ptr<RedisConnection>> RedisSession::connect(Instant deadline) {
  if (!credentials_) credentials_ = TRY(redis_credentials(world_));
  return RedisConnection::open(address_, *credentials_, deadline, world_);
}

Result<void> RedisSession::ensure_connection(Instant deadline) {
  if (connection_ && connection_->stale()) connection_.reset();
  if (!connection_) connection_ = TRY(connect(deadline));
  return {};
}

const Script& RedisSession::script(const Kind& kind) {
  const auto found = scripts_.find(kind.name);
  if (found != scripts_.end()) return found->second;
  return scripts_.emplace(kind.name, script_of(kind, terms_.machine(kind.name))).first->second;
}

std::string RedisSession::call(std::string_view verb, std::string_view script, const Kind& kind,
                               std::string_view key, const std::vector<std::string>& words) const {
  const std::string cell = cell_name(kind, key);
  const std::string spare = spare_name(kind, key);
  std::vector<std::string_view> all{verb, script, "2", cell, spare};
  all.insert(all.end(), words.begin(), words.end());
  return command(all);
}

Result<Reply> RedisSession::run(const Kind& kind, std::string_view key,
                                const std::vector<std::string>& words, Instant deadline) {
  const Script& mine = script(kind);
  Reply reply = TRY(connection_->ask_raw(call("EVALSHA", mine.digest, kind, key, words), deadline));
  if (reply.is_error() && reply.text.starts_with("NOSCRIPT")) {
    // A server that has just been started, or a newer gird than any before.
    reply = TRY(connection_->ask_raw(call("EVAL", mine.text, kind, key, words), deadline));
  }
  return checked(kind, key, std::move(reply));
}

/// The reply of an operation, without its complaint, which is kept.
Result<Reply> RedisSession::checked(const Kind& kind, std::string_view key, Reply reply) {
  if (reply.is_error()) return std::unexpected(error_of(reply, address_));
  const std::string server = shell_quoted(to_text(address_));
  if (reply.type != Reply::Type::list || reply.list.empty()) {
    return std::unexpected(Error{Fault::system, "store-failed", server, "the answer is no cell's"});
  }
  if (reply.list.front().text == "newer") {
    return std::unexpected(Error{Fault::system,
                                 "store-newer",
                                 server + ", " + std::string(kind.name) + " " + std::string(key),
                                 "a newer gird has written it (version " +
                                     shell_quoted(reply.list.back().text) + ", this one knows " +
                                     std::to_string(kind.version) + ")",
                                 {"update gird on this machine"}});
  }
  const std::string& last = reply.list.back().text;
  if (last.starts_with(complaint_mark)) {
    complaints_.push_back(server + ": the " + std::string(kind.name) + " " + std::string(key) +
                          " was damaged (" + shell_quoted(last.substr(complaint_mark.size())) +
                          "); it begins anew and is kept as " + spare_name(kind, key));
    reply.list.pop_back();
  }
  return reply;
}

Result<Reply> RedisSession::step(const Kind& kind, std::string_view key,
                                 const std::vector<std::string>& words,
                                 const std::vector<std::string>& regret) {
  const Instant start = now();
  const auto away = [&](std::string why) {
    return std::unexpected(
        Error{Fault::system, "store-unreachable", shell_quoted(to_text(address_)), std::move(why)});
  };
  if (not_before_ && start < *not_before_) return away("it was away a moment ago");
  const bool ask_others = !asked_others_ && !connection_;
  asked_others_ = true;
  if (ask_others && absence_.holds(terms_.shared_pause)) {
    not_before_ = start + terms_.pause;
    return away("it was away a moment ago");
  }
  const Instant deadline = start + terms_.patience;
  auto ready = ensure_connection(deadline);
  auto reply = ready ? run(kind, key, words, deadline) : std::unexpected(std::move(ready.error()));
  if (reply || reply.error().code != "store-unreachable") {
    if (not_before_ || ask_others) absence_.end();
    not_before_.reset();
    return reply;
  }
  // What was sent may still be carried out, by a server that is slow: then it is to be undone.
  if (connection_ && !regret.empty()) {
    connection_->leave_behind(call("EVALSHA", script(kind).digest, kind, key, regret));
  }
  connection_.reset();
  not_before_ = now() + terms_.pause;
  found_away_ = true;
  return reply;
}

Result<Reply> RedisSession::administer(const Kind& kind, std::string_view key,
                                       const std::vector<std::string>& words) {
  const Instant deadline = now() + terms_.long_patience;
  TRY(ensure_connection(deadline));
  auto reply = run(kind, key, words, deadline);
  if (!reply) connection_.reset();
  return reply;
}

Result<Reply> RedisSession::ask(std::initializer_list<std::string_view> words) {
  const Instant deadline = now() + terms_.long_patience;
  TRY(ensure_connection(deadline));
  auto reply = connection_->ask(words, deadline);
  if (!reply) connection_.reset();
  if (reply && reply->is_error()) return std::unexpected(error_of(*reply, address_));
  return reply;
}

}  // namespace gird::store
