// Settings that drop what cannot be kept.
#include <boost/test/unit_test.hpp>
#include <random>

#include "json/valid_run.hpp"
#include "pieces.hpp"
#include "random_text.hpp"

using namespace gird::json;
using Why = Refusal::Why;

namespace {

Settings aggressive() {
  Settings settings;
  settings.aggressive = true;
  settings.sequence = Sequence::array;  // so all of the output is one document
  return settings;
}

/// Whether it is one document of RFC 8259, whose grammar has lone surrogates.
bool is_json(std::string_view text) {
  Place place;
  const std::size_t size = valid_run(place, text, true, text.size(), false);
  return place.expected == Expected::nothing &&
         text.find_first_not_of(" \t\r\n", size) == std::string_view::npos;
}

/// Bytes that mean something to a repairer are more frequent than others.
std::string random_bytes(std::mt19937& chance) {
  constexpr std::string_view marks =
      "{}[](),:;=\"'`\\/*#+-.0123456789eEntfu \n\t<>|~_$a\xe2\x80\x9c";
  std::string text;
  for (std::size_t size = chance() % 40; size > 0; --size) {
    text += chance() % 8 == 0 ? static_cast<char>(chance() % 256) : marks[chance() % marks.size()];
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(aggressive_repair)

BOOST_AUTO_TEST_CASE(drops_what_the_default_refuses) {
  for (const std::string_view in : {"{:2}", "{\"a\",", "callback {}", "foo [", "[1, \\]", "[)]"}) {
    const auto repaired = repair_json(in, aggressive());
    BOOST_TEST_CONTEXT(in) {
      BOOST_REQUIRE(repaired);
      BOOST_TEST(is_json(repaired->text));
      BOOST_TEST(!repaired->repairs.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(never_finds_a_text_too_broken) {
  std::mt19937 chance(4);
  for (int round = 0; round < 100'000; ++round) {
    const std::string text =
        round % 4 == 0 ? damaged(random_document(chance), chance) : random_bytes(chance);
    const auto repaired = repair_json(text, aggressive());
    BOOST_TEST_CONTEXT(text) {
      if (!repaired) {
        BOOST_TEST(bool(repaired.error().why == Why::nothing));
        continue;
      }
      BOOST_TEST(is_json(repaired->text));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
