// The window of a breaker, against lists of all calls.
#include "policy/outcome_window.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <vector>

#include "base/chance.hpp"

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;

using Counts = OutcomeWindow::Counts;
using Extent = OutcomeWindow::Extent;

struct Call {
  bool failed;
  bool slow;
  Micros at;
};

Counts counted(const std::vector<Call>& calls, std::size_t from, auto&& counts_in) {
  Counts counts;
  for (std::size_t i = from; i < calls.size(); ++i) {
    if (!counts_in(calls[i])) continue;
    ++counts.calls;
    counts.failed += calls[i].failed ? 1 : 0;
    counts.slow += calls[i].slow ? 1 : 0;
  }
  return counts;
}

BOOST_AUTO_TEST_SUITE(policy_outcome_window)

BOOST_DATA_TEST_CASE(a_window_of_calls_has_the_last_ones,
                     data::make({1, 2, 10, 15, 16, 17, 20, 100, 999, 1000}), size) {
  OutcomeWindow window;
  window.fit({size, 0});
  Chance chance(static_cast<std::uint64_t>(size));
  std::vector<Call> calls;
  for (int i = 0; i < 3'000; ++i) {
    const auto bits = chance.bits();
    calls.push_back({bits % 3 == 0, bits % 5 == 0, 0});
    window.add(calls.back().failed, calls.back().slow, 0);
    const auto from = calls.size() > static_cast<std::size_t>(size) ? calls.size() - size : 0;
    BOOST_REQUIRE((window.counts(0) == counted(calls, from, [](const Call&) { return true; })));
    const OutcomeWindow before = window;
    window.mend(0);
    BOOST_REQUIRE((window.counts(0) == before.counts(0) && window.at == before.at));
  }
}

BOOST_AUTO_TEST_CASE(a_window_of_time_has_the_calls_of_its_last_ten_buckets) {
  Chance chance(7);
  for (const Micros width : {1, 7, 1'000'000}) {
    OutcomeWindow window;
    window.fit({0, width * 10});
    std::vector<Call> calls;
    Micros now = 3;
    for (int i = 0; i < 5'000; ++i) {
      const auto bits = chance.bits();
      now += static_cast<Micros>(chance.next() * static_cast<double>(width)) *
             (bits % 50 == 0 ? 15 : 1);
      calls.push_back({bits % 3 == 0, bits % 5 == 0, now});
      window.add(calls.back().failed, calls.back().slow, now);
      const Micros later = now + static_cast<Micros>(bits % 12) * width;
      const auto counts_in = [&](const Call& call) { return later / width - call.at / width < 10; };
      BOOST_REQUIRE((window.counts(later) == counted(calls, 0, counts_in)));
      const OutcomeWindow before = window;
      window.mend(now);
      BOOST_REQUIRE((window.counts(now) == before.counts(now) && window.at == before.at));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_clock_that_goes_back_keeps_no_call_for_longer_than_the_window) {
  OutcomeWindow window;
  window.fit({0, 100});
  window.add(true, false, 1'000);
  window.add(true, false, 950);  // a little: still in the newest bucket
  BOOST_TEST(window.counts(950).failed == 2);
  BOOST_TEST(window.counts(1'099).failed == 2);
  BOOST_TEST(window.counts(1'100).failed == 0);
  BOOST_TEST(window.counts(500).failed == 0);  // far: as if new
  window.add(true, false, 500);
  BOOST_TEST(window.counts(500).failed == 1);
  BOOST_TEST(window.counts(1'000).failed == 0);
}

BOOST_AUTO_TEST_CASE(the_beginning_of_the_clock_is_a_time_like_any_other) {
  OutcomeWindow window;
  window.fit({0, 100});
  window.add(true, true, 0);
  window.add(false, true, 5);
  BOOST_TEST((window.counts(99) == Counts{2, 1, 2}));
  BOOST_TEST((window.counts(100) == Counts{}));
}

BOOST_AUTO_TEST_CASE(what_is_fitted_anew_is_empty_and_what_fits_stays) {
  OutcomeWindow window;
  for (const Extent extent : {Extent{20, 0}, Extent{0, 100}, Extent{21, 0}, Extent{0, 101}}) {
    window.fit(extent);
    BOOST_TEST(window.counts(50).calls == 0);
    window.add(true, false, 50);
    window.fit(extent);
    BOOST_TEST(window.counts(50).calls == 1);
  }
}

BOOST_AUTO_TEST_CASE(impossible_numbers_start_it_anew) {
  OutcomeWindow window;
  window.fit({20, 0});
  for (int i = 0; i < 7; ++i) window.add(true, false, 0);
  const OutcomeWindow good = window;
  const auto mended = [&](auto&& spoil) {
    window = good;
    spoil(window);
    window.mend(1'000);
    return window.counts(1'000).calls;
  };
  BOOST_TEST(mended([](OutcomeWindow&) {}) == 7);
  BOOST_TEST(mended([](OutcomeWindow& w) { w.at = 20; }) == 0);
  BOOST_TEST(mended([](OutcomeWindow& w) { w.at = -1; }) == 0);
  BOOST_TEST(mended([](OutcomeWindow& w) { w.at = 6; }) == 0);
  BOOST_TEST(mended([](OutcomeWindow& w) { w.in_ring.calls = 21; }) == 0);
  BOOST_TEST(mended([](OutcomeWindow& w) { w.in_ring.failed = 6; }) == 0);
  BOOST_TEST(mended([](OutcomeWindow& w) { w.in_ring.slow = 1; }) == 0);
  BOOST_TEST(mended([](OutcomeWindow& w) { w.ring[0] = 0; }) == 0);
  BOOST_TEST(mended([](OutcomeWindow& w) { w.extent = {0, 0}; }) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
