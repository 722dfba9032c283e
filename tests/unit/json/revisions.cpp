// Documents side by side in answers of models.
#include <array>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <random>

#include "json/suite_table.hpp"
#include "pieces.hpp"
#include "random_text.hpp"

namespace data = boost::unit_test::data;
using namespace gird::json;

namespace {

struct Row {
  std::string_view in;
  std::string_view out;
};
std::ostream& operator<<(std::ostream& to, const Row& row) { return to << row.in; }

constexpr std::array rows{
    // the last of one shape stays
    Row{R"({"a":1}{"a":2})", R"({"a":2})"},
    Row{R"([{"a":1}][{"a":2}])", R"([{"a":2}])"},
    Row{R"(First: {"a":1}. No, {"a":2}! Or {"a":3}.)", R"( {"a":3})"},
    Row{R"({"a":"x","b":[1]} {"b":[2], "a":""})", R"({"b":[2], "a":""})"},
    Row{R"({'a':1,} {'a':[2,]})", "{\"a\":1}\n {\"a\":[2]}"},
    Row{R"({"a":1} {"b":1} {"b":2})", "{\"a\":1}\n {\"b\":2}"},
    Row{R"({"a":1} {"a":1,"b":1})", "{\"a\":1}\n {\"a\":1,\"b\":1}"},
    Row{R"([1] [1,2])", "[1]\n [1,2]"},
    Row{R"({"a":1} {"a":"1"})", "{\"a\":1}\n {\"a\":\"1\"}"},
    // empty ones go
    Row{"[]{}", "[]"},
    Row{R"([]{"a":1})", R"({"a":1})"},
    Row{R"({"a":1}, {})", R"({"a":1})"},
    Row{R"({"a":1} [ ] {} {"b":2})", "{\"a\":1}\n {\"b\":2}"},
    Row{R"(x {} y [] z)", " {} "},
    // records stay
    Row{"{\"a\":1}\n{\"a\":2}\n{}\n", "{\"a\":1}\n{\"a\":2}\n{}\n"},
    Row{"{\"a\":1}\n{a:2}\n", "{\"a\":1}\n{\"a\":2}\n"},
    // scalars are text where there is a container
    Row{R"({"a":1} 42)", R"({"a":1} )"},
    Row{R"([1], 2, "x", [3,4])", "[1]  \n[3,4]"},
    Row{R"(42 {"a":1})", R"({"a":1})"},
    Row{R"(None. {"a":1})", R"( {"a":1})"},
    Row{"1, 2, 3", "1\n 2\n 3"},
    // an object that ended too early
    Row{R"({"a":1}, "b":2})", R"({"a":1, "b":2})"},
    Row{R"({"a":1} , "b" "c"})", R"({"a":1 , "b": "c"})"},
    Row{R"({}, "b":2})", R"({ "b":2})"},
    Row{R"({"a":1}, "b":2)", R"({"a":1, "b":2})"},
    Row{R"([{"a":1}], "b")", R"([{"a":1}] )"},
    // a key that was cut off
    Row{R"({"a":1, "b)", R"({"a":1})"},
    Row{R"({"a":1, "b"})", R"({"a":1})"},
    Row{R"({"a":1, "b":)", R"({"a":1, "b":""})"},
    Row{R"({"a)", R"(["a"])"},
    Row{R"({ a)", R"([ "a"])"},
    Row{R"({")", "{}"},
};

Settings llm(Sequence sequence = Sequence::automatic) {
  Settings settings = settings_of(Profile::llm);
  settings.sequence = sequence;
  return settings;
}

/// Whether offsets are not those of the bytes that were given.
bool encoded(const std::vector<Repair>& repairs) {
  return !repairs.empty() && repairs[0].kind == Kind::encoding;
}

std::string random_documents(std::mt19937& chance) {
  std::string text;
  for (unsigned left = 1 + chance() % 4; left > 0; --left) {
    text += chance() % 3 == 0 ? "{}" : random_document(chance);
    constexpr std::array<std::string_view, 6> between{"",   "\n", " so ", ", ", "\n\n```json\n",
                                                      "```"};
    text += between.at(chance() % between.size());
  }
  return chance() % 2 == 0 ? text : damaged(text, chance);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(revisions)

BOOST_DATA_TEST_CASE(keeps_what_a_model_said_last, data::make(rows), row) {
  const auto repaired = repair_json(row.in, llm());
  BOOST_REQUIRE(repaired);
  BOOST_TEST(repaired->text == row.out);
  BOOST_TEST(with_repairs(row.in, repaired->repairs) == row.out);
}

BOOST_DATA_TEST_CASE(keeps_the_same_however_the_text_was_cut, data::make(rows), row) {
  for (std::size_t size = 1; size < row.in.size(); ++size) {
    const auto repaired = repair_in_pieces(row.in, size, llm());
    BOOST_REQUIRE(repaired);
    BOOST_TEST(repaired->text == row.out);
  }
}

BOOST_AUTO_TEST_CASE(makes_an_array_where_two_documents_stay) {
  const Settings array = llm(Sequence::array);
  BOOST_TEST(repair_json(R"({"a":1}{"a":2})", array)->text == R"({"a":2})");
  BOOST_TEST(repair_json(R"({"a":1}, {})", array)->text == R"({"a":1})");
  BOOST_TEST(repair_json(R"({"a":1}{}[1] so: [2])", array)->text == "[\n{\"a\":1},[2]\n]");
  BOOST_TEST(repair_json(R"({}{"a":1} and {"b":1} x)", array)->text ==
             "[\n{\"a\":1}  ,{\"b\":1} \n]");
}

BOOST_AUTO_TEST_CASE(says_what_went_and_where) {
  const std::string_view in = R"(So: {'a':1} no, {'a':2} {})";
  const auto repaired = repair_json(in, llm());
  BOOST_REQUIRE(repaired);
  std::vector<std::string> dropped;
  std::size_t moved = 0;
  for (const Repair& repair : repaired->repairs) {
    BOOST_TEST(repair.output_offset == repair.offset - moved);
    moved += repair.removed - repair.inserted;
    if (repair.kind != Kind::sequence) continue;
    BOOST_TEST(bool(repair.confidence == Confidence::guess));
    BOOST_TEST(repair.removed == repair.before.size());
    dropped.push_back(repair.before);
  }
  BOOST_TEST(dropped == (std::vector<std::string>{R"({'a':1} no, )", " {}"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(keeps_all_where_nothing_may_be_guessed_or_wait) {
  Settings safe = llm();
  safe.least = Confidence::likely;
  BOOST_TEST(repair_json("[1][2]", safe)->text == "[1]\n[2]");
  Settings live = llm();
  live.live = true;
  BOOST_TEST(repair_json("[1][2]", live)->text == "[1]\n[2]");
  BOOST_TEST(repair_json("[1][2]")->text == "[1]\n[2]");
}

BOOST_AUTO_TEST_CASE(keeps_what_is_too_long_to_be_held) {
  const std::string one = "[\"" + std::string(100'000, 'x') + "\"]";
  const std::string other = "[\"" + std::string(100'000, 'y') + "\"]";
  BOOST_TEST((repair_json(one + other, llm())->text == one + "\n" + other));
  BOOST_TEST(
      (repair_json("[\"z\"]" + one + "[\"z\"]{}", llm())->text == "[\"z\"]\n" + one + "\n[\"z\"]"));
  const std::string prose(100'000, '-');
  BOOST_TEST((repair_json("[1]" + prose + "[2]", llm())->text == "[2]"));
  const std::string blanks(100'000, ' ');
  BOOST_TEST((repair_json("[1]" + blanks + "[2]", llm())->text == "[1]" + blanks + "\n[2]"));
}

BOOST_AUTO_TEST_CASE(gives_a_live_document_with_its_last_byte) {
  class Ends : public Sink {
   public:
    void text(std::string_view bytes) override { given.append(bytes); }
    void repaired(const Repair&) override {}
    void completed(std::size_t depth) override { complete += depth == 0 ? 1 : 0; }
    std::string given;
    int complete = 0;
  } ends;
  Settings live = llm();
  live.live = true;
  Repairer repairer(live, ends);
  BOOST_REQUIRE(repairer.push("{\"a\":1}"));
  BOOST_TEST(ends.given == "{\"a\":1}");
  BOOST_TEST(ends.complete == 1);
}

BOOST_AUTO_TEST_CASE(gives_valid_documents_that_need_no_second_repair) {
  std::mt19937 chance(5);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = random_documents(chance);
    const Settings settings = llm(Sequence::array);
    const auto repaired = repair_json(text, settings);
    if (!repaired) continue;
    BOOST_TEST_CONTEXT(text) {
      const auto pieces = repair_in_pieces(text, 1 + chance() % 5, llm());
      const auto lines = repair_json(text, llm());
      BOOST_REQUIRE((pieces && lines));
      BOOST_TEST(pieces->text == lines->text);
      if (!encoded(lines->repairs)) {
        BOOST_TEST(with_repairs(text, lines->repairs) == lines->text);
      }
      const auto again = repair_json(repaired->text, settings);
      BOOST_REQUIRE(again);
      BOOST_TEST(again->text == repaired->text);
      BOOST_TEST(again->repairs.empty());
      BOOST_TEST(repair_json(lines->text, llm())->text == lines->text);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
