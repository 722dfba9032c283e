// A breaker that many processes use at once, some of which are killed; the long run is in bench.
#include "history/breaker_crowd.hpp"

#include <boost/test/unit_test.hpp>

#include "sys/scratch.hpp"

namespace gird::history {
namespace {

BOOST_AUTO_TEST_SUITE(history_breaker_crowd)

BOOST_AUTO_TEST_CASE(what_many_processes_do_to_one_breaker_has_an_order) {
  const sys::Scratch scratch;
  const BreakerVerdict verdict =
      try_breaker({.processes = 16, .lines = 4000, .kills = 16, .folder = scratch.path("")});
  BOOST_TEST(verdict.why_not == "");
  // It was worth judging.
  const BreakerRules::Totals& totals = verdict.totals;
  BOOST_TEST(verdict.processes > 16U);
  BOOST_TEST(verdict.handovers > 16U);
  BOOST_TEST(totals.steps > 16 * 3000);
  BOOST_TEST(totals.half_opened > 0);
  BOOST_TEST(totals.vanished > 0);
  BOOST_TEST(totals.closed > 0);
  BOOST_TEST(totals.failed > 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::history
