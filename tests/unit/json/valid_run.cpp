// How far a text is valid: held against nlohmann's parser, with every window.
#include "json/valid_run.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <optional>

#include "json/random_text.hpp"
#include "json/shared_data.hpp"

namespace gird::json {
namespace {

constexpr std::size_t deep = 100'000;

bool blank_all(std::string_view text) {
  return text.find_first_not_of(" \n\r\t") == std::string_view::npos;
}

/// Where a walk ended.
struct End {
  std::size_t passed = 0;
  Place place;
};

/// The run over `text` in two windows, the first of `cut` bytes.
End run(std::string_view text, std::size_t cut) {
  End end;
  if (cut < text.size()) {
    end.passed = valid_run(end.place, text.substr(0, cut), false, deep, false);
    BOOST_REQUIRE(end.passed <= cut);
  }
  end.passed += valid_run(end.place, text.substr(end.passed), true, deep, false);
  return end;
}

bool valid(std::string_view text) {
  const End end = run(text, text.size());
  return end.place.expected == Expected::nothing && blank_all(text.substr(end.passed));
}

/// What nlohmann's parser says, but for what it does not know of the grammar: it wants surrogates
/// in pairs, takes a NUL for the end, and has no opinion (none) of numbers too large for it.
std::optional<bool> accepts(std::string_view text) {
  if (text.contains('\0')) return false;
  std::string paired(text);
  for (std::size_t at = 0; at + 6 <= paired.size(); ++at) {
    if (paired[at] != '\\') continue;
    if (paired[at + 1] == 'u' && (paired[at + 2] | 0x20) == 'd' && paired[at + 3] > '7' &&
        std::isxdigit(static_cast<unsigned char>(paired[at + 3])) != 0) {
      paired[at + 2] = '0';
    }
    ++at;
  }
  try {
    return !nlohmann::json::parse(paired).is_discarded();
  } catch (const nlohmann::json::out_of_range&) {
    return std::nullopt;
  } catch (const nlohmann::json::parse_error&) {
    return false;
  }
}

/// The same end, whatever the window was.
void holds_for_every_window(const std::string& text) {
  const End whole = run(text, text.size());
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    const End end = run(text, cut);
    if (end.passed == whole.passed && end.place.expected == whole.place.expected &&
        end.place.nesting.depth() == whole.place.nesting.depth()) {
      continue;
    }
    BOOST_TEST(end.passed == whole.passed, text << " cut at " << cut);
  }
}

/// Whether the next byte closes an array, and behind it another one begins or the text ends.
bool may_go_on(std::string_view text, const End& end) {
  std::string rest;
  for (const char c : text.substr(end.passed)) {
    if (!blank_all(std::string_view(&c, 1))) rest += c;
  }
  return rest == "]" || rest == "]," || rest.starts_with("],[");
}

/// What was passed can be left as it is: a run stops at the start of a value, behind a bracket, or
/// before one that may not be the end of its array.
void stops_in_order(std::string_view text) {
  const End end = run(text, text.size());
  std::string_view passed = text.substr(0, end.passed);
  while (!passed.empty() && blank_all(passed.substr(passed.size() - 1))) passed.remove_suffix(1);
  switch (end.place.expected) {
    case Expected::value:
      BOOST_TEST((passed.empty() || passed.back() == ':' || passed.back() == ','), text);
      break;
    case Expected::value_or_end: BOOST_TEST(passed.back() == '[', text); break;
    case Expected::comma_or_end:
      BOOST_TEST((passed.back() == '}' || passed.back() == ']' || may_go_on(text, end)), text);
      break;
    case Expected::nothing: BOOST_TEST(end.place.nesting.depth() == 0U, text); break;
    default: BOOST_ERROR("stopped elsewhere: " << text);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_valid_run)

BOOST_AUTO_TEST_CASE(passes_every_valid_document_and_no_other) {
  std::mt19937 chance(1);
  int damage = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random_document(chance);
    BOOST_TEST_REQUIRE(accepts(text).value(), text);
    BOOST_TEST_REQUIRE(valid(text), text);
    const std::string wrong = damaged(text, chance);
    BOOST_TEST_REQUIRE(valid(wrong) == accepts(wrong).value_or(valid(wrong)), wrong);
    stops_in_order(wrong);
    damage += static_cast<int>(!valid(wrong));
  }
  BOOST_TEST(damage > 10'000);
}

BOOST_AUTO_TEST_CASE(ends_in_the_same_place_wherever_a_window_ends) {
  std::mt19937 chance(2);
  for (int i = 0; i < 1500; ++i) {
    const std::string text = random_document(chance);
    holds_for_every_window(text);
    holds_for_every_window(damaged(text, chance));
  }
}

BOOST_AUTO_TEST_CASE(stops_behind_each_element_when_asked) {
  std::mt19937 chance(3);
  int arrays = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = random_document(chance);
    const auto value = nlohmann::json::parse(text);
    if (!value.is_array()) continue;
    ++arrays;
    Place place;
    std::size_t at = 0;
    for (const nlohmann::json& element : value) {
      const std::size_t first = at;
      at += valid_run(place, std::string_view(text).substr(at), true, deep, true);
      BOOST_TEST_REQUIRE((place.expected == Expected::comma_or_end), text);
      BOOST_TEST_REQUIRE(place.nesting.depth() == 1U, text);
      // An array's element stands between commas; without them it is the value.
      const std::size_t start =
          text.find_first_not_of(" \n\r\t,", first == 0 ? text.find('[') + 1 : first);
      BOOST_TEST_REQUIRE((nlohmann::json::parse(text.substr(start, at - start)) == element), text);
    }
    at += valid_run(place, std::string_view(text).substr(at), true, deep, true);
    BOOST_TEST((place.expected == Expected::nothing), text);
    BOOST_TEST(blank_all(std::string_view(text).substr(at)), text);
  }
  BOOST_TEST(arrays > 300);
}

namespace {

struct Stop {
  std::string_view text;
  std::string_view passed;
  Expected expected;
};
std::ostream& operator<<(std::ostream& out, const Stop& stop) { return out << stop.text; }

}  // namespace

const Stop stops[] = {
    {"", "", Expected::value},
    {"  1", "  1", Expected::nothing},
    {"1 2", "", Expected::value},
    {"\"a\" + \"b\"", "", Expected::value},
    {"[1, 2, ]", "[1, ", Expected::value},
    {"[1, 2, ...]", "[1, ", Expected::value},
    {"[1 2]", "[", Expected::value_or_end},
    {"[ foo]", "[ ", Expected::value_or_end},
    {"[}", "", Expected::value},
    {"[[1] 2]", "[[1]", Expected::comma_or_end},
    {"[12abc, 1]", "[", Expected::value_or_end},
    {"[\"a \"quoted\" b\", 1]", "[", Expected::value_or_end},
    {"{\"a\": \"x\", b\": 2}", "{\"a\": ", Expected::value},
    {"{\"a\": 1, \"b\": }", "{\"a\": ", Expected::value},
    {"{\"a\": 1, \"b\": x}", "{\"a\": ", Expected::value},
    {"{\"a\": 1, \"b\": +1}", "{\"a\": ", Expected::value},
    {"{\"a\": 1, \"b\": -}", "{\"a\": 1, \"b\": ", Expected::value},
    {"{\"a\", \"b\"}", "", Expected::value},
    {"{a: 1}", "", Expected::value},
    {"{\"a\": {b: 1}}", "{\"a\": ", Expected::value},
    {"{\"a\": {}, \"b\": [] \"c\"}", "{\"a\": {}, \"b\": []", Expected::comma_or_end},
    {"{} {}", "{}", Expected::nothing},
    {"[1]]", "[1]", Expected::nothing},
    {"[\"\\x\"]", "[", Expected::value_or_end},
    {"[\"\xC0\x80\"]", "[", Expected::value_or_end},
    {"[\"a\nb\"]", "[", Expected::value_or_end},
    {"[\"cut off", "[", Expected::value_or_end},
    {"[1, 12", "[1, ", Expected::value},
    {"{\"a\": tru", "{\"a\": ", Expected::value},
};

BOOST_DATA_TEST_CASE(stops_before_what_a_repair_may_change, boost::unit_test::data::make(stops)) {
  const End end = run(sample.text, sample.text.size());
  BOOST_TEST(sample.text.substr(0, end.passed) == sample.passed);
  BOOST_TEST((end.place.expected == sample.expected));
}

namespace {

struct Entry {
  Expected expected;
  bool object;
  std::string_view rest;
};
std::ostream& operator<<(std::ostream& out, const Entry& entry) { return out << entry.rest; }

}  // namespace

// Each is one container, without its beginning.
const Entry entries[] = {
    {Expected::key_or_end, true, " }"},
    {Expected::key_or_end, true, " \"a\" : 1 }"},
    {Expected::key, true, " \"a\":1,\"b\":[2]}"},
    {Expected::colon, true, " : 1, \"b\": 2}"},
    {Expected::value, true, " 1, \"b\": 2}"},
    {Expected::comma_or_end, true, " , \"b\": 2}"},
    {Expected::comma_or_end, true, " }"},
    {Expected::value_or_end, false, " ]"},
    {Expected::value_or_end, false, " 1, {}, 2]"},
    {Expected::value, false, " 1, 2]"},
    {Expected::comma_or_end, false, " , 1]"},
    {Expected::comma_or_end, false, "]"},
};

BOOST_DATA_TEST_CASE(goes_on_from_every_place, boost::unit_test::data::make(entries)) {
  Place place;
  place.expected = sample.expected;
  place.nesting.open(sample.object);
  BOOST_TEST(valid_run(place, sample.rest, true, deep, false) == sample.rest.size());
  BOOST_TEST((place.expected == Expected::nothing));
}

const Entry refusals[] = {
    {Expected::key, true, " }"},          {Expected::value, false, " ]"},
    {Expected::value, true, " }"},        {Expected::key_or_end, true, "]"},
    {Expected::value_or_end, false, "}"}, {Expected::comma_or_end, false, "}"},
    {Expected::comma_or_end, true, "]"},  {Expected::comma_or_end, true, ", }"},
    {Expected::colon, true, "1}"},        {Expected::comma_or_end, false, "1]"},
};

BOOST_DATA_TEST_CASE(stays_where_nothing_fits, boost::unit_test::data::make(refusals)) {
  Place place;
  place.expected = sample.expected;
  place.nesting.open(sample.object);
  BOOST_TEST(valid_run(place, sample.rest, true, deep, false) == 0U);
  BOOST_TEST((place.expected == sample.expected));
  BOOST_TEST(place.nesting.depth() == 1U);
}

BOOST_AUTO_TEST_CASE(opens_as_many_levels_as_are_allowed) {
  constexpr std::size_t most = 1'000'000;
  for (const std::string_view open : {"[", "{\"a\":"}) {
    std::string text;
    for (std::size_t i = 0; i < most; ++i) text += open;
    text += '1';
    text.append(most, open == "[" ? ']' : '}');
    Place place;
    BOOST_TEST(valid_run(place, text, true, most, false) == text.size());
    BOOST_TEST((place.expected == Expected::nothing));
    Place shallow;
    BOOST_TEST(valid_run(shallow, text, true, most - 1, false) < open.size() * most);
    BOOST_TEST(shallow.nesting.depth() == most - 1);
  }
}

BOOST_AUTO_TEST_CASE(agrees_with_the_suite_of_parsers) {
  const auto rows = shared_rows("JSONTestSuite.ndjson");
  if (rows.empty()) BOOST_TEST_MESSAGE("left out: JSONTestSuite.ndjson is not there");
  for (const nlohmann::json& row : rows) {
    const std::string text = from_base64(row["base64"].get<std::string>());
    if (row["class"] == "accept") BOOST_TEST(valid(text), row["id"]);
    if (row["class"] == "reject") BOOST_TEST(!valid(text), row["id"]);
    if (text.size() < 1000) holds_for_every_window(text);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
