#include "detect/bidi.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/detect/seen.hpp"

using namespace gird::detect;

namespace {

/// The controls have their names in angle brackets here, so that these lines read as they are.
std::string spelt_out(std::string_view text) {
  constexpr std::array<std::string_view, 9> names = {"<LRE>", "<RLE>", "<PDF>", "<LRO>", "<RLO>",
                                                     "<LRI>", "<RLI>", "<FSI>", "<PDI>"};
  std::string out(text);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const char last = static_cast<char>(i < 5 ? 0xaa + i : 0xa6 + i - 5);
    const std::string bytes = {'\xe2', i < 5 ? '\x80' : '\x81', last};
    for (std::size_t at = out.find(names.at(i)); at != out.npos; at = out.find(names.at(i), at)) {
      out.replace(at, names.at(i).size(), bytes);
    }
  }
  return out;
}

std::string seen(std::string_view text) { return seen_by(bidi_signs, spelt_out(text)); }

struct Case {
  std::string_view text;
  std::string_view signs;
};
std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.signs; }

const std::array cases = std::to_array<Case>({
    {"invoice<RLO>gpj.exe", "override unbalanced"},
    {"a <LRO>update<PDF>", "override isolate"},
    {"service<RLI>fdp.sh", "unbalanced"},
    {"test <LRE>one<LRE>", "unbalanced"},
    {"x<PDF>y", "unbalanced"},
    {"x<PDI>y", "unbalanced"},
    {"<RLI>turn this<PDI>", "turned"},
    {"<RLE>turn this<PDF>", "turned"},
    // A trick of each kind of Trojan Source: text that leaves its comment, or that enters one.
    {"/*<RLO> } <LRI>if (allowed)<PDI> <LRI> only they may */", "override unbalanced isolate"},
    {"if level != \"none<RLO> <LRI>// is it?<PDI> <LRI>\" {", "override unbalanced isolate"},
    {"/* greet them<RLI> /*/ return ;", "unbalanced"},
    {"'''take the money<RLO>''' ;return", "override unbalanced"},
    // A line ends what is open; an isolate ends the embeddings inside of it.
    {"a <RLI>b\nc<PDI>", "unbalanced"},
    {"<LRI>a<RLE>\u05d0<PDI>", "unclosed"},
    {"<LRI>a<RLE>b<PDI>", "unbalanced isolate"},
    // Honest text.
    {"", ""},
    {"caf\u00e9 \u201cx\u201d", ""},
    {"\u05e9\u05dc\u05d5\u05dd world 123", ""},
    {"\u0645\u0631\u062d\u0628\u0627 <LRI>gird 1.0<PDI> \u0627", ""},
    {"<RLE>\u05e9\u05dc\u05d5\u05dd<PDF>", ""},
    {"<RLI>\u05d0<FSI>name<PDI>\u05d1<PDI>", ""},
    {"\u05d0\u200e1\u200f", ""},
    {"<RLE>\u05e9\u05dc\u05d5\u05dd", "unclosed"},
    {"Hello, <FSI>name<PDI>!", "isolate"},
    {"ab\u200ecd", "idle"},
});

}  // namespace

BOOST_AUTO_TEST_SUITE(bidi)

BOOST_DATA_TEST_CASE(directions_are_weighed, cases, one) {
  BOOST_TEST(seen(one.text) == one.signs);
}

BOOST_AUTO_TEST_CASE(what_was_left_open_is_shown) {
  const std::string text = spelt_out("ab <RLI>cd");
  BOOST_TEST(first_in(bidi_signs, text) == text.substr(3));
}

BOOST_AUTO_TEST_CASE(time_is_linear) {
  for (const std::string_view token :
       {"<LRI>", "<PDI>", "<RLE>", "<PDF>", "<LRI><RLE>", "<LRI><PDI>", "\u05d0", "\xe2\x80"}) {
    BOOST_TEST_CONTEXT(token) { BOOST_TEST(growth_of(bidi_signs, spelt_out(token)) < 3); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
