// Modes, events and causes have names for machines and words for people.
#include "policy/words.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

namespace gird::policy {
namespace {

/// The names of the numbers 0 to `last`, all of which must be named.
template <class T>
std::set<std::string_view> names_up_to(T last) {
  std::set<std::string_view> names;
  for (int number = 0; number <= static_cast<int>(last); ++number) {
    const std::string_view name = name_of(static_cast<T>(number));
    BOOST_TEST(!name.empty());
    BOOST_TEST(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == name.npos, name);
    names.insert(name);
  }
  BOOST_TEST(names.size() == static_cast<std::size_t>(last) + 1);
  return names;
}

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(every_mode_event_and_cause_has_a_name_of_its_own) {
  const auto modes = names_up_to(Breaker::Mode::metrics_only);
  for (const std::string_view name :
       {"closed", "open", "half-open", "held-open", "held-closed", "disabled", "metrics-only"}) {
    BOOST_TEST(modes.contains(name), name);
  }
  BOOST_TEST(names_up_to(Event::late).contains("half-opened"));
  BOOST_TEST(names_up_to(Cause::budget).contains("failures-in-row"));
}

BOOST_AUTO_TEST_CASE(every_cause_has_words) {
  for (int number = 1; number <= static_cast<int>(Cause::budget); ++number) {
    BOOST_TEST(!in_words(static_cast<Cause>(number), 1).empty());
  }
  BOOST_TEST(in_words(Cause::none, 0).empty());
  BOOST_TEST(in_words(Cause::failures_in_row, 5) == "5 failures in a row");
  BOOST_TEST(in_words(Cause::failures_in_row, 1) == "1 failure in a row");
  BOOST_TEST(in_words(Cause::failure_rate, 0.6) == "60% of calls failed");
  BOOST_TEST(in_words(Cause::slow_rate, 1) == "100% of calls were slow");
  BOOST_TEST(in_words(Cause::abnormal, 0) == "away from what is usual");
  BOOST_TEST(in_words(Cause::abnormal, 3) ==
             "3 of the last 5 blocks of calls were away from what is usual");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
