// The rules of a limiter, tried with steps that keep or break them.
#include "history/limiter_rules.hpp"

#include <boost/test/unit_test.hpp>

namespace gird::history {
namespace {

using policy::Limiter;
using policy::Micros;
using What = Limiter::Ask::What;
using Hold = policy::Effects::Hold;

/// Steps made by hand, shown to the rules.
class Story {
 public:
  explicit Story(const Limiter::Config& config) : config_(config), rules_(config_) {}

  Story& starts(Micros now, std::int64_t cost = 1, Micros wait = 0) {
    Limiter::Answer answer;
    answer.wait = wait;
    rules_.step({.what = What::take, .cost = cost}, now, answer);
    return *this;
  }
  Story& sits(std::int64_t place_in_queue = 0) {
    Limiter::Answer answer;
    answer.effects = {.hold = Hold::take, .ticket = 1};
    rules_.step({.what = What::take, .ticket = place_in_queue}, 0, answer);
    return *this;
  }
  Story& queues(std::int64_t ticket) {
    Limiter::Answer answer;
    answer.what = Limiter::Answer::What::queued;
    answer.effects = {.hold = Hold::take, .ticket = ticket};
    rules_.step({.what = What::take}, 0, answer);
    return *this;
  }
  Story& leaves(std::int64_t ticket, What how = What::done) {
    rules_.step({.what = how, .ticket = ticket}, 0, Limiter::Answer());
    return *this;
  }

  /// The complaints when it has ended.
  std::string verdict() {
    rules_.finish();
    std::string all;
    for (const std::string& each : rules_.complaints()) all += each + "\n";
    return all;
  }
  [[nodiscard]] const LimiterRules::Totals& totals() const { return rules_.totals(); }

 private:
  Limiter::Config config_;
  LimiterRules rules_;
};

/// Three at once, one in ten microseconds.
const Limiter::Config bucket{.count = 1, .period = 10, .burst = 3};
const Limiter::Config window{.algorithm = Limiter::Algorithm::sliding, .count = 3, .period = 100};
const Limiter::Config places{.concurrency = 2};

bool tells(const std::string& verdict, std::string_view part) {
  return verdict.find(part) != std::string::npos;
}

BOOST_AUTO_TEST_SUITE(history_limiter_rules)

BOOST_AUTO_TEST_CASE(a_full_bucket_and_what_flows_in_may_be_taken) {
  BOOST_TEST(Story(bucket).verdict() == "");
  Story story(bucket);
  story.starts(5).starts(5).starts(5).starts(15).starts(30, 1).starts(200, 3).starts(230, 3);
  BOOST_TEST(story.verdict() == "");
  BOOST_TEST(story.totals().fullest == 1);
  BOOST_TEST(story.totals().let_through == 7);
}

BOOST_AUTO_TEST_CASE(one_too_many_for_the_bucket_is_noticed_to_the_microsecond) {
  BOOST_TEST(tells(Story(bucket).starts(5, 3).starts(14).verdict(), "too much"));
  BOOST_TEST(Story(bucket).starts(5, 3).starts(15).verdict() == "");
  BOOST_TEST(tells(Story(bucket).starts(5).starts(500, 4).verdict(), "too much"));
  // In the middle of a long life.
  Story story(bucket);
  for (Micros now = 0; now < 1000; now += 10) story.starts(now);
  story.starts(500).starts(501);
  BOOST_TEST(story.verdict() == "");
  BOOST_TEST(tells(story.starts(502).verdict(), "too much"));
}

BOOST_AUTO_TEST_CASE(what_counts_is_when_a_call_starts) {
  BOOST_TEST(Story(bucket).starts(5, 3).starts(5, 1, 10).verdict() == "");
  BOOST_TEST(tells(Story(bucket).starts(5, 3).starts(5, 1, 9).verdict(), "too much"));
  BOOST_TEST(tells(Story(window).starts(0, 3).starts(50, 1, 50).verdict(), "4 in the period"));
}

BOOST_AUTO_TEST_CASE(a_window_holds_so_many_in_any_period_with_both_its_ends) {
  BOOST_TEST(Story(window).starts(0, 3).starts(101, 3).starts(202, 3).verdict() == "");
  BOOST_TEST(tells(Story(window).starts(0, 3).starts(100).verdict(), "4 in the period"));
  BOOST_TEST(Story(window).starts(0, 2).starts(50).starts(101, 2).starts(151).verdict() == "");
  BOOST_TEST(
      tells(Story(window).starts(0, 2).starts(50).starts(101, 2).starts(150).verdict(), "4 in"));
}

BOOST_AUTO_TEST_CASE(one_too_many_at_once_is_noticed) {
  BOOST_TEST(
      Story(places).sits().sits().leaves(1).sits().leaves(1, What::vanish).sits().verdict() == "");
  BOOST_TEST(tells(Story(places).sits().sits().sits().verdict(), "3 calls are under way"));
  BOOST_TEST(tells(Story(places).leaves(1).verdict(), "had not begun"));
}

BOOST_AUTO_TEST_CASE(nobody_comes_before_the_first_of_the_queue) {
  Story story(places);
  story.sits().sits().queues(7).queues(8).leaves(1).sits(7).leaves(1).sits(8);
  BOOST_TEST(story.verdict() == "");
  BOOST_TEST(story.totals().longest_queue == 2);
  Story rude(places);
  BOOST_TEST(tells(rude.sits().sits().queues(7).queues(8).leaves(1).sits(8).verdict(), "first"));
  Story passing(places);
  BOOST_TEST(tells(passing.sits().sits().queues(7).leaves(1).sits().verdict(), "first"));
  Story patient(places);
  patient.sits().sits().queues(7).queues(8).leaves(7, What::vanish).leaves(1).sits(8);
  BOOST_TEST(patient.verdict() == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::history
