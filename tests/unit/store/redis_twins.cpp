// A machine in C++ and in Lua: on the same random traces they say the same, to the bit.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <set>
#include <span>
#include <vector>

#include "base/chance.hpp"
#include "policy/breaker.hpp"
#include "policy/budget.hpp"
#include "policy/limiter.hpp"
#include "store/packed.hpp"
#include "store/redis_connection.hpp"
#include "store/script.hpp"
#include "sys/real_world.hpp"
#include "unit/store/redis_server.hpp"

namespace gird::store {
namespace {

using boost::unit_test::precondition;
using policy::Breaker;
using policy::Budget;
using policy::Limiter;
using policy::Micros;

constexpr Micros second = 1'000'000;

/// Steps in one trace, which begins unused; a script takes a trace at once.
constexpr std::size_t trace_length = 500;
constexpr std::size_t traces = 200;

/// Random configs and asks that have all that a machine knows, and some that it should not see.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : chance_(seed) {}

  template <class T = std::int64_t>
  T pick(std::initializer_list<T> choices) {
    return choices.begin()[chance_.bits() % choices.size()];
  }
  bool once_in(std::uint64_t times) { return chance_.bits() % times == 0; }
  double share() { return chance_.next(); }
  /// From nothing to about `most`, small ones as often as large ones.
  Micros span(double most) {
    return once_in(8) ? 0 : static_cast<Micros>(std::exp(share() * std::log(most)));
  }
  /// Mostly one that was given out lately.
  std::int64_t ticket(std::span<const std::int64_t> given) {
    if (given.empty() || once_in(20)) return pick({0, 1, 5, 6, 7, 1000, 2147483647});
    return given[chance_.bits() % given.size()];
  }

  void fill(Breaker::Config& config) {
    config.failure_threshold = pick({0, 1, 3, 5});
    config.failure_rate = pick({0.0, 0.25, 0.5, 1.0});
    config.window_calls = pick({1, 5, 16, 17, 40, 1000});
    config.window_time = pick({0, 0, 1, 7}) * 10 * second;
    config.min_calls = pick({1, 4, 10});
    config.slow_call = pick({0, 0, 2}) * second;
    config.slow_rate = pick({0.5, 1.0});
    config.open_for = pick<Micros>({6 * second, 30 * second + 7});
    config.open_max = pick({30, 100}) * second;
    config.open_factor = pick({1.0, 1.5, 2.0, 3.7});
    config.open_jitter = pick({0.0, 0.2, 0.5});
    config.success_threshold = pick({1, 2, 4});
    config.half_open_permits = pick({1, 2, 5});
    config.ramp = once_in(2);
    config.adaptive = once_in(2);
    config.enforce = pick({0.0, 0.5, 1.0, 1.0});
  }
  void fill(Limiter::Config& config) {
    config.algorithm = once_in(2) ? Limiter::Algorithm::gcra : Limiter::Algorithm::sliding;
    config.count = pick({0.0, 1.0, 3.0, 7.5, 100.0, 0.3});
    config.period = pick<Micros>({1000, second, 60 * second, 7 * second + 1});
    config.burst = pick({0, 0, 1, 5, 20});
    config.concurrency = pick({0, 0, 1, 2, 7, 100});
    const bool adaptive = once_in(3);
    config.slowest = adaptive ? pick({0.5, 1.0}) : 0;
    config.fastest = adaptive ? pick({1.0, 10.0, 33.3}) : 0;
  }
  void fill(Budget::Config& config) {
    config.ratio = pick({0.0, 0.1, 0.5, 1.0 / 3});
    config.floor_per_second = pick({0.0, 0.3, 10.0});
    config.period = pick<Micros>({second, 10 * second, 7 * second + 1});
  }

  void fill(Breaker::Ask& ask, std::span<const std::int64_t> given) {
    using What = Breaker::Ask::What;
    const auto any = static_cast<What>(chance_.bits() % 11);
    ask.what = once_in(40) ? any
                           : pick({What::admit, What::admit, What::record, What::record,
                                   What::cancel, What::vanish});
    ask.chance = share();
    ask.enforce_chance = share();
    ask.ticket = ask.what == What::admit ? 0 : ticket(given);
    // Good times and bad ones, so that breakers open and close.
    if (once_in(40)) failing_ = pick({0.0, 0.05, 0.4, 0.9});
    using Result = Breaker::Ask::Result;
    ask.result = share() < failing_ ? Result::failure : Result::success;
    if (once_in(20)) ask.result = Result::ignored;
    ask.took = span(1e7);
  }
  void fill(Limiter::Ask& ask, std::span<const std::int64_t> given) {
    using What = Limiter::Ask::What;
    const auto any = static_cast<What>(chance_.bits() % 7);
    ask.what = once_in(10) ? any : pick({What::take, What::take, What::take, What::done});
    ask.cost = pick({1, 1, 1, 2, 5, 1000});
    ask.patience = once_in(2) ? 0 : span(1e8);
    const bool anew = ask.what == What::take && !once_in(3);
    ask.ticket = anew ? 0 : ticket(given);
    ask.result = static_cast<Limiter::Ask::Result>(chance_.bits() % 3);
    ask.took = once_in(4) ? -span(1e6) : span(1e7);
  }
  void fill(Budget::Ask& ask, std::span<const std::int64_t>) {
    using What = Budget::Ask::What;
    ask.what = once_in(50) ? What::reset : pick({What::call, What::retry, What::peek});
  }

