// The clock of cells: what counts as time that has passed.
#include "store/cell_clock.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace data = boost::unit_test::data;

namespace gird::store {

constexpr policy::Micros second = 1'000'000;
constexpr policy::Micros hour = 3600 * second;
constexpr policy::Micros year = 365 * 24 * hour;
constexpr policy::Micros today = 56 * year;

namespace {

struct Case {
  const char* name;
  Moment then;
  Moment now;
  policy::Micros passed;
  policy::Micros kept;  ///< as the wall clock
};

std::ostream& operator<<(std::ostream& out, const Case& each) { return out << each.name; }

constexpr std::uint64_t one = 11;
constexpr std::uint64_t other = 22;

const std::vector<Case> cases{
    {"a second", {one, hour, today}, {one, hour + second, today + second}, second, today + second},
    {"asleep: the boot clock goes on",
     {one, hour, today},
     {one, 9 * hour, today + 8 * hour},
     8 * hour,
     today + 8 * hour},
    {"the wall clock is set a year forwards",
     {one, hour, today},
     {one, hour + second, today + year},
     second,
     today + year},
    {"the wall clock is set a year back",
     {one, hour, today},
     {one, hour + second, today - year},
     second,
     today - year},
    {"the boot clock of one boot never goes back",
     {one, hour, today},
     {one, hour - 1, today},
     0,
     today},
    {"a reboot", {one, 90 * hour, today}, {other, second, today + hour}, hour, today + hour},
    {"a reboot, and the wall clock is a year ahead",
     {one, 90 * hour, today},
     {other, second, today + year + hour},
     year,
     today + year + hour},
    {"a reboot, and the wall clock is a year behind",
     {one, 90 * hour, today},
     {other, second, today - year},
     0,
     today - year},
    {"another time namespace has another boot clock",
     {one, 90 * hour, today},
     {other, 900 * hour, today + second},
     second,
     today + second},
    {"another host is a little behind: its time was counted already",
     {one, 90 * hour, today},
     {other, 5 * hour, today - 3 * second},
     0,
     today},
    {"boots that cannot be told are not the same",
     {0, hour, today},
     {0, 2 * hour, today + second},
     second,
     today + second},
    {"numbers at their ends", {one, INT64_MAX, INT64_MAX}, {other, 0, today}, 0, today},
    {"numbers below all others", {one, INT64_MIN, INT64_MIN}, {one, hour, today}, 0, today},
};

BOOST_AUTO_TEST_SUITE(cell_clock)

BOOST_DATA_TEST_CASE(counts_what_has_passed, data::make(cases), each) {
  BOOST_TEST(elapsed(each.then, each.now) == each.passed);
  BOOST_TEST(wall_to_keep(each.then, each.now) == each.kept);
}

BOOST_AUTO_TEST_CASE(two_hosts_that_differ_do_not_speed_each_other_up) {
  // One is five seconds ahead; they take turns, a millisecond apart.
  Moment then{one, hour, today};
  policy::Micros passed = 0;
  for (int turn = 1; turn <= 1000; ++turn) {
    const policy::Micros real = today + turn * 1000;
    Moment now = turn % 2 == 0 ? Moment{one, hour + turn * 1000, real}
                               : Moment{other, 7 * hour + turn * 1000, real + 5 * second};
    passed += elapsed(then, now);
    now.wall = wall_to_keep(then, now);
    then = now;
  }
  BOOST_TEST(passed <= 6 * second);
}

BOOST_AUTO_TEST_CASE(the_present_goes_on_and_names_its_boot) {
  const Moment first = present();
  const Moment second = present();
  BOOST_TEST(first.boot != 0U);
  BOOST_TEST(first.boot == second.boot);
  BOOST_TEST(first.running > 0);
  BOOST_TEST(second.running >= first.running);
  BOOST_TEST(first.wall > 50 * year);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
