// A breaker written for reading alone: lists of all that happened, looked through at each question.
#pragma once

#include <map>
#include <vector>

#include "policy/breaker.hpp"

namespace gird::policy {

/// Does what Breaker does for one config and a clock that never goes back. Calls are known by
/// numbers of the caller's choice. The chances must be such that every open time is a whole number.
class ReferenceBreaker {
 public:
  using Mode = Breaker::Mode;
  using Result = Breaker::Ask::Result;

  struct Seen {
    bool allowed = true;
    bool probe = false;
    bool would_refuse = false;
    Cause cause = Cause::none;
    Micros retry_in = 0;
    Micros since = 0;
    bool operator==(const Seen&) const = default;
  };

  ReferenceBreaker(const Breaker::Config& config, Micros now);

  Seen admit(int call, double chance, double enforce_chance, Micros now);
  void record(int call, Result result, Micros took, double chance, Micros now);
  void cancel(int call);
  void vanish(int call, Micros now);
  void trip(double chance, Micros now);
  void reset(Micros now);
  void set(Mode mode, Micros now);
  void release(Micros now);

  [[nodiscard]] Mode mode() const { return period_.mode; }
  [[nodiscard]] int failures() const { return failures_; }
  [[nodiscard]] int probes() const;
  [[nodiscard]] Cause opened_by() const { return opened_by_; }
  [[nodiscard]] double opened_value() const { return opened_value_; }
  [[nodiscard]] int calls_total() const { return calls_total_; }
  [[nodiscard]] int failures_total() const { return failures_total_; }
  [[nodiscard]] int refused_total() const { return refused_total_; }
  [[nodiscard]] int opened_total() const { return opened_total_; }

 private:
  struct End {
    bool failed;
    bool slow;
    Micros took;
    Micros at;
  };
  /// From one change of mode to the next.
  struct Period {
    Mode mode = Mode::closed;
    int number = 0;
    Micros since = 0;
    Micros open_wait = 0;
    int successes = 0;
    bool ramp = false;
  };
  struct Call {
    int period;
    bool probe;
  };
  struct Block {
    double share;
    double took;
  };

  Seen refuse(int call, Cause cause, Micros retry_in, double enforce_chance, Micros now);
  bool take_current(int call, Call& found);
  void count(const Call& call, bool failed, Micros took, double chance, Micros now);
  void begin(Mode mode, Micros now);
  void open(Cause cause, double value, Micros length, double chance, Micros now);
  void forget_calls();
  [[nodiscard]] Micros next_length(Micros now) const;
  [[nodiscard]] std::size_t least_calls() const;
  [[nodiscard]] std::vector<End> window(Micros now) const;
  bool finish_block();
  [[nodiscard]] bool stands_out(const Block& block) const;

  Breaker::Config config_;
  Period period_;
  std::map<int, Call> calls_;
  std::vector<End> ends_;       ///< since it was closed
  std::vector<End> block_;      ///< of calls that are not yet judged
  std::vector<bool> abnormal_;  ///< blocks since it was closed
  std::vector<Block> learned_;
  Micros length_ = 0;  ///< of the last time it was open, before jitter
  int failures_ = 0;
  Cause opened_by_ = Cause::none;
  double opened_value_ = 0;
  int calls_total_ = 0;
  int failures_total_ = 0;
  int refused_total_ = 0;
  int opened_total_ = 0;
};

}  // namespace gird::policy