 private:
  Chance chance_;
  double failing_ = 0.4;
};

/// What both make of a trace, step by step.
struct Said {
  std::string answers;
  std::string states;
};

template <class M>
struct Trace {
  typename M::Config config{};
  typename M::State state{};
  std::string asks;
  std::string nows;
  Said said;
  std::set<policy::Event> events;  ///< all that happened

  explicit Trace(std::uint64_t seed) {
    Dice dice(seed);
    const Kind& kind = kind_of<M>();
    dice.fill(config);
    Micros now = Micros{1'700'000'000} * second + static_cast<Micros>(dice.share() * 1e12);
    std::vector<std::int64_t> given;
    for (std::size_t at = 0; at < trace_length; ++at) {
      typename M::Ask ask{};
      dice.fill(ask, given);
      now += dice.once_in(50) ? dice.span(1e9) : dice.span(1e6);
      asks += packed(kind, Part::ask, &ask);
      pack_number(nows, static_cast<double>(now));
      const auto answer = M::step(state, config, ask, now);
      if (answer.effects.ticket != 0) given.push_back(answer.effects.ticket);
      for (const policy::Note& note : answer.effects.notes) events.insert(note.event);
      if (given.size() > 30) given.erase(given.begin());
      said.answers += packed(kind, Part::answer, &answer);
      said.states += packed(kind, Part::state, &state);
    }
  }
};

/// Runs a whole trace; before each step the state is mended, which must change nothing. Keys stand
/// for nothing here.
constexpr std::string_view whole_trace = R"(
local config, state = unpack_numbers(kind.config, ARGV[1]), object_of(kind.state, kind.fresh_state)
local size, answers, states = kind.ask.size * 8, {}, {}
for index = 1, #ARGV[3] / 8 do
  local now = struct.unpack('<d', ARGV[3], index * 8 - 7)
  local ask = unpack_numbers(kind.ask, string.sub(ARGV[2], (index - 1) * size + 1, index * size))
  mend(state, config, now)
  answers[index] = pack_numbers(kind.answer, step(state, config, ask, now))
  states[index] = pack_numbers(kind.state, state)
end
return {table.concat(answers), table.concat(states)}
)";

/// Minus nothing is nothing: Lua's numbers have both, and whole numbers in C++ have one.
std::vector<double> numbers_in(std::string_view bytes) {
  std::vector<double> numbers;
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) numbers.push_back(unpack_number(bytes) + 0.0);
  return numbers;
}

/// Names of a struct's numbers, for messages.
class Names final : public Numbers {
 public:
  void number(std::string_view name, int index, double&) override {
    all.push_back(std::string(name) + (index < 0 ? "" : "[" + std::to_string(index) + "]"));
  }
  std::vector<std::string> all;
};

template <class M, class T>
void compare(Part part, T& object, const std::string& mine, const std::string& theirs,
             std::size_t trace) {
  if (mine == theirs) return;
  Names names;
  kind_of<M>().numbers(part, &object, names);
  const auto a = numbers_in(mine);
  const auto b = numbers_in(theirs);
  BOOST_TEST_REQUIRE(a.size() == b.size());
  for (std::size_t at = 0; at < a.size(); ++at) {
    if (a[at] == b[at]) continue;
    BOOST_FAIL("trace " << trace << ", step " << at / names.all.size() << ", "
                        << names.all[at % names.all.size()] << ": " << a[at] << " in C++, " << b[at]
                        << " in Lua");
  }
}

template <class M>
void compare_twins(std::size_t events) {
  const RedisServer server;
  sys::RealWorld world;
  const Instant deadline = world.now() + std::chrono::minutes(4);
  const auto connection = RedisConnection::open(server.address(), {}, deadline, world).value();
  const Kind& kind = kind_of<M>();
  BOOST_TEST_REQUIRE(!lua_source(M::name).empty());
  const std::string script = lua_library(kind, lua_source(M::name)) + std::string(whole_trace);
  std::set<policy::Event> seen;
  for (std::size_t number = 0; number < traces; ++number) {
    Trace<M> trace(number);
    seen.merge(trace.events);
    const std::string config = packed(kind, Part::config, &trace.config);
    const Reply reply =
        connection->ask({"EVAL", script, "0", config, trace.asks, trace.nows}, deadline).value();
    BOOST_TEST_REQUIRE(!reply.is_error(), reply.text);
    BOOST_TEST_REQUIRE(reply.list.size() == 2);
    typename M::Answer answer{};
    compare<M>(Part::answer, answer, trace.said.answers, reply.list[0].text, number);
    compare<M>(Part::state, trace.state, trace.said.states, reply.list[1].text, number);
  }
  // Traces in which little happens prove little.
  std::string list;
  for (const policy::Event event : seen) list += " " + std::to_string(static_cast<int>(event));
  BOOST_TEST(seen.size() >= events, "only" << list);
}

boost::test_tools::assertion_result needs_server(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result result(RedisServer::exists());
  result.message() << "there is no redis-server";
  return result;
}

auto needs_script(std::string_view name) {
  return [name](boost::unit_test::test_unit_id) {
    boost::test_tools::assertion_result result(!lua_source(name).empty());
    result.message() << "there is no script";
    return result;
  };
}

BOOST_AUTO_TEST_SUITE(redis_twins, *precondition(needs_server))

BOOST_AUTO_TEST_CASE(of_the_breaker_agree) { compare_twins<Breaker>(13); }
BOOST_AUTO_TEST_CASE(of_the_limiter_agree, *precondition(needs_script("limit"))) {
  compare_twins<Limiter>(3);
}
BOOST_AUTO_TEST_CASE(of_the_budget_agree, *precondition(needs_script("budget"))) {
  compare_twins<Budget>(2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
