// Limiters that many processes use at once, some of which are killed; the long runs are in bench.
#include "history/limiter_crowd.hpp"

#include <boost/test/unit_test.hpp>

#include "sys/scratch.hpp"

namespace gird::history {
namespace {

CrowdSize size_in(const sys::Scratch& scratch) {
  return {.processes = 8, .lines = 4000, .kills = 8, .folder = scratch.path("")};
}

BOOST_AUTO_TEST_SUITE(history_limiter_crowd)

BOOST_AUTO_TEST_CASE(a_bucket_never_lets_more_through_than_its_burst_and_its_rate) {
  const sys::Scratch scratch;
  const LimiterVerdict verdict = try_bucket(size_in(scratch));
  BOOST_TEST(verdict.why_not == "");
  BOOST_TEST(verdict.totals.let_through > 50);
  BOOST_TEST(verdict.totals.refused > 0);
}

BOOST_AUTO_TEST_CASE(a_window_never_lets_one_too_many_through) {
  const sys::Scratch scratch;
  const LimiterVerdict verdict = try_window(size_in(scratch));
  BOOST_TEST(verdict.why_not == "");
  BOOST_TEST(verdict.totals.let_through > 100);
  BOOST_TEST(verdict.totals.refused > 0);
}

BOOST_AUTO_TEST_CASE(places_are_never_given_twice_and_in_the_order_of_the_queue) {
  const sys::Scratch scratch;
  const LimiterVerdict verdict = try_places(size_in(scratch));
  BOOST_TEST(verdict.why_not == "");
  BOOST_TEST(verdict.totals.most_at_once > 1);
  BOOST_TEST(verdict.totals.queued > 0);
  BOOST_TEST(verdict.totals.vanished > 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::history
