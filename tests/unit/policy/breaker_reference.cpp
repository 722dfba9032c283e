// The breaker that is slow and obvious.
#include "policy/breaker_reference.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gird::policy {
namespace {

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

bool three_deviations_over(double value, const std::vector<double>& values, double least) {
  return value > mean_of(values) + 3 * std::max(deviation_of(values), least);
}

}  // namespace

ReferenceBreaker::ReferenceBreaker(const Breaker::Config& config, Micros now) : config_(config) {
  period_.since = now;
}

int ReferenceBreaker::probes() const {
  return static_cast<int>(std::ranges::count_if(calls_, [&](const auto& each) {
    return each.second.probe && each.second.period == period_.number;
  }));
}

ReferenceBreaker::Seen ReferenceBreaker::admit(int call, double chance, double enforce_chance,
                                               Micros now) {
  if (period_.mode == Mode::held_open) {
    ++refused_total_;
    return {.allowed = false, .cause = Cause::administrator, .since = now - period_.since};
  }
  if (period_.mode == Mode::open) {
    const Micros left = period_.since + period_.open_wait - now;
    if (left > 0) return refuse(call, Cause::open, left, enforce_chance, now);
    begin(Mode::half_open, now);
  }
  if (period_.mode == Mode::half_open) {
    if (probes() >= config_.half_open_permits) {
      return refuse(call, Cause::probing, 0, enforce_chance, now);
    }
    calls_[call] = {period_.number, true};
    return {.probe = true};
  }
  if (period_.mode == Mode::closed && period_.ramp) {
    const Micros step = config_.open_for / 3;
    const Micros age = now - period_.since;
    if (age < step && chance >= 0.1) {
      return refuse(call, Cause::ramp, step - age, enforce_chance, now);
    }
    if (age >= step && age < 2 * step && chance >= 0.5) {
      return refuse(call, Cause::ramp, 2 * step - age, enforce_chance, now);
    }
  }
  calls_[call] = {period_.number, false};
  return {};
}

ReferenceBreaker::Seen ReferenceBreaker::refuse(int call, Cause cause, Micros retry_in,
                                                double enforce_chance, Micros now) {
  Seen seen{.cause = cause, .retry_in = retry_in, .since = now - period_.since};
  if (enforce_chance < config_.enforce) {
    seen.allowed = false;
    ++refused_total_;
  } else {
    seen.would_refuse = true;
    calls_[call] = {period_.number, false};
  }
  return seen;
}

bool ReferenceBreaker::take_current(int call, Call& found) {
  found = calls_.at(call);
  calls_.erase(call);
  return found.period == period_.number;
}

void ReferenceBreaker::record(int call, Result result, Micros took, double chance, Micros now) {
  Call ended{};
  if (!take_current(call, ended) || result == Result::ignored) return;
  count(ended, result == Result::failure, took, chance, now);
}

void ReferenceBreaker::cancel(int call) { calls_.erase(call); }

void ReferenceBreaker::vanish(int call, Micros now) {
  Call ended{};
  if (take_current(call, ended) && !ended.probe) count(ended, true, 0, 0.5, now);
}

void ReferenceBreaker::count(const Call& call, bool failed, Micros took, double chance,
                             Micros now) {
  if (period_.mode == Mode::disabled) return;
  ++calls_total_;
  if (failed) ++failures_total_;
  const bool slow = config_.slow_call > 0 && took > config_.slow_call;
  if (period_.mode == Mode::half_open && call.probe) {
    if (failed || slow) {
      ++failures_;
      const auto longer = static_cast<double>(length_) * config_.open_factor;
      return open(Cause::probe_failed, failures_,
                  std::min(static_cast<Micros>(longer), config_.open_max), chance, now);
    }
    failures_ = 0;
    if (++period_.successes < config_.success_threshold) return;
    begin(Mode::closed, now);
    period_.ramp = config_.ramp;
    forget_calls();
    return;
  }
  if (period_.mode == Mode::open || period_.mode == Mode::half_open) return;
  failures_ = failed ? failures_ + 1 : 0;
  ends_.push_back({failed, slow, took, now});
  if (period_.mode != Mode::closed) return;
  block_.push_back(ends_.back());
  const bool abnormal = config_.adaptive && finish_block();

  const auto recent = window(now);
  const auto calls = static_cast<double>(recent.size());
  const auto fails = static_cast<double>(std::ranges::count_if(recent, &End::failed));
  const auto slows = static_cast<double>(std::ranges::count_if(recent, &End::slow));
  const bool enough = recent.size() >= least_calls();
  const Micros length = next_length(now);
  if (config_.failure_threshold > 0 && failures_ >= config_.failure_threshold) {
    open(Cause::failures_in_row, failures_, length, chance, now);
  } else if (enough && config_.failure_rate > 0 && fails / calls >= config_.failure_rate) {
    open(Cause::failure_rate, fails / calls, length, chance, now);
  } else if (enough && config_.slow_call > 0 && slows / calls >= config_.slow_rate) {
    open(Cause::slow_rate, slows / calls, length, chance, now);
  } else if (abnormal) {
    const auto from = abnormal_.size() > 5 ? abnormal_.end() - 5 : abnormal_.begin();
    open(Cause::abnormal, static_cast<double>(std::count(from, abnormal_.end(), true)), length,
         chance, now);
  }
}

