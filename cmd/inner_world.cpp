// The environment, the limits and the events of an inner guard.
#include "inner_world.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace gird {
namespace {

using Variables = std::vector<std::pair<std::string, std::string>>;

/// Whether `entry` ("NAME=value") is the variable `name`.
bool names(std::string_view entry, std::string_view name) {
  return entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name);
}

/// When `job` is to be over at the latest.
std::optional<Instant> limit_of(const sys::Job& job, Instant now) {
  if (!job.timeout) return job.deadline;
  const Instant timeout = now + std::min<Duration>(*job.timeout, Instant::max() - now);
  return job.deadline ? std::min(timeout, *job.deadline) : timeout;
}

}  // namespace

InnerWorld::InnerWorld(World& outer_world, const sys::Job& job)
    : Within(outer_world), job_(job), limit_(limit_of(job, outer_world.now())) {
  for (const char* entry : outer_world.environment()) {
    const auto same = [&](const auto& variable) { return names(entry, variable.first); };
    if (std::ranges::none_of(job.variables, same)) environment_.push_back(entry);
  }
  entries_.reserve(job.variables.size());
  for (const auto& [name, value] : job.variables) {
    entries_.push_back(name + "=");
    entries_.back() += value;
    environment_.push_back(entries_.back().c_str());
  }
}

std::optional<Outcome::End> InnerWorld::overran() const {
  if (!stopped_) return std::nullopt;
  return job_.deadline == limit_ ? Outcome::End::overdue : Outcome::End::timed_out;
}

Result<Exit> InnerWorld::finish() {
  outer().out(std::exchange(buffer_, {}));
  const Exit exit = TRY(outer().finish());
  // A process of its own would find SIGPIPE at its default, unless it has opened its events.
  return exit == yes || listening() ? exit : died_of(SIGPIPE);
}

std::optional<std::string> InnerWorld::variable(const char* name) const {
  for (const auto& [own, value] : job_.variables) {
    if (own == name) return value.empty() ? std::nullopt : std::optional(value);
  }
  return outer().variable(name);
}

/// Whether the limit has come; then nothing more is begun.
bool InnerWorld::time_is_over() {
  stopped_ = stopped_ || (limit_ && now() >= *limit_);
  return stopped_;
}

Result<sys::Ended> InnerWorld::run(const sys::Job& job) {
  if (time_is_over()) {
    for (sys::Pump* pump : job.pumps) TRY(pump->finish());
    return sys::Ended{{Outcome::End::signalled, SIGTERM, {}}, SIGTERM};
  }
  Variables variables;
  for (const auto& outer : job_.variables) {
    const auto same = [&](const auto& own) { return own.first == outer.first; };
    if (std::ranges::none_of(job.variables, same)) variables.push_back(outer);
  }
  variables.insert(variables.end(), job.variables.begin(), job.variables.end());
  std::vector<sys::Around> around(job.around.begin(), job.around.end());
  around.push_back({limit_, job_.kill_after});
  sys::Job inner = job;
  inner.variables = variables;
  inner.around = around;
  sys::Ended ended = TRY(outer().run(inner));
  const std::size_t place = around.size();  // ours among the guards around, from 1
  if (ended.stopped >= place) time_is_over();
  if (ended.interrupted) interrupted_ = ended.interrupted;
  if (ended.stopped > place && !interrupted_) interrupted_ = SIGTERM;
  TRY(live());
  // The guard that asked is told; those around it have seen for themselves.
  if (place == 1 && ended.stopped > 0 && !ended.interrupted) ended.interrupted = SIGTERM;
  return ended;
}

/// Once it would have got KILL itself, the guard does nothing more.
Result<void> InnerWorld::live() const {
  if (!killed()) return {};
  return system_error("wait-failed", "wait for the command", ETIMEDOUT);
}

Result<std::size_t> InnerWorld::sweep(Duration grace) {
  if (limit_) grace = std::clamp(kill_at() - now(), Duration::zero(), grace);
  const std::size_t survivors = TRY(outer().sweep(grace));
  time_is_over();
  TRY(live());
  return survivors;
}

Result<sys::Waited> InnerWorld::sleep(Duration span, int wake) {
  if (time_is_over()) return sys::Waited{.interrupted = SIGTERM};
  const Duration longest = limit_ ? std::min(span, *limit_ - now()) : span;
  const sys::Waited waited = TRY(outer().sleep(longest, wake));
  if (waited.interrupted) interrupted_ = waited.interrupted;
  if (waited.interrupted || waited.woken || longest == span) return waited;
  stopped_ = true;
  return sys::Waited{.interrupted = SIGTERM};
}

void InnerWorld::err(std::string_view text) {
  if (!killed()) outer().err(text);
}

void InnerWorld::tell(const Record& record) {
  if (events_ && !killed()) events_->write(journal_->line(wall(), record));
}

Result<void> InnerWorld::open_events(std::string_view destination, std::string_view tool,
                                     const std::string& run) {
  events_ = TRY(sys::EventSink::open(destination));
  journal_.emplace(tool, run);
  return {};
}

}  // namespace gird
