// A World for tests: children end as scripted, waits take no time, everything is kept.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sys/world.hpp"

namespace gird {

class FakeWorld final : public World {
 public:
  /// How the next children end, in order; the last one repeats.
  std::deque<sys::Ended> ends{{}};
  /// What children write on a watched standard error is not played; outcomes are.
  std::map<std::string, std::string, std::less<>> variables;
  std::map<std::string, std::string> files;
  bool terminal = false;
  std::optional<TerminalSize> out_size;
  /// The signal that cuts the wait of this number (from 0) short.
  std::optional<std::size_t> interrupted_wait;
  /// The waits (by number, from 0) that their `wake` ends, and after how long.
  std::map<std::size_t, Duration> woken_waits;

  /// Is called while a child runs.
  std::function<void()> while_running;

  // What happened.
  std::string printed;
  std::string said;
  std::vector<std::vector<std::string>> ran;
  std::vector<std::map<std::string, std::string>> environments;
  std::vector<std::optional<Duration>> time_limits;
  std::vector<Duration> waits;
  std::vector<std::string> events;
  std::size_t sweeps = 0;

  void out(std::string_view text) override { printed += text; }
  void err(std::string_view text) override { said += text; }
  Result<Exit> finish() override { return yes; }
  [[nodiscard]] bool err_is_terminal() const override { return terminal; }
  [[nodiscard]] std::optional<TerminalSize> out_terminal() const override { return out_size; }

  [[nodiscard]] Instant now() const override { return Instant(time_); }
  [[nodiscard]] Time wall() const override { return Time(std::chrono::hours(500'000)) + time_; }
  std::uint64_t entropy() override { return 42; }
  [[nodiscard]] std::optional<std::string> variable(const char* name) const override {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] std::span<const char* const> environment() const override {
    entries_.clear();
    pointers_.clear();
    for (const auto& [name, value] : variables) entries_.push_back(name + "=" + value);
    for (const std::string& entry : entries_) pointers_.push_back(entry.c_str());
    return pointers_;
  }
  Result<std::optional<std::string>> read_configuration(const std::string& path) override {
    const auto found = files.find(path);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  }

  Result<sys::Ended> run(const sys::Job& job) override {
    ran.emplace_back(job.argv.begin(), job.argv.end());
    environments.emplace_back(job.variables.begin(), job.variables.end());
    time_limits.push_back(job.timeout);
    if (while_running) while_running();
    sys::Ended end = ends.front();
    if (ends.size() > 1) ends.pop_front();
    time_ += end.outcome.took;
    for (std::size_t i = 0; i < job.around.size(); ++i) {
      const auto& limit = job.around[i].limit;
      if (!limit || now() < *limit) continue;
      time_ = limit->time_since_epoch();
      end = {{Outcome::End::signalled, 15, end.outcome.took}, {}, 0, i + 1};
    }
    if (job.deadline && now() >= *job.deadline) {
      time_ = job.deadline->time_since_epoch();
      end.outcome.end = Outcome::End::overdue;
    }
    return end;
  }
  Result<std::size_t> sweep(Duration) override { return ++sweeps, 0; }
  Result<sys::Helper> start_helper(const std::string& program) override {
    return system_error("helper-failed", "start " + program, 2);
  }
  using World::sleep;
  Result<sys::Waited> sleep(Duration span, int wake) override {
    const auto woken = woken_waits.find(waits.size());
    const bool early = wake >= 0 && woken != woken_waits.end() && woken->second < span;
    waits.push_back(span);
    time_ += early ? woken->second : span;
    if (interrupted_wait == waits.size() - 1) return sys::Waited{.interrupted = 15};
    return sys::Waited{.woken = early};
  }

  [[nodiscard]] bool listening() const override { return true; }
  void tell(const Record& record) override {
    events.push_back(std::string(record.event) + " " + record.fields.text());
  }
  Result<void> open_events(std::string_view, std::string_view, const std::string&) override {
    return {};
  }

 private:
  Duration time_{};
  mutable std::vector<std::string> entries_;
  mutable std::vector<const char*> pointers_;
};

/// A child that exits with `code` after `took`.
inline sys::Ended exited(int code, Duration took = {}) {
  return {{Outcome::End::exited, code, took}};
}

/// A child that is killed by `number`.
inline sys::Ended killed(int number) { return {{Outcome::End::signalled, number, {}}}; }

}  // namespace gird