std::size_t ReferenceBreaker::least_calls() const {
  const bool of_calls = config_.window_time == 0;
  const auto least =
      of_calls ? std::min(config_.min_calls, config_.window_calls) : config_.min_calls;
  return static_cast<std::size_t>(least);
}

std::vector<ReferenceBreaker::End> ReferenceBreaker::window(Micros now) const {
  std::vector<End> recent;
  if (config_.window_time == 0) {
    const auto size = std::min(ends_.size(), static_cast<std::size_t>(config_.window_calls));
    recent.assign(ends_.end() - static_cast<std::ptrdiff_t>(size), ends_.end());
    return recent;
  }
  const Micros width = config_.window_time / 10;
  for (const End& end : ends_) {
    if (now / width - end.at / width < 10) recent.push_back(end);
  }
  return recent;
}

bool ReferenceBreaker::stands_out(const Block& block) const {
  if (learned_.size() < 5) return false;
  std::vector<double> shares;
  std::vector<double> tooks;
  for (const Block& each : learned_) {
    shares.push_back(each.share);
    tooks.push_back(each.took);
  }
  const double likely = std::max(mean_of(shares), 0.05);
  const double by_chance = std::sqrt(likely * (1 - likely) / static_cast<double>(least_calls()));
  return three_deviations_over(block.share, shares, by_chance) ||
         three_deviations_over(block.took, tooks, std::max(mean_of(tooks) / 3, 10'000.0));
}

bool ReferenceBreaker::finish_block() {
  const auto size = static_cast<double>(least_calls());
  if (static_cast<double>(block_.size()) < size) return false;
  Block block{};
  for (const End& end : block_) {
    block.share += end.failed ? 1 / size : 0;
    block.took += static_cast<double>(end.took) / size;
  }
  block_.clear();
  abnormal_.push_back(stands_out(block));
  if (!abnormal_.back()) learned_.push_back(block);
  const auto from = abnormal_.size() > 5 ? abnormal_.end() - 5 : abnormal_.begin();
  return std::count(from, abnormal_.end(), true) >= 3;
}

Micros ReferenceBreaker::next_length(Micros now) const {
  if (length_ == 0) return config_.open_for;
  const bool stable = period_.mode == Mode::closed && now - period_.since >= length_;
  return stable ? config_.open_for : length_;
}

void ReferenceBreaker::begin(Mode mode, Micros now) {
  period_ = {.mode = mode, .number = period_.number + 1, .since = now};
}

void ReferenceBreaker::open(Cause cause, double value, Micros length, double chance, Micros now) {
  begin(Mode::open, now);
  length_ = length;
  const double factor = 1 - config_.open_jitter + 2 * config_.open_jitter * chance;
  period_.open_wait =
      std::min(static_cast<Micros>(static_cast<double>(length) * factor), config_.open_max);
  opened_by_ = cause;
  opened_value_ = value;
  ++opened_total_;
}

void ReferenceBreaker::forget_calls() {
  failures_ = 0;
  ends_.clear();
  block_.clear();
  abnormal_.clear();
}

void ReferenceBreaker::trip(double chance, Micros now) {
  if (period_.mode == Mode::open) return;
  open(Cause::administrator, 0, next_length(now), chance, now);
}

void ReferenceBreaker::reset(Micros now) {
  begin(Mode::closed, now);
  forget_calls();
  learned_.clear();
  length_ = 0;
  opened_by_ = Cause::none;
  opened_value_ = 0;
}

void ReferenceBreaker::set(Mode mode, Micros now) {
  if (period_.mode != mode) begin(mode, now);
}

void ReferenceBreaker::release(Micros now) {
  if (period_.mode < Mode::held_open) return;
  begin(Mode::closed, now);
  forget_calls();
  length_ = 0;
}

}  // namespace gird::policy
