// The rate of a limiter against exact logs of what it let through.
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <map>
#include <ostream>
#include <vector>

#include "base/chance.hpp"
#include "policy/limiter.hpp"

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;
using Ask = Limiter::Ask;
using Answer = Limiter::Answer;
using Config = Limiter::Config;
__extension__ using Wide = __int128;

/// A call that was let through: when it starts, and whether it was made after all.
struct Call {
  Micros start = 0;
  std::int64_t cost = 0;
};

/// The largest number of calls over what the rate alone allows in any span that begins and ends
/// with a call of the log, times the period: exact, in integers.
Wide most_over_rate(const std::vector<Call>& log, std::int64_t count, Micros period) {
  Wide used = 0;
  Wide lowest = 0;
  Wide worst = 0;
  bool first = true;
  for (const Call& call : log) {
    const Wide before = used * period - Wide{call.start} * count;
    lowest = first ? before : std::min(lowest, before);
    first = false;
    used += call.cost;
    worst = std::max(worst, used * period - Wide{call.start} * count - lowest);
  }
  return worst;
}

/// The most calls in any span of `period`, both ends included.
std::int64_t most_in_window(const std::vector<Call>& log, Micros period) {
  std::int64_t sum = 0;
  std::int64_t most = 0;
  std::size_t oldest = 0;
  for (const Call& call : log) {
    sum += call.cost;
    while (call.start - log[oldest].start > period) sum -= log[oldest++].cost;
    most = std::max(most, sum);
  }
  return most;
}

struct Trace {
  Limiter::Algorithm algorithm;
  std::int64_t count;
  Micros period;
  std::int64_t burst;
  Micros patience;    ///< up to this
  std::int64_t cost;  ///< up to this
  int cancelled;      ///< one in so many; 0: none
  int decisions;
};

std::ostream& operator<<(std::ostream& out, const Trace& trace) {
  return out << trace.count << " in " << trace.period << " us, burst " << trace.burst
             << ", patience " << trace.patience << ", cost " << trace.cost << ", cancelled "
             << trace.cancelled;
}

/// Callers that come at random, wait or not, and sometimes do not make their call.
class Crowd {
 public:
  Crowd(const Trace& trace, std::uint64_t seed) : trace_(trace), chance_(seed) {
    config_.algorithm = trace.algorithm;
    config_.count = static_cast<double>(trace.count);
    config_.period = trace.period;
    config_.burst = trace.burst;
  }

  void run() {
    for (int i = 0; i < trace_.decisions; ++i) {
      pass_time();
      take();
      if (trace_.cancelled > 0 && below(trace_.cancelled) == 0) cancel_one();
    }
  }

  std::vector<Call> log() const {
    std::vector<Call> made;
    for (const auto& [number, call] : calls_) made.push_back(call);
    return made;
  }

  std::int64_t out_of_order() const { return out_of_order_; }
  std::int64_t let_through() const { return let_through_; }
  Micros now() const { return now_; }

 private:
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(chance_.bits() % static_cast<std::uint64_t>(bound));
  }

  /// Bursts at one moment, steps near the rate, and now and then a rest.
  void pass_time() {
    const Micros even = std::max<Micros>(trace_.period / trace_.count, 1);
    const auto kind = below(100);
    if (kind < 40) return;
    now_ += kind < 95 ? below(2 * even) : kind < 99 ? below(10 * even) : below(2 * trace_.period);
  }

  void take() {
    Ask ask;
    ask.cost = 1 + below(trace_.cost);
    ask.patience = trace_.patience > 0 ? below(trace_.patience) : 0;
    const Answer answer = Limiter::step(state_, config_, ask, now_);
    if (answer.what != Answer::What::go) return;
    const Micros start = now_ + answer.wait;
    if (answer.wait > ask.patience || start < last_) ++out_of_order_;
    last_ = start;
    calls_[next_++] = {start, ask.cost};
    let_through_ += ask.cost;
  }

  /// One of the last few, which may be over for long, or may not have started.
  void cancel_one() {
    const auto found = calls_.find(next_ - 1 - below(8));
    if (found == calls_.end()) return;
    Ask ask;
    ask.what = Ask::What::cancel;
    ask.cost = found->second.cost;
    ask.took = now_ - found->second.start;
    Limiter::step(state_, config_, ask, now_);
    let_through_ -= found->second.cost;
    calls_.erase(found);
  }

  Trace trace_;
  Chance chance_;
  Config config_;
  Limiter::State state_;
  Micros now_ = 1'000'000'007;
  Micros last_ = 0;
  std::int64_t next_ = 0;
  std::int64_t out_of_order_ = 0;
  std::int64_t let_through_ = 0;
  std::map<std::int64_t, Call> calls_;
};

constexpr auto gcra = Limiter::Algorithm::gcra;
constexpr auto sliding = Limiter::Algorithm::sliding;

const std::vector<Trace> buckets_of_tokens{
    {gcra, 100, 1'000'000, 100, 0, 1, 0, 1'000'000},
    {gcra, 3, 1'000'000, 1, 0, 1, 0, 100'000},
    {gcra, 7, 1'000'000, 20, 0, 5, 0, 300'000},
    {gcra, 7, 1'000'000, 1, 3'000'000, 1, 0, 300'000},
    {gcra, 997, 1'000'000, 13, 20'000, 13, 0, 300'000},
    {gcra, 7, 1'000'000, 3, 3'000'000, 3, 5, 300'000},
    {gcra, 60, 60'000'000, 10, 10'000'000, 10, 3, 300'000},
    {gcra, 300'000, 1'000'000, 11, 100, 4, 4, 300'000},
    {gcra, 1, 86'400'000'000, 1, 100'000'000'000, 1, 4, 100'000},
};

BOOST_AUTO_TEST_SUITE(policy_limiter_rate)

BOOST_DATA_TEST_CASE(tokens_never_exceed_burst_and_rate_in_any_span, data::make(buckets_of_tokens),
                     trace) {
  Crowd crowd(trace, 1);
  crowd.run();
  BOOST_TEST(crowd.out_of_order() == 0);
  const Wide over = most_over_rate(crowd.log(), trace.count, trace.period);
  BOOST_TEST((over <= Wide{trace.burst} * trace.period));
  // It is met as well: a limiter that refuses all would pass the rest.
  BOOST_TEST((over > Wide{trace.burst - 1} * trace.period));
}

const std::vector<Trace> windows{
    {sliding, 100, 1'000'000, 0, 0, 1, 0, 1'000'000},
    {sliding, 1, 1'000'000, 0, 0, 1, 0, 100'000},
    {sliding, 3, 1'000'003, 0, 2'000'000, 1, 0, 300'000},
    {sliding, 20, 1'000'000, 0, 0, 5, 0, 300'000},
    {sliding, 20, 1'000'000, 0, 5'000'000, 20, 0, 300'000},
    {sliding, 20, 1'000'000, 0, 5'000'000, 20, 3, 300'000},
    {sliding, 60, 60'000'000, 0, 30'000'000, 3, 4, 300'000},
    {sliding, 10, 31, 0, 100, 3, 4, 300'000},
    {sliding, 5, 1, 0, 4, 2, 4, 100'000},
};

BOOST_DATA_TEST_CASE(windows_never_have_one_too_many, data::make(windows), trace) {
  Crowd crowd(trace, 2);
  crowd.run();
  BOOST_TEST(crowd.out_of_order() == 0);
  BOOST_TEST(most_in_window(crowd.log(), trace.period) == trace.count);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
