#include "detect/homoglyph.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "detect/homoglyph_letters.hpp"
#include "unit/detect/seen.hpp"

using namespace gird::detect;

namespace {

std::string seen(std::string_view text) { return seen_by(homoglyph_signs, text); }

struct Case {
  std::string_view text;
  std::string_view signs;
};
std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.text; }

const std::array cases = std::to_array<Case>({
    {"p\u0430ypal.com", "mixed"},
    {"say\u041dello()", "mixed"},
    {"\u04bbello:", "mixed"},
    {"user=b\u03c5il\u0501", "mixed"},
    {"login\u0455", "ending"},
    {"emai\u04cf", "mixed"},
    {"Linux\u0430", "ending"},
    {"https://\u0430\u0440\u0440\u04cf\u0435.com/x", "host whole word"},
    {"\u0441\u0430\u0441\u0430.org", "host whole"},
    {"the \u0455\u04bb\u043e\u0440", "whole word"},
    {"the \u0441\u0435\u0440\u0430", "whole"},
    {"\u13a2\u13a2x", "mixed"},
    // Languages, units, formulas.
    {"", ""},
    {"paypal.com", ""},
    {"caf\u00e9 na\u00efve \u0141\u00f3d\u017a", ""},
    {"\u0441\u0435\u0440\u0430 \u0438 \u0431\u0435\u043b\u0430\u044f", ""},
    {"\u0421\u0421\u0421\u0420 \u0438 USB-\u043f\u043e\u0440\u0442", ""},
    {"PDF\u044b, git\u2019\u043e\u043c, Debian-\u0430", ""},
    {"\u03b1\u03b2\u03b3 \u03ba\u03b1\u03b9 \u03c4\u03bf", ""},
    {"k\u03a9 \u0394T \u03b1x \u03c1v 5\u00b5m \u03c0r2", ""},
    {"https://\u043c\u0438\u0440.\u0440\u0444/\u043e\u043d\u0430", ""},
    {"\u4f60\u597d hello \uff41", ""},
});

}  // namespace

BOOST_AUTO_TEST_SUITE(homoglyph)

BOOST_DATA_TEST_CASE(words_are_held_against_what_they_look_like, cases, one) {
  BOOST_TEST(seen(one.text) == one.signs);
}

BOOST_AUTO_TEST_CASE(letters_look_like_letters) {
  BOOST_TEST(looks_like(0x430) == 'a');
  BOOST_TEST(looks_like(0x3bf) == 'o');
  BOOST_TEST(looks_like(0x444) == '\0');
  BOOST_TEST(looks_like(0x10ffff) == '\0');
  BOOST_TEST(is_imitated("appie"));
  BOOST_TEST(!is_imitated("apples"));
}

BOOST_AUTO_TEST_CASE(a_word_may_have_any_length) {
  BOOST_TEST(seen(std::string(100'000, 'a') + "\u0430" + std::string(100'000, 'b')) == "mixed");
}

BOOST_AUTO_TEST_CASE(time_is_linear) {
  for (const std::string_view token :
       {"\u0430", "a\u0430", "\u0430 ", "a\u0430.", "\xd0", "\u4f60"}) {
    BOOST_TEST_CONTEXT(token) { BOOST_TEST(growth_of(homoglyph_signs, token) < 3); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
