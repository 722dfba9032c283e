// What retries, budget, throttle and breaker make of an outage, in virtual time.
//
// Clients call 80 times a second, whatever happens (open loop, Poisson). A server answers 100 calls
// a second, in order, also those that nobody waits for any more. It stands still for 10 s, while
// calls pile up. A client gives up an attempt after 1 s, and makes up to 3 retries.
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdio>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "base/chance.hpp"
#include "policy/backoff.hpp"
#include "policy/breaker.hpp"
#include "policy/budget.hpp"
#include "policy/throttle.hpp"

namespace gird::policy {
namespace {

constexpr Micros second = 1'000'000;
constexpr double load = 80;
constexpr Micros service = second / 100;
constexpr Micros patience = second;
constexpr int attempts = 4;
constexpr std::int64_t outage_begins = 150;  // longer than the throttle looks back
constexpr std::int64_t outage_ends = 160;
constexpr std::int64_t over = 360;

/// Which policies a client has.
struct Guards {
  const char* name;
  bool retries;
  bool budget;
  bool throttle;
  bool breaker;
};

constexpr std::array<Guards, 6> rows{{
    {"no retry", false, false, false, false},
    {"naive retry", true, false, false, false},
    {"+ budget 10 %", true, true, false, false},
    {"+ throttle K=2", true, false, true, false},
    {"breaker", true, false, false, true},
    {"all together", true, true, true, true},
}};

struct Call {
  Micros began = 0;
  int attempt = 1;
  Duration previous{};
  Micros started = 0;       ///< the attempt under way
  std::int64_t ticket = 0;  ///< of the breaker
};

struct Happening {
  Micros when;
  enum class What : std::uint8_t { start, answer, give_up } what;
  Call call;
  friend bool operator<(const Happening& one, const Happening& other) {
    return one.when > other.when;
  }
};

/// What one run was like.
struct Course {
  double peak = 0;  ///< attempts in a second that reach the server, over the load
  std::optional<std::int64_t> recovery;  ///< whole seconds after the outage
  double at_last = 0;                    ///< goodput of the last 30 s
};

class Simulation {
 public:
  Simulation(const Guards& guards, std::uint64_t seed) : guards_(guards), chance_(seed) {
    schedule_.base = std::chrono::milliseconds(200);
    budget_config_.floor_per_second = 1;
    breaker_config_.failure_rate = 0.5;
    breaker_config_.window_calls = 50;
    breaker_config_.failure_threshold = 0;
    breaker_config_.min_calls = 20;
    // It does not grow: no recovery is quicker than the open time that the end of the outage falls
    // into, and one of 10 s takes 6 to 8 s here.
    breaker_config_.open_for = 5 * second;
    breaker_config_.open_max = 5 * second;
    breaker_config_.half_open_permits = 3;
    breaker_config_.success_threshold = 3;
  }

  Course run() {
    Micros next = second;
    while (next < over * second) {
      while (!happenings_.empty() && happenings_.top().when <= next) act();
      ++offered_[index_of(next)];
      Call call;
      call.began = next;
      begin(call, next);
      next += static_cast<Micros>(-std::log(1 - chance_.next()) / load * 1e6) + 1;
    }
    return course();
  }

 private:
  static std::size_t index_of(Micros when) {
    return static_cast<std::size_t>(std::min(when / second, over - 1));
  }

  void act() {
    const Happening now = happenings_.top();
    happenings_.pop();
    if (now.what == Happening::What::start) return start(now.call, now.when);
    end(now.call, now.when, now.what == Happening::What::answer);
  }

  void begin(const Call& call, Micros now) {
    if (guards_.budget) Budget::step(budget_, budget_config_, {Budget::Ask::What::call}, now);
    start(call, now);
  }

  void start(Call call, Micros now) {
    call.started = now;
    if (!may_start(call, now)) return fail(call, now);
    ++attempts_[index_of(now)];
    Micros begins = std::max(now, server_free_);
    if (begins >= outage_begins * second && begins < outage_ends * second) {
      begins = outage_ends * second;
    }
    server_free_ = begins + service;
    const bool in_time = server_free_ <= now + patience;
    happenings_.push({in_time ? server_free_ : now + patience,
                      in_time ? Happening::What::answer : Happening::What::give_up, call});
  }

