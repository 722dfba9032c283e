// Doing something now and then.
#include "sys/ticker.hpp"

#include <poll.h>

#include <boost/test/unit_test.hpp>

#include "scratch.hpp"

namespace gird::sys {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

std::vector<pollfd> watched(const Ticker& ticker) {
  std::vector<pollfd> list;
  ticker.watch(list);
  return list;
}

BOOST_AUTO_TEST_SUITE(ticker)

BOOST_AUTO_TEST_CASE(ticks_again_and_again_until_it_is_finished) {
  int ticks = 0;
  Ticker ticker(milliseconds(1), [&] { ++ticks; });
  BOOST_TEST(watched(ticker).empty());
  ticker.start();
  BOOST_TEST(becomes([&] {
    std::vector<pollfd> list = watched(ticker);
    ::poll(list.data(), list.size(), 1000);
    ticker.turn();
    return ticks >= 3;
  }));
  ticker.stop();
  BOOST_TEST(watched(ticker).empty());
  const int before = ticks;
  ticker.turn();
  BOOST_TEST(ticks == before);
}

BOOST_AUTO_TEST_CASE(does_nothing_before_its_time) {
  int ticks = 0;
  Ticker ticker(hours(1), [&] { ++ticks; });
  ticker.start();
  std::vector<pollfd> list = watched(ticker);
  BOOST_TEST(::poll(list.data(), list.size(), 0) == 0);
  ticker.turn();
  BOOST_TEST(ticks == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
