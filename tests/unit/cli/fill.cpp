// Command lines: what is taken, by which option, and what is refused.
#include "cli/fill.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/cli/sample.hpp"

namespace data = boost::unit_test::data;
using namespace std::chrono_literals;
using gird::cli::sample::strain;
using gird::cli::sample::wrap;
using Words = std::vector<std::string>;

namespace gird::cli {
namespace {

BOOST_AUTO_TEST_CASE(a_wrapper_stops_at_its_first_operand) {
  const auto form = wrap({"-n", "5", "curl", "-n", "7", "--bogus", "-q"});
  BOOST_REQUIRE(form.has_value());
  BOOST_TEST(form->options.attempts == 5);
  BOOST_TEST(!form->options.quiet);
  BOOST_TEST((form->options.rest == Words{"curl", "-n", "7", "--bogus", "-q"}));
}

BOOST_AUTO_TEST_CASE(two_dashes_end_the_options_once) {
  BOOST_TEST((wrap({"-q", "--", "-n", "7"})->options.rest == Words{"-n", "7"}));
  // A second pair belongs to the command.
  BOOST_TEST((wrap({"--", "env", "--", "x"})->options.rest == Words{"env", "--", "x"}));
  BOOST_TEST((wrap({"--", "--", "x"})->options.rest == Words{"--", "x"}));
  BOOST_TEST((wrap({"sh", "--", "x"})->options.rest == Words{"sh", "--", "x"}));
  BOOST_TEST(wrap({"--"})->options.rest.empty());
}

BOOST_AUTO_TEST_CASE(empty_words_and_a_single_dash_are_operands) {
  BOOST_TEST((wrap({"", "x"})->options.rest == Words{"", "x"}));
  BOOST_TEST((wrap({"-", "x"})->options.rest == Words{"-", "x"}));
  BOOST_TEST(strain({"-", "-q"})->options.file == "-");
}

BOOST_AUTO_TEST_CASE(a_filter_takes_options_anywhere_before_two_dashes) {
  const auto form = strain({"page.html", "-n", "5", "-q"});
  BOOST_REQUIRE(form.has_value());
  BOOST_TEST(form->options.file == "page.html");
  BOOST_TEST(form->options.count == 5);
  BOOST_TEST(form->options.quiet);
  BOOST_TEST(strain({"-q", "--", "-n"})->options.file == "-n");
}

using Args = std::vector<const char*>;

BOOST_AUTO_TEST_CASE(a_value_that_may_be_left_out_is_attached_to_the_long_name) {
  struct Wanted {
    Args args;
    const char* in_place;
  };
  for (const Wanted& it :
       {Wanted{{"-i", "page.html"}, ".old"}, Wanted{{"--in-place", "page.html"}, ".old"},
        Wanted{{"--in-place=.bak", "page.html"}, ".bak"}, Wanted{{"--in-place=", "page.html"}, ""},
        Wanted{{"-qi", "page.html"}, ".old"}, Wanted{{"-iq", "page.html"}, ".old"},
        Wanted{{"page.html", "-i"}, ".old"}, Wanted{{"-i.bak", "page.html"}, ".bak"},
        Wanted{{"-i~", "page.html"}, "~"}, Wanted{{"-i=.bak", "page.html"}, ".bak"},
        Wanted{{"-qi.q", "page.html"}, ".q"}, Wanted{{"-i=", "page.html"}, ""}}) {
    const auto form = strain(it.args);
    BOOST_REQUIRE_MESSAGE(form.has_value(), it.args.front());
    BOOST_TEST(form->options.in_place.value() == it.in_place, it.args.front());
    BOOST_TEST(form->options.file == "page.html");
  }
  BOOST_TEST(!strain({"page.html"})->options.in_place.has_value());
  BOOST_TEST(strain({"-i", "-i"}).error().code == "option-repeated");
  const Error letter = strain({"-ibak", "page.html"}).error();
  BOOST_TEST(letter.code == "option-unknown");
  BOOST_TEST((letter.hints == std::vector<std::string>{"--in-place=bak"}));
}

BOOST_AUTO_TEST_CASE(a_value_is_attached_or_follows) {
  for (const Args& args :
       {Args{"-n", "5"}, Args{"-n5"}, Args{"--attempts", "5"}, Args{"--attempts=5"}, Args{"-qn5"},
        Args{"-qvn", "5"}, Args{"-n", "05"}}) {
    const auto form = wrap(args);
    BOOST_REQUIRE_MESSAGE(form.has_value(), args.front());
    BOOST_TEST(form->options.attempts == 5, args.front());
  }
}

BOOST_AUTO_TEST_CASE(letters_may_be_bundled) {
  const auto form = wrap({"-qvd2s", "x"});
  BOOST_REQUIRE(form.has_value());
  BOOST_TEST(form->options.quiet);
  BOOST_TEST(form->options.verbose);
  BOOST_TEST((form->options.delay == Duration(2s)));
}

// Values that look like options, like lists or like nothing; each must arrive as it was typed.
const char* const odd_values[] = {"",          "-",    "--",   "-q",         "--quiet",   "--bogus",
                                  "=",         "a=b",  "{}",   "[]",         "[a-z]",     "[a,b]",
                                  "a,b",       "'a'",  "\"",   "%%",         "-1",        "/q",
                                  "two words", "\xff", "true", "line\nfeed", "[x] y [z]", "#"};

BOOST_DATA_TEST_CASE(any_text_can_be_a_value, data::make(odd_values)) {
  const std::string value = sample;
  const std::string attached = "--name=" + value;
  const std::string pattern = "--pattern=" + value;
  BOOST_TEST(wrap({"--name", sample, "x"})->options.name == value);
  BOOST_TEST(wrap({attached.c_str(), "x"})->options.name == value);
  BOOST_TEST((wrap({"--pattern", sample, "x"})->options.patterns == Words{value}));
  BOOST_TEST((wrap({pattern.c_str(), "-e", sample, "x"})->options.patterns == Words{value, value}));
  BOOST_TEST(
      (wrap({"-e", "first", "-e", sample, "-q", "x"})->options.patterns == Words{"first", value}));
  BOOST_TEST((wrap({"--", "cmd", sample})->options.rest == Words{"cmd", value}));
}

BOOST_AUTO_TEST_CASE(a_list_keeps_the_order_it_was_typed_in) {
  const auto form = wrap({"-e", "a", "--quiet", "-eb", "--name=n", "--pattern=c", "x"});
  BOOST_REQUIRE(form.has_value());
  BOOST_TEST((form->options.patterns == Words{"a", "b", "c"}));
}

BOOST_AUTO_TEST_CASE(a_switch_can_be_taken_back) {
  const Setting quiet{"quiet", {"true"}, "GIRD_QUIET"};
  BOOST_TEST(wrap({"x"}, {&quiet, 1})->options.quiet);
  BOOST_TEST(!wrap({"--no-quiet", "x"}, {&quiet, 1})->options.quiet);
  BOOST_TEST(!wrap({"--no-quiet", "x"})->options.quiet);
  const Setting plain{"no-frills", {"true"}, "GIRD_NO_FRILLS"};
  BOOST_TEST(wrap({"--no-frills", "x"})->options.plain);
  BOOST_TEST(wrap({"x"}, {&plain, 1})->options.plain);
  BOOST_TEST(!wrap({"--frills", "x"}, {&plain, 1})->options.plain);
}

struct Refused {
  Args args;
  const char* code;
  const char* what;
  const char* why;
  const char* hint = "";
};
std::ostream& operator<<(std::ostream& out, const Refused& it) {
  for (const char* arg : it.args) out << arg << ' ';
  return out;
}

const Refused refused[] = {
    {{"--atempts", "5"},
     "option-unknown",
     "--atempts",
     "no such option",
     "did you mean --attempts?"},
    {{"--atempts=5"}, "option-unknown", "--atempts", "no such option", "did you mean --attempts?"},
    {{"--attempt", "5"},
     "option-unknown",
     "--attempt",
     "no such option",
     "did you mean --attempts?"},
    {{"--no-attempts"},
     "option-unknown",
     "--no-attempts",
     "no such option",
     "did you mean --attempts?"},
    {{"-attempts"}, "option-unknown", "-attempts", "no such option", "did you mean --attempts?"},
    {{"--zzzzzz"}, "option-unknown", "--zzzzzz", "no such option"},
    {{"-x"}, "option-unknown", "-x", "no such option"},
    {{"-qx"}, "option-unknown", "-x", "no such option"},
    {{"--quiet=yes"}, "option-value", "--quiet", "takes no value"},
    {{"--attempts"}, "option-value", "--attempts", "needs a value", "write --attempts=N"},
    {{"-n"}, "option-value", "--attempts", "needs a value", "write --attempts=N"},
    {{"-q", "-q"}, "option-repeated", "--quiet", "given more than once"},
    {{"-q", "--no-quiet"}, "option-repeated", "--quiet", "given more than once"},
    {{"-n1", "--attempts=2"}, "option-repeated", "--attempts", "given more than once"},
    {{"-n", ""}, "value-integer", "--attempts", "'': empty where a whole number is needed"},
    {{"--attempts="}, "value-integer", "--attempts", "'': empty where a whole number is needed"},
    {{"-n=5"}, "value-integer", "--attempts", "'=5': not a whole number"},
    {{"-n", "-1"}, "value-integer", "--attempts", "'-1': must not be negative"},
    {{"-n-1"}, "value-integer", "--attempts", "'-1': must not be negative"},
    {{"-n", "abc"}, "value-integer", "--attempts", "'abc': not a whole number"},
    {{"--factor", "nan"}, "value-number", "--factor", "'nan': not a number"},
    {{"-d", "-5s"},
     "value-duration",
     "--delay",
     "'-5s': a duration cannot be negative",
     "write it as 250ms, 5s, 1m30s or 1.5h"},
    {{"--colour", "gren"},
     "value-choice",
     "--colour",
     "'gren': must be one of red, green",
     "did you mean green?"},
};

BOOST_DATA_TEST_CASE(refuses_and_says_what_would_do, data::make(refused)) {
  const auto form = wrap(sample.args);
  BOOST_REQUIRE(!form.has_value());
  const Error& error = form.error();
  BOOST_TEST(error.code == sample.code);
  BOOST_TEST(error.what == sample.what);
  BOOST_TEST(error.why == sample.why);
  BOOST_TEST((error.hints.empty() ? "" : error.hints.front()) == sample.hint);
  BOOST_TEST(static_cast<int>(error.fault) == static_cast<int>(Fault::usage));
}

BOOST_AUTO_TEST_CASE(one_operand_too_many_is_an_error) {
  const auto form = strain({"a", "b c"});
  BOOST_REQUIRE(!form.has_value());
  BOOST_TEST(form.error().code == "operand-unexpected");
  BOOST_TEST(form.error().what == "'b c'");
}

BOOST_AUTO_TEST_CASE(help_and_version_win_over_errors) {
  BOOST_TEST((wrap({"--bogus", "--help"})->typed.asked == Asked::long_help));
  BOOST_TEST((wrap({"--help", "--bogus", "-n"})->typed.asked == Asked::long_help));
  BOOST_TEST((wrap({"-n", "abc", "-h"})->typed.asked == Asked::short_help));
  BOOST_TEST((wrap({"-qh"})->typed.asked == Asked::short_help));
  BOOST_TEST((wrap({"-h", "--help"})->typed.asked == Asked::long_help));
  BOOST_TEST((wrap({"-V", "-x"})->typed.asked == Asked::version));
  BOOST_TEST((wrap({"--version", "-h"})->typed.asked == Asked::short_help));
  BOOST_TEST((wrap({"-h", "-h"})->typed.asked == Asked::short_help));
  // Of the command, or a value: not asked of gird.
  BOOST_TEST((wrap({"curl", "--help"})->typed.asked == Asked::nothing));
  BOOST_TEST((wrap({"--", "--help"})->typed.asked == Asked::nothing));
  BOOST_TEST((wrap({"--name", "--help", "x"})->typed.asked == Asked::nothing));
}

BOOST_AUTO_TEST_CASE(what_was_not_typed_keeps_its_default) {
  const auto form = wrap({});
  BOOST_REQUIRE(form.has_value());
  BOOST_TEST(form->options.attempts == 3);
  BOOST_TEST(form->options.name == "unset");
  BOOST_TEST(!form->options.log.has_value());
  BOOST_TEST(form->options.rest.empty());
}

BOOST_AUTO_TEST_CASE(the_command_line_beats_settings_and_the_first_setting_wins) {
  const std::vector<Setting> settings{{"attempts", {"7"}, "GIRD_WRAP_IT_ATTEMPTS"},
                                      {"attempts", {"8"}, "GIRD_ATTEMPTS"},
                                      {"pattern", {"x", "y"}, "/etc/gird/config.toml:3:1"}};
  BOOST_TEST(wrap({"-n", "5", "x"}, settings)->options.attempts == 5);
  BOOST_TEST(wrap({"x"}, settings)->options.attempts == 7);
  BOOST_TEST((wrap({"x"}, settings)->options.patterns == Words{"x", "y"}));
  BOOST_TEST((wrap({"-e", "a", "x"}, settings)->options.patterns == Words{"a"}));
}

BOOST_AUTO_TEST_CASE(a_bad_setting_names_its_source) {
  const Setting bad{"attempts", {"abc"}, "GIRD_WRAP_IT_ATTEMPTS"};
  const auto form = wrap({"x"}, {&bad, 1});
  BOOST_REQUIRE(!form.has_value());
  BOOST_TEST(form.error().what == "GIRD_WRAP_IT_ATTEMPTS");
  BOOST_TEST(form.error().why == "'abc': not a whole number");
}

BOOST_AUTO_TEST_CASE(what_is_only_typed_is_not_taken_from_settings) {
  const Setting once{"once", {"true"}, "GIRD_ONCE"};
  BOOST_TEST(!wrap({"x"}, {&once, 1})->options.once);
  BOOST_TEST(wrap({"--once", "x"})->options.once);
}

BOOST_AUTO_TEST_CASE(a_setting_gives_way_to_what_is_typed_against_it) {
  const Setting quiet{"quiet", {"true"}, "GIRD_QUIET"};
  BOOST_TEST(wrap({"x"}, {&quiet, 1})->options.quiet);
  BOOST_TEST(!wrap({"--verbose", "x"}, {&quiet, 1})->options.quiet);
  BOOST_TEST(!wrap({"--once", "x"}, {&quiet, 1})->options.quiet);
  BOOST_TEST(wrap({"--no-verbose", "x"}, {&quiet, 1})->options.quiet);
  BOOST_TEST(wrap({"--quiet", "--verbose", "x"})->options.quiet);
}

BOOST_AUTO_TEST_CASE(a_list_with_commas_is_told_how_it_is_written) {
  const auto typed = strain({"--level", "1,2"});
  BOOST_REQUIRE(!typed.has_value());
  BOOST_TEST((typed.error().hints == Words{"--level 1 --level 2"}));
  const Setting setting{"level", {"1,2"}, "GIRD_LEVEL"};
  const auto set = strain({}, {&setting, 1});
  BOOST_REQUIRE(!set.has_value());
  BOOST_TEST(
      (set.error().hints ==
       Words{"a variable holds one value; a list is typed or stands in a configuration file"}));
}

BOOST_AUTO_TEST_CASE(a_word_behind_a_value_that_may_be_left_out_is_told_apart) {
  const auto form = strain({"--paint", "green"});
  BOOST_REQUIRE(!form.has_value());
  BOOST_TEST(form.error().what == "--paint green");
  BOOST_TEST((form.error().hints == Words{"--paint=green", "--paint ./green if it is a file"}));
  BOOST_TEST(strain({"--paint", "page.html"})->options.file == "page.html");
  BOOST_TEST((strain({"--paint=green"})->options.paint == sample::Colour::green));
}

std::vector<Setting> taken(const std::vector<const char*>& environment) {
  const Form form = form_of(sample::wrapper);
  return from_environment(sample::wrapper, form.rows, environment);
}

BOOST_AUTO_TEST_CASE(variables_of_the_command_come_before_general_ones) {
  const auto settings =
      taken({"HOME=/root", "GIRD_ATTEMPTS=8", "GIRD_WRAP_IT_ATTEMPTS=7", "GIRD_NAME=a=b"});
  BOOST_REQUIRE(settings.size() == 3);
  BOOST_TEST(settings[0].origin == "GIRD_WRAP_IT_ATTEMPTS");
  BOOST_TEST(settings[0].values.front() == "7");
  BOOST_TEST(settings[1].origin == "GIRD_ATTEMPTS");
  BOOST_TEST(settings[2].values.front() == "a=b");
}

BOOST_AUTO_TEST_CASE(empty_and_foreign_variables_are_unset) {
  BOOST_TEST(taken({"GIRD_ATTEMPTS=", "GIRD_OTHER_ATTEMPTS=1", "GIRD_ATTEMPTS", "GIRD_ONCE=true",
                    "GIRD_COMMAND=x", "GIRD_HELP=1", "gird_attempts=4", "XGIRD_ATTEMPTS=4"})
                 .empty());
}

BOOST_AUTO_TEST_CASE(a_typed_value_can_be_asked_for) {
  const auto form = wrap({"--name=a", "--profile", "p", "x"});
  BOOST_REQUIRE(form.has_value());
  BOOST_TEST((typed_value(form->form.rows, form->typed, "profile") == std::string("p")));
  BOOST_TEST(!typed_value(form->form.rows, form->typed, "config").has_value());
}

}  // namespace
}  // namespace gird::cli
