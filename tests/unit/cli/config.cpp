// Configuration files: what is taken, what is refused and where.
#include "cli/config.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/cli/sample.hpp"

namespace data = boost::unit_test::data;

namespace gird::cli {
namespace {

Result<FromConfig> taken(const std::string& text, std::string_view profile = "") {
  const Form form = form_of(sample::wrapper);
  return from_config({"gird.toml", text}, sample::wrapper, form.rows, profile, sample::catalogue);
}

BOOST_AUTO_TEST_CASE(values_of_every_type_become_settings_with_their_place) {
  const auto found = taken(
      "# a comment\n[wrap-it]\nattempts = 5\nfactor = 1.5\nname = 'a # b'\n"
      "quiet = true\npattern = ['x', 'y']\n");
  BOOST_REQUIRE(found.has_value());
  BOOST_REQUIRE(found->plain.size() == 5);
  std::vector<std::string> all;
  for (const Setting& setting : found->plain) {
    std::string line = setting.origin + " " + std::string(setting.key);
    for (const std::string& value : setting.values) line += " " + value;
    all.push_back(line);
  }
  std::ranges::sort(all);
  const std::vector<std::string> wanted{"gird.toml:3:1 attempts 5", "gird.toml:4:1 factor 1.5",
                                        "gird.toml:5:1 name a # b", "gird.toml:6:1 quiet true",
                                        "gird.toml:7:1 pattern x y"};
  BOOST_TEST(all == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(other_commands_are_passed_over) {
  const auto found = taken("[filter]\ncount = 5\n");
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->plain.empty());
  BOOST_TEST(taken("").has_value());
}

BOOST_AUTO_TEST_CASE(a_profile_is_kept_apart) {
  const std::string text =
      "[wrap-it]\nattempts = 5\n[profile.slow.wrap-it]\nattempts = 9\n[profile.other.filter]\n"
      "count = 1\n[profile.empty]\n";
  const auto slow = taken(text, "slow");
  BOOST_REQUIRE(slow.has_value());
  BOOST_TEST(slow->has_profile);
  BOOST_TEST(slow->of_profile.front().values.front() == "9");
  BOOST_TEST(slow->plain.front().values.front() == "5");
  BOOST_TEST(taken(text, "other")->has_profile);
  BOOST_TEST(taken(text, "other")->of_profile.empty());
  // It exists, though it says nothing.
  BOOST_TEST(taken(text, "empty")->has_profile);
  BOOST_TEST(!taken(text, "missing")->has_profile);
  BOOST_TEST(taken(text)->of_profile.empty());
}

struct Refused {
  const char* text;
  const char* code;
  const char* what;
  const char* why;
  const char* hint = "";
};
std::ostream& operator<<(std::ostream& out, const Refused& it) { return out << it.text; }

const Refused refused[] = {
    {"[wrap-it]\natempts = 5\n", "config-unknown-key", "gird.toml:2:1", "unknown option 'atempts'",
     "did you mean attempts?"},
    {"\n  [wrapit]\n", "config-unknown-table", "gird.toml:2:4", "unknown table 'wrapit'",
     "did you mean wrap-it?"},
    {"attempts = 5\n", "config-unknown-table", "gird.toml:1:1", "unknown table 'attempts'"},
    {"[wrap-it]\nonce = true\n", "config-unknown-key", "gird.toml:2:1", "unknown option 'once'"},
    {"[wrap-it]\nhelp = true\n", "config-unknown-key", "gird.toml:2:1", "unknown option 'help'"},
    {"[wrap-it]\nconfig = 'x'\n", "config-unknown-key", "gird.toml:2:1", "unknown option 'config'"},
    {"[wrap-it]\nCOMMAND = 'x'\n", "config-unknown-key", "gird.toml:2:1",
     "unknown option 'COMMAND'"},
    {"[wrap-it]\nattempts = 2026-11-20\n", "config-type", "gird.toml:2:12",
     "'attempts' must be a plain value"},
    {"[wrap-it]\nattempts = [1, 2]\n", "config-type", "gird.toml:2:12",
     "'attempts' must be a plain value"},
    {"[wrap-it]\npattern = [['x']]\n", "config-type", "gird.toml:2:12",
     "'pattern' must be a list of plain values"},
    {"wrap-it = 5\n", "config-type", "gird.toml:1:11", "'wrap-it' must be a table"},
    {"profile = 5\n", "config-type", "gird.toml:1:11", "'profile' must be a table"},
    {"[profile]\nslow = 5\n", "config-type", "gird.toml:2:8", "'slow' must be a table"},
    {"[profile.slow.wrp-it]\n", "config-unknown-table", "gird.toml:1:15", "unknown table 'wrp-it'",
     "did you mean wrap-it?"},
};

BOOST_DATA_TEST_CASE(refuses_and_says_where, data::make(refused)) {
  const auto found = taken(sample.text);
  BOOST_REQUIRE(!found.has_value());
  const Error& error = found.error();
  BOOST_TEST(error.code == sample.code);
  BOOST_TEST(error.what == sample.what);
  BOOST_TEST(error.why == sample.why);
  BOOST_TEST((error.hints.empty() ? "" : error.hints.front()) == sample.hint);
}

BOOST_AUTO_TEST_CASE(broken_toml_is_refused_with_its_place) {
  for (const char* text : {"[wrap-it\n", "[wrap-it]\nattempts =\n", "[wrap-it]\nname = 'x\n",
                           "[wrap-it]\nattempts = 1\nattempts = 2\n", "[wrap-it]\nname = \"\\q\"\n",
                           "\xff", "[w\xef\xba\xbf]", "\xef\xb8\x8f"}) {
    const auto found = taken(text);
    BOOST_REQUIRE_MESSAGE(!found.has_value(), text);
    BOOST_TEST(found.error().code == "config-syntax");
    BOOST_TEST(found.error().what.starts_with("gird.toml:"));
  }
}

BOOST_AUTO_TEST_CASE(a_check_tells_every_mistake_of_every_table) {
  const std::string text =
      "[wrap-it]\nattempts = 'abc'\ndelay = '5x'\natempts = 1\n[filter]\ncount = -1\n"
      "[profile.slow.wrap-it]\ncolour = 'blue'\n[bogus]\n";
  std::vector<std::string> all;
  for (const Error& error : config_mistakes({"gird.toml", text}, sample::catalogue)) {
    all.push_back(error.what + " " + std::string(error.code));
  }
  std::ranges::sort(all);
  const std::vector<std::string> wanted{
      "gird.toml:2:1 value-integer",      "gird.toml:3:1 value-duration",
      "gird.toml:4:1 config-unknown-key", "gird.toml:6:1 value-integer",
      "gird.toml:8:1 value-choice",       "gird.toml:9:2 config-unknown-table"};
  BOOST_TEST(all == wanted, boost::test_tools::per_element());
  BOOST_TEST(
      config_mistakes({"gird.toml", "[wrap-it]\nattempts = 5\n"}, sample::catalogue).empty());
}

BOOST_AUTO_TEST_CASE(an_empty_list_clears_one_that_binds_less) {
  const auto found = taken("[wrap-it]\npattern = []\n");
  BOOST_REQUIRE(found.has_value());
  std::vector<Setting> settings = found->plain;
  settings.push_back({"pattern", {"from the system"}, "/etc/gird/config.toml:2:1"});
  const auto form = sample::wrap({"x"}, settings);
  BOOST_REQUIRE(form.has_value());
  BOOST_TEST(form->options.patterns.empty());
}

}  // namespace
}  // namespace gird::cli
