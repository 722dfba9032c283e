// Fields: how each type is set, shown and cleared.
#include "cli/value.hpp"

#include <boost/test/unit_test.hpp>

#include "unit/cli/sample.hpp"

namespace gird::cli {
namespace {

template <class T>
bool set(T& field, std::string_view text) {
  return value_type<T>.set(&field, text).has_value();
}

template <class T>
std::string shown(const T& field) {
  return value_type<T>.show(&field);
}

BOOST_AUTO_TEST_CASE(switches_take_the_words_of_configuration_files) {
  bool field = false;
  for (const char* text : {"true", "yes", "on", "1"}) {
    field = false;
    BOOST_TEST(set(field, text));
    BOOST_TEST(field);
  }
  for (const char* text : {"false", "no", "off", "0"}) {
    field = true;
    BOOST_TEST(set(field, text));
    BOOST_TEST(!field);
  }
  for (const char* text : {"", "TRUE", "2", "y"}) BOOST_TEST(!set(field, text), text);
  BOOST_TEST((value_type<bool>.arity == Arity::flag));
}

BOOST_AUTO_TEST_CASE(a_refused_value_leaves_the_field_alone) {
  std::int64_t number = 7;
  BOOST_TEST(!set(number, "x"));
  BOOST_TEST(number == 7);
  std::optional<Duration> span;
  BOOST_TEST(!set(span, "x"));
  BOOST_TEST(!span.has_value());
  std::vector<std::int64_t> list{1};
  BOOST_TEST(!set(list, "x"));
  BOOST_TEST(list.size() == 1);
}

BOOST_AUTO_TEST_CASE(lists_grow_and_are_cleared) {
  std::vector<std::int64_t> list;
  BOOST_TEST(set(list, "1"));
  BOOST_TEST(set(list, "2"));
  BOOST_TEST(shown(list) == "1 2");
  BOOST_TEST((value_type<decltype(list)>.arity == Arity::many));
  value_type<decltype(list)>.clear(&list);
  BOOST_TEST(list.empty());
}

BOOST_AUTO_TEST_CASE(choices_know_their_words) {
  auto colour = sample::Colour::red;
  BOOST_TEST(set(colour, "green"));
  BOOST_TEST((colour == sample::Colour::green));
  BOOST_TEST(shown(colour) == "green");
  BOOST_TEST(!set(colour, "Green"));
  const auto words = value_type<sample::Colour>.words();
  BOOST_REQUIRE(words.size() == 2);
  BOOST_TEST(words[0].name == "red");
  BOOST_TEST(words[0].help == "like a rose");
  BOOST_TEST(value_type<std::optional<sample::Colour>>.words().size() == 2);
}

BOOST_AUTO_TEST_CASE(what_is_shown_can_be_typed) {
  std::optional<Duration> span;
  BOOST_TEST(shown(span).empty());
  BOOST_TEST(set(span, "90s"));
  BOOST_TEST(shown(span) == "1m30s");
  Timeout timeout{std::chrono::seconds(1)};
  BOOST_TEST(set(timeout, "none"));
  BOOST_TEST(shown(timeout) == "none");
  double factor = 0;
  BOOST_TEST(set(factor, "1.5"));
  BOOST_TEST(shown(factor) == "1.5");
  BOOST_TEST(value_type<Timeout>.name == "duration");
  BOOST_TEST(value_type<std::vector<double>>.name == "number");
}

}  // namespace
}  // namespace gird::cli