  /// First the breaker, then the throttle: what the breaker refuses is no request.
  bool may_start(Call& call, Micros now) {
    if (guards_.breaker) {
      Breaker::Ask ask;
      ask.chance = chance_.next();
      const auto answer = Breaker::step(breaker_, breaker_config_, ask, now);
      call.ticket = answer.effects.ticket;
      if (!answer.allowed) return false;
    }
    const Throttle::Ask ask{Throttle::Ask::What::request, chance_.next()};
    if (!guards_.throttle || Throttle::step(throttle_, {}, ask, now).allowed) return true;
    if (guards_.breaker) tell_breaker(call, Breaker::Ask::What::cancel, false, now);
    return false;
  }

  void tell_breaker(const Call& call, Breaker::Ask::What what, bool success, Micros now) {
    Breaker::Ask ask;
    ask.what = what;
    ask.ticket = call.ticket;
    ask.chance = chance_.next();
    ask.result = success ? Breaker::Ask::Result::success : Breaker::Ask::Result::failure;
    ask.took = now - call.started;
    Breaker::step(breaker_, breaker_config_, ask, now);
  }

  void end(const Call& call, Micros now, bool success) {
    if (guards_.breaker) tell_breaker(call, Breaker::Ask::What::record, success, now);
    if (!success) return fail(call, now);
    if (guards_.throttle) Throttle::step(throttle_, {}, {Throttle::Ask::What::accepted}, now);
    ++good_[index_of(call.began)];
  }

  void fail(Call call, Micros now) {
    if (!guards_.retries || call.attempt >= attempts) return;
    const Budget::Ask ask{Budget::Ask::What::retry};
    if (guards_.budget && !Budget::step(budget_, budget_config_, ask, now).allowed) return;
    call.previous = wait_after(schedule_, call.attempt, call.previous, chance_.next());
    ++call.attempt;
    happenings_.push({now + micros(call.previous), Happening::What::start, call});
  }

  [[nodiscard]] double goodput(std::int64_t from, std::int64_t to) const {
    double good = 0;
    double all = 0;
    for (auto each = static_cast<std::size_t>(from); each < static_cast<std::size_t>(to); ++each) {
      good += good_[each];
      all += offered_[each];
    }
    return good / all;
  }

  [[nodiscard]] Course course() const {
    Course course;
    const auto peak = std::max_element(attempts_.begin() + outage_begins, attempts_.end());
    course.peak = *peak / load;
    course.at_last = goodput(over - 35, over - 5);
    // Recovered: 95 % in that second, and in the five from there.
    for (std::int64_t each = outage_ends; each < over - 5 && !course.recovery; ++each) {
      const bool good = goodput(each, each + 1) >= 0.95 && goodput(each, each + 5) >= 0.95;
      if (good) course.recovery = each - outage_ends;
    }
    return course;
  }

  Guards guards_;
  Chance chance_;
  Schedule schedule_;
  Budget::Config budget_config_;
  Budget::State budget_;
  Throttle::State throttle_;
  Breaker::Config breaker_config_;
  Breaker::State breaker_;
  Micros server_free_ = 0;
  std::priority_queue<Happening> happenings_;
  std::array<double, over> offered_ = {};
  std::array<double, over> attempts_ = {};
  std::array<double, over> good_ = {};
};

std::array<Course, 5> five_seeds(const Guards& guards) {
  std::array<Course, 5> courses;
  std::uint64_t seed = 0;
  for (Course& course : courses) course = Simulation(guards, ++seed).run();
  return courses;
}

void print(const Guards& guards, const std::array<Course, 5>& courses) {
  double peak = 0;
  double last = 0;
  std::string recoveries;
  for (const Course& course : courses) {
    peak = std::max(peak, course.peak);
    last += course.at_last / 5;
    recoveries += course.recovery ? std::to_string(*course.recovery) + " " : "never ";
  }
  std::printf("| %-14s | %5.2f | %-30s | %4.2f |\n", guards.name, peak, recoveries.c_str(), last);
}

BOOST_AUTO_TEST_SUITE(policy_outage)

BOOST_AUTO_TEST_CASE(all_policies_together_survive_what_naive_retries_do_not) {
  std::printf("| policy         |  peak | seconds to 95 %%, five seeds    | last |\n");
  std::printf("|----------------|-------|--------------------------------|------|\n");
  for (const Guards& guards : rows) {
    const auto courses = five_seeds(guards);
    print(guards, courses);
    for (const Course& course : courses) {
      if (&guards == &rows[1]) {
        BOOST_TEST(!course.recovery.has_value());
        BOOST_TEST(course.at_last < 0.05);
      }
      if (&guards != &rows.back()) continue;
      BOOST_TEST(course.peak <= 1.5);
      BOOST_REQUIRE(course.recovery.has_value());
      BOOST_TEST(*course.recovery <= 5);
      BOOST_TEST(course.at_last > 0.95);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
