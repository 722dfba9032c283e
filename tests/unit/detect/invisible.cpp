#include "detect/invisible.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/detect/seen.hpp"

using namespace gird::detect;

namespace {

std::string seen(std::string_view text) { return seen_by(invisible_signs, text); }

struct Case {
  std::string_view text;
  std::string_view signs;
};
std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.text; }

const std::array cases = std::to_array<Case>({
    {"build\U000E0069\U000E0067", "tag"},
    {"x\U000E0001", "tag"},
    {"\U0001F3F4x\U000E0067", "tag"},
    {"\u263a\ufe0f\ufe01\U000E0110", "variation"},
    {"a\ufe00", "variation"},
    {"x\U000E0110", "variation"},
    {"pass\u200bword", "in-word"},
    {"is_\u200badmin", "in-word"},
    {"git\u3164hub.com", "in-word"},
    {"apple.c\u00adm", "in-word"},
    {"s\u00adelect", "in-word"},
    {"u\u2063nion", "in-word"},
    {"p\u034fay", "in-word"},
    {"a\u180e\u180e\u180eb", "loose run in-word"},
    {"invoice\u3164\u3164\u3164status", "loose run in-word"},
    {"token \u200b\u200c\u200b x", "loose run"},
    {"release\u00ad\u00ad\u00aderror", "loose run in-word"},
    {"user\u034f\u034f\u034flogin", "loose run in-word"},
    {"e\u0301\u034f", ""},
    {"hello \u200b world", "loose"},
    {"x\ufeff", "loose"},
    {"\u2800x", "loose"},
    // Scripts and pictures that need them.
    {"", ""},
    {"caf\u00e9", ""},
    {"\ufeffhello", ""},
    {"\u2764\ufe0f 1\ufe0f\u20e3 \u00a9\ufe0e", ""},
    {"\U0001F468\u200d\U0001F469\u200d\U0001F467\u200d\U0001F466", ""},
    {"\U0001F3F3\ufe0f\u200d\U0001F308", ""},
    {"\U0001F469\U0001F3FD\u200d\U0001F680", ""},
    {"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", ""},
    {"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", ""},
    {"\u0915\u094d\u200d\u0937 \u0d28\u0d4d\u200d", ""},
    {"\u0e2a\u0e27\u0e31\u200b\u0e2a\u0e14\u0e35", ""},
    {"\u845b\U000E0100", ""},
    {"\u1820\u180b\u180e", ""},
    {"\u1112\u1160 \uac00", ""},
    {"inter\u00adnational\u00adisation", ""},
    {"\u05d0\u200e", ""},
});

}  // namespace

BOOST_AUTO_TEST_SUITE(invisible)

BOOST_DATA_TEST_CASE(what_is_not_seen_is_told_where_nothing_needs_it, cases, one) {
  BOOST_TEST(seen(one.text) == one.signs);
}

BOOST_AUTO_TEST_CASE(time_is_linear) {
  for (const std::string_view token :
       {"\u200b", "\u00ad", "a\u00ad", "aaaaaaaaaaaa\u00adaaaaaaaaaaaa", "\U000E0041", "\ufe0f",
        "\U0001F3F4\U000E0067", "\xe2", "\xf3\xa0"}) {
    BOOST_TEST_CONTEXT(token) { BOOST_TEST(growth_of(invisible_signs, token) < 3); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
