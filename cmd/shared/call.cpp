// Running what a guard guards.
#include "shared/call.hpp"

#include <algorithm>

#include "base/signal_name.hpp"
#include "sys/files.hpp"
#include "sys/ticker.hpp"

namespace gird {
namespace {

/// A hold that is overdue, or lost, is not asked for more often.
constexpr Duration shortest_renewal = std::chrono::seconds(1);

void say_survivors(std::size_t count, World& world) {
  if (count == 0) return;
  world.say(std::to_string(count) + (count == 1 ? " process" : " processes") +
            " did not end, even by KILL");
}

}  // namespace

Stop stopped_waiting(Stop stop, std::string_view name) {
  if (stop.result == "interrupted") stop.reason.append(" while waiting for ").append(name);
  return stop;
}

Call::Call(const CallPlan& plan, Watch& watch, World& world)
    : plan_(plan), world_(world), streams_({.hold = plan.hold, .failed_output = "drop"}, watch) {
  if (plan.scope.deadline) deadline_ = world.now() + (*plan.scope.deadline - world.wall());
}

Stop Call::interrupted_by(int signal) {
  return {died_of(signal), "interrupted", "interrupted by " + signal_name(signal)};
}

Result<std::optional<Stop>> Call::sleep(Duration span, int wake,
                                        std::initializer_list<store::Hold*> holds) {
  for (const store::Hold* hold : holds) {
    const auto within = hold != nullptr ? hold->renew_within() : std::nullopt;
    if (within) span = std::min(span, std::max(*within, shortest_renewal));
  }
  if (deadline_) span = std::clamp(*deadline_ - world_.now(), Duration::zero(), span);
  const sys::Waited waited = TRY(world_.sleep(span, wake));
  for (store::Hold* hold : holds) {
    // Only when it is due: a renewal is a change, which wakes all the others who wait. One that
    // fails is found out by the next step.
    const auto within = hold != nullptr ? hold->renew_within() : std::nullopt;
    if (within && *within <= Duration::zero()) static_cast<void>(hold->renew());
  }
  if (waited.interrupted) return interrupted_by(*waited.interrupted);
  return overdue() ? std::optional(too_late()) : std::nullopt;
}

Call::Variables Call::variables(const Variables& more) const {
  Variables all{{"GIRD_DEPTH", std::to_string(plan_.scope.depth)}, {"GIRD_RUN", plan_.scope.run}};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

Result<sys::Ended> Call::run(std::optional<Duration> timeout, store::Hold& hold) {
  Variables variables = this->variables({});
  sys::Job job;
  job.argv = plan_.argv;
  job.timeout = timeout;
  job.deadline = deadline_;
  job.kill_after = plan_.kill_after;
  job.fuse = plan_.fuse;
  TRY(streams_.lay(job, variables));
  job.variables = variables;
  return run_renewing(job, hold);
}

Result<sys::Ended> Call::run_renewing(sys::Job job, store::Hold& hold) {
  std::optional<sys::Ticker> renewal;
  if (const auto within = hold.renew_within()) {
    // A renewal that fails is found out by the step that ends the call.
    renewal.emplace(std::max(*within / 2, shortest_renewal),
                    [&hold] { static_cast<void>(hold.renew()); });
    job.ticker = &*renewal;
  }
  const sys::Ended ended = TRY(world_.run(job));
  say_survivors(ended.survivors, world_);
  return ended;
}

Result<sys::Ended> Call::run_line(sys::Job& job, const std::string& line, const Variables& more,
                                  store::Hold& hold) {
  const std::vector<std::string> argv{"/bin/sh", "-c", line};
  const Variables variables = this->variables(more);
  job.argv = argv;
  job.variables = variables;
  job.deadline = deadline_;
  job.kill_after = plan_.kill_after;
  return run_renewing(job, hold);
}

Result<sys::Ended> Call::run_aside(const std::string& line, const Variables& more,
                                   std::optional<Duration> timeout, store::Hold& hold) {
  const sys::Fd nothing = TRY(sys::null_input());
  sys::Job job;
  job.in = nothing.get();
  job.out = 2;  // standard output is the command's
  job.timeout = timeout;
  return run_line(job, line, more, hold);
}

Result<sys::Ended> Call::run_instead(const std::string& line, const Variables& more) {
  TRY(streams_.set_aside(world_));
  sys::Job job;
  store::Hold nothing;
  return run_line(job, line, more, nothing);
}

Exit Call::exit_after(const sys::Ended& ended) {
  const Exit exit = exit_of(ended.outcome);
  return ended.interrupted && exit.signal != 0 ? died_of(*ended.interrupted) : exit;
}

}  // namespace gird
