// The environment, the limits and the events of an inner guard.
#include "inner_world.hpp"

#include <algorithm>
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

InnerWorld::InnerWorld(World& around, const sys::Job& job)
    : around_(around), job_(job), limit_(limit_of(job, around.now())) {
  for (const char* entry : around.environment()) {
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
  around_.out(std::exchange(buffer_, {}));
  return around_.finish();
}

std::optional<std::string> InnerWorld::variable(const char* name) const {
  for (const auto& [own, value] : job_.variables) {
    if (own == name) return value.empty() ? std::nullopt : std::optional(value);
  }
  return around_.variable(name);
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
  const sys::Ended ended = TRY(around_.run(inner));
  if (!ended.stopped || !time_is_over()) interrupted_ = ended.interrupted;
  return ended;
}

Result<std::size_t> InnerWorld::sweep(Duration grace) {
  if (limit_) grace = std::clamp(kill_at() - now(), Duration::zero(), grace);
  const std::size_t survivors = TRY(around_.sweep(grace));
  time_is_over();
  return survivors;
}

Result<sys::Waited> InnerWorld::sleep(Duration span, int wake) {
  if (time_is_over()) return sys::Waited{.interrupted = SIGTERM};
  const Duration longest = limit_ ? std::min(span, *limit_ - now()) : span;
  const sys::Waited waited = TRY(around_.sleep(longest, wake));
  if (waited.interrupted) interrupted_ = waited.interrupted;
  if (waited.interrupted || waited.woken || longest == span) return waited;
  stopped_ = true;
  return sys::Waited{.interrupted = SIGTERM};
}

void InnerWorld::tell(const Record& record) {
  if (events_) events_->write(journal_->line(wall(), record));
}

Result<void> InnerWorld::open_events(std::string_view destination, std::string_view tool,
                                     const std::string& run) {
  events_ = TRY(sys::EventSink::open(destination));
  journal_.emplace(tool, run);
  return {};
}

}  // namespace gird
