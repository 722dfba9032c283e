// Lines that are documents: each is judged on its own.
#include "json/lines.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

namespace data = boost::unit_test::data;

namespace gird::json {
namespace {

class Taken final : public LineSink {
 public:
  void text(std::string_view bytes) override { out += bytes; }
  void repaired(const Repair& repair) override { repairs.push_back(repair); }
  void rejected(std::string_view line, const Refusal& refusal) override {
    rejects += line;
    rejects += '\n';
    offsets.push_back(refusal.offset);
  }

  std::string out;
  std::string rejects;
  std::vector<Repair> repairs;
  std::vector<std::uint64_t> offsets;
};

Settings safe() {
  Settings settings;
  settings.least = Confidence::certain;
  return settings;
}

BOOST_AUTO_TEST_SUITE(lines)

BOOST_DATA_TEST_CASE(valid_lines_stay_byte_for_byte,
                     data::make({"", "\n", "{}\n", "[1]\n\n  \n\"a\"", "{\"a\": 1}\r\n2\r\n",
                                 " 1 \n\t[ ]\n"}),
                     text) {
  for (const BadLines bad : {BadLines::repair, BadLines::skip, BadLines::keep, BadLines::fail}) {
    Taken taken;
    BOOST_TEST(repair_lines(text, {}, bad, Unrepairable::refuse, taken).has_value());
    BOOST_TEST(taken.out == text);
    BOOST_TEST(taken.repairs.empty());
    BOOST_TEST(taken.rejects.empty());
  }
}

/// A line that more is wrong with than is held at once: many repairs, or much text.
BOOST_DATA_TEST_CASE(a_line_of_little_but_mistakes_is_repaired_as_any_other,
                     data::make({std::string(5000, ','),
                                 "\"" + std::string(50'000, '\x01') + "\""}),
                     inside) {
  const std::string line = "[1" + inside + "2]";
  Taken alone;
  BOOST_TEST(repair_lines(line, {}, BadLines::repair, Unrepairable::refuse, alone).has_value());
  Taken taken;
  const std::string text = "{}\n" + line + "\n[3]\n";
  BOOST_TEST(repair_lines(text, {}, BadLines::repair, Unrepairable::refuse, taken).has_value());
  BOOST_TEST((taken.out == "{}\n" + alone.out + "\n[3]\n"));
  BOOST_TEST_REQUIRE(taken.repairs.size() >= 4000U);
  BOOST_TEST(taken.repairs.size() == alone.repairs.size());
  BOOST_TEST(taken.repairs.back().offset == alone.repairs.back().offset + 3);
  const auto whole = repair_json(line);
  BOOST_TEST_REQUIRE(whole.has_value());
  BOOST_TEST((whole->text == alone.out));
  BOOST_TEST(whole->repairs.size() == alone.repairs.size());
}

/// A line that cannot be repaired leaves nothing, however long it could.
BOOST_AUTO_TEST_CASE(a_long_line_that_fails_in_the_end_leaves_nothing) {
  Settings settings;
  settings.most_repairs = 3000;
  Taken taken;
  const std::string text = "[" + std::string(5000, ',') + "]\n[3]\n";
  BOOST_TEST(
      repair_lines(text, settings, BadLines::repair, Unrepairable::reject, taken).has_value());
  BOOST_TEST(taken.out == "[3]\n");
  BOOST_TEST(taken.repairs.empty());
}

BOOST_AUTO_TEST_CASE(a_bad_line_is_repaired_and_its_neighbours_are_not_touched) {
  Taken taken;
  const std::string text = "{\"a\":1}\n{\"b\":[2}\n{\"c\":3}\n[4,]";
  BOOST_TEST(repair_lines(text, {}, BadLines::repair, Unrepairable::refuse, taken).has_value());
  BOOST_TEST(taken.out == "{\"a\":1}\n{\"b\":[2]}\n{\"c\":3}\n[4]");
  BOOST_TEST_REQUIRE(taken.repairs.size() == 2U);
  BOOST_TEST(taken.repairs.back().offset == text.rfind(','));
}

BOOST_AUTO_TEST_CASE(bad_lines_are_left_out_or_left_as_they_are) {
  const std::string text = "[1]\n[2,]\n[3]\nNo\n";
  for (const BadLines bad : {BadLines::skip, BadLines::keep}) {
    Taken taken;
    BOOST_TEST(repair_lines(text, {}, bad, Unrepairable::refuse, taken).has_value());
    BOOST_TEST(taken.out == (bad == BadLines::skip ? "[1]\n[3]\n" : text));
    BOOST_TEST(taken.rejects == "[2,]\nNo\n");
    const std::vector<std::uint64_t> offsets{6, 13};
    BOOST_TEST(taken.offsets == offsets, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(the_first_bad_line_is_the_end) {
  Taken taken;
  const auto done = repair_lines("[1]\n[2,]\n", {}, BadLines::fail, Unrepairable::refuse, taken);
  BOOST_REQUIRE(!done.has_value());
  BOOST_TEST(done.error().offset == 6U);
  BOOST_TEST(taken.out == "[1]\n");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_repaired_is_refused_or_rejected) {
  const std::string text = "[1]\n[2 3]\n[4,]\n";
  Taken refused;
  const auto done = repair_lines(text, safe(), BadLines::repair, Unrepairable::refuse, refused);
  BOOST_REQUIRE(!done.has_value());
  BOOST_TEST((done.error().why == Refusal::Why::forbidden));
  BOOST_TEST(done.error().offset >= 6U);
  Taken taken;
  BOOST_TEST(repair_lines(text, safe(), BadLines::repair, Unrepairable::reject, taken).has_value());
  BOOST_TEST(taken.out == "[1]\n[4]\n");
  BOOST_TEST(taken.rejects == "[2 3]\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::json
