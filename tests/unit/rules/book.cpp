#include "rules/book.hpp"

#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

using namespace gird::rules;

namespace {

Rule rule(std::string_view id, std::string_view sign, std::string_view pattern,
          std::vector<std::string_view> literals) {
  Rule rule;
  rule.id = id;
  rule.class_name = "xss";
  rule.sign = sign;
  rule.pattern = pattern;
  rule.literals = std::move(literals);
  rule.confidence = 0.95;
  rule.severity = Severity::critical;
  rule.sensitivity = Sensitivity::high;
  rule.cwe = 79;
  rule.pos = {"one", ""};
  rule.neg = {std::string_view("a\0b", 3)};
  return rule;
}

const std::vector<Rule> sample{rule("B-0002", "", "script|style", {"SCRIPT", "style"}),
                               rule("A-0001", "z/a", "", {}), rule("C-0001", "a/z", "", {}),
                               rule("B-0001", "", "<!x", {"<!x", "(script"})};

std::set<std::uint32_t> owners(const Book& book, std::string_view text) {
  std::set<std::uint32_t> all;
  book.screen().look(text, [&](std::uint32_t owner) { all.insert(book.patterns()[owner]); });
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(book)

BOOST_AUTO_TEST_CASE(what_was_packed_is_there) {
  const auto numbers = pack(sample);
  const Book book(numbers);
  BOOST_TEST(book.size() == 4U);
  BOOST_TEST(book.id(0) == "A-0001");
  BOOST_TEST(book.id(2) == "B-0002");
  const Rule read = book.rule(2);
  BOOST_TEST(read.pattern == "script|style");
  BOOST_TEST(read.literals == sample[0].literals);
  BOOST_TEST(read.pos == sample[0].pos);
  BOOST_TEST(read.neg == sample[0].neg);
  BOOST_TEST(read.confidence == 0.95);
  BOOST_TEST((read.severity == Severity::critical));
  BOOST_TEST((read.sensitivity == Sensitivity::high));
  BOOST_TEST(read.cwe == 79U);
  BOOST_TEST(read.capec == 0U);
}

BOOST_AUTO_TEST_CASE(rules_are_found_by_their_names) {
  const auto numbers = pack(sample);
  const Book book(numbers);
  BOOST_TEST(book.with_id("B-0001").value() == 1U);
  BOOST_TEST(!book.with_id("B-0003"));
  BOOST_TEST(book.with_sign("a/z").value() == 3U);
  BOOST_TEST(book.with_sign("z/a").value() == 0U);
  BOOST_TEST(!book.with_sign(""));
  BOOST_TEST(!book.with_sign("a/zz"));
}

BOOST_AUTO_TEST_CASE(an_empty_book_has_nothing) {
  const auto numbers = pack({});
  const Book book(numbers);
  BOOST_TEST(book.size() == 0U);
  BOOST_TEST(!book.with_sign("a/z"));
  BOOST_TEST(owners(book, "script").empty());
}

BOOST_AUTO_TEST_CASE(literals_are_seen_wherever_they_stand) {
  const auto numbers = pack(sample);
  const Book book(numbers);
  using Owners = std::set<std::uint32_t>;
  BOOST_TEST((owners(book, "a ScRiPt") == Owners{2}));
  BOOST_TEST((owners(book, "(script") == Owners{1, 2}));
  BOOST_TEST((owners(book, "STYLE") == Owners{2}));
  BOOST_TEST((owners(book, "<!X") == Owners{1}));
  BOOST_TEST((owners(book, "x<!x>") == Owners{1}));
  for (const std::string_view text : {"", "s", "scrip", "cript", "<!", "!x", "styl\xe5"}) {
    BOOST_TEST(owners(book, text).empty(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
