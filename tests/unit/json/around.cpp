// What stands around documents, as a list of decisions, for every cut of the input.
#include "json/around.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

namespace gird::json {

using Answer = Around::Answer;

/// The size of a well-formed container at the head of `text`; of anything else, its line.
static std::size_t document_size(std::string_view text) {
  if (!std::string_view("{[(").contains(text.front())) {
    return std::min(text.find_first_of("\n`,;'", 1), text.size());
  }
  std::size_t depth = 0;
  bool string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') string = !string;
    if (string) continue;
    if (std::string_view("{[(").contains(c)) ++depth;
    if (std::string_view("}])").contains(c) && --depth == 0) return i + 1;
  }
  return text.size();
}

static bool same(const Around& a, const Around& b) {
  return a.answer == b.answer && a.size == b.size && a.kind == b.kind &&
         a.confidence == b.confidence && a.then.inside == b.then.inside &&
         a.then.fence == b.then.fence && a.then.quote == b.then.quote;
}

/// A shorter window says the same or asks for more; blanks may be given in parts.
static void check_cuts(std::string_view text, const Around& whole, const Surroundings& here,
                       const Settings& settings) {
  Surroundings waiting = here;
  for (std::size_t size = 0; size < std::min<std::size_t>(text.size(), 300); ++size) {
    const Around cut = look_around(text.substr(0, size), false, waiting, settings);
    if (cut.answer == Answer::more) {
      waiting = cut.then;
      continue;
    }
    if (cut.answer == Answer::blank) return;
    BOOST_TEST(same(cut, whole), "cut to " << size << " bytes: " << text.substr(0, 80));
    return;
  }
}

static Settings with(Profile profile, Extract extract = Extract::automatic) {
  Settings settings;
  settings.profile = profile;
  settings.extract = extract;
  return settings;
}

/// `text` with what is dropped as [kind|bytes] and documents as <bytes>.
static std::string seen(std::string_view text, const Settings& settings) {
  Surroundings here;
  std::string story;
  for (;;) {
    const Around next = look_around(text, true, here, settings);
    check_cuts(text, next, here, settings);
    here = next.then;
    std::size_t size = next.size;
    if (next.answer == Answer::end) return story;
    if (next.answer == Answer::blank) story += text.substr(0, size);
    if (next.answer == Answer::drop) {
      story += '[';
      story += facts_of(next.kind).name;
      if (next.confidence == Confidence::guess) story += '?';
      story += '|';
      story += text.substr(0, size);
      story += ']';
    }
    if (next.answer == Answer::document) {
      size = document_size(text);
      story += '<';
      story += text.substr(0, size);
      story += '>';
    }
    BOOST_REQUIRE(next.answer != Answer::more);
    BOOST_REQUIRE(size > 0);
    text.remove_prefix(size);
  }
}

namespace {

struct Case {
  std::string_view text;
  std::string_view story;
};
std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.text; }

}  // namespace

BOOST_AUTO_TEST_SUITE(json_around)

static const std::vector<Case> usual{
    {"", ""},
    {" \n", " \n"},
    {"{\"a\":1}\n", "<{\"a\":1}>\n"},
    // Fences.
    {"```\n{\"a\":\"b\"}\n```", "[fence|```]\n<{\"a\":\"b\"}>\n[fence|```]"},
    {"```\n{\"a\":\"b\"}\n", "[fence|```]\n<{\"a\":\"b\"}>\n"},
    {"\n{\"a\":\"b\"}\n```", "\n<{\"a\":\"b\"}>\n[fence|```]"},
    {"\n ```json\n{\"a\":\"b\"}\n```\n  ", "\n [fence|```json]\n<{\"a\":\"b\"}>\n[fence|```]\n  "},
    {"[```\n{\"a\":\"b\"}\n```]", "[fence|[```]\n<{\"a\":\"b\"}>\n[fence|```][fence|]]"},
    {"[```json\n{\"a\":\"b\"}\n```]", "[fence|[```json]\n<{\"a\":\"b\"}>\n[fence|```][fence|]]"},
    {"{```\n{\"a\":\"b\"}\n```}", "[fence|{```]\n<{\"a\":\"b\"}>\n[fence|```][fence|}]"},
    {"````{ \"k\": 1 }```", "[fence|````]<{ \"k\": 1 }>[fence|```]"},
    {"~~~json5 title=x\n[1]\n~~~\n", "[fence|~~~json5 title=x]\n<[1]>\n[fence|~~~]\n"},
    {"```{.json}\n[1]\n```", "[fence|```{.json}]\n<[1]>\n[fence|```]"},
    {"```javascript\n{a:1}\n```", "[fence|```javascript]\n<{a:1}>\n[fence|```]"},
    {"```json\n\"text\"\n```", "[fence|```json]\n<\"text\">\n[fence|```]"},
    {"```\n42\n```", "[fence|```]\n<42>\n[fence|```]"},
    {"```json\n[1]\n[2]\n```", "[fence|```json]\n<[1]>\n<[2]>\n[fence|```]"},
    {"```json\n[1]\n```json\n[2]\n```",
     "[fence|```json]\n<[1]>\n[fence|```json]\n<[2]>\n[fence|```]"},
    {"lorem ```json {\"k\":1} ``` ipsum ```json [1,2,3,True] ``` 42",
     "[prose|lorem] [fence|```json] <{\"k\":1}> [fence|```] [prose|ipsum] "
     "[fence|```json] <[1,2,3,True]> [fence|```] [prose|42]"},
    {"\n  **Decision**: bla (some clarification):\n\n  ```json\n  {\"k\":1}\n  ```\n  ",
     "\n  [prose|**Decision**: bla (some clarification):]\n\n  [fence|```json]\n  "
     "<{\"k\":1}>\n  [fence|```]\n  "},
    {"```python\nprint({})\n```\nand\n```json\n{}\n```",
     "[prose|```python][prose|\nprint({})\n```]\n[prose|and]\n[fence|```json]\n<{}>\n[fence|```]"},
    {"```json\n{}\n```\nNote {\"b\":2} and so on.",
     "[fence|```json]\n<{}>\n[fence|```]\n[prose|Note {\"b\":2} and so on.]"},
    // Prose.
    {"Here is your JSON: {\"k\": 1}", "[prose|Here is your JSON:] <{\"k\": 1}>"},
    {"Here's it:\n{\"k\": 1}\nHope it helps!\n",
     "[prose|Here's it:]\n<{\"k\": 1}>\n[prose|Hope it helps!]\n"},
    {"{\"a\":1} foo", "<{\"a\":1}> [prose|foo]"},
    {"{\"a\":1}foo", "<{\"a\":1}>[prose|foo]"},
    {"{\"a\":1} and then {\"b\":2}", "<{\"a\":1}> [prose|and then] <{\"b\":2}>"},
    {"As [1] and {name} say, see [here](x): [{\"k\":1}]",
     "[prose|As [1] and {name} say, see [here](x):] <[{\"k\":1}]>"},
    {"- [ ] todo\n- [x] done\n[1, 2]", "[prose|- [ ] todo\n- [x] done]\n<[1, 2]>"},
    {"1. {\"a\":1}\n2. {\"b\":2}", "[prose|1.] <{\"a\":1}>\n[prose|2.] <{\"b\":2}>"},
    {"[Note] here: {\"k\":1}", "[prose|[Note] here:] <{\"k\":1}>"},
    {"[INFO] [1, 2]\n[x](y) z", "[prose|[INFO]] <[1, 2]>\n[prose|[x](y) z]"},
    {"[foo]", "<[foo]>"},
    {"[true] {\"k\":1}", "<[true]> <{\"k\":1}>"},
    {"callback {}", "[prose|callback] <{}>"},
    {"foo [", "[prose|foo] <[>"},
    {"see arr[x] there", "[prose?|see arr]<[x]> [prose|there]"},
    // Scalars are documents.
    {"hello world", "<hello world>"},
    {"None", "<None>"},
    {"2.", "<2.>"},
    {"0.0.1", "<0.0.1>"},
    {"https://www.bible.com/", "<https://www.bible.com/>"},
    {"'abc", "<'abc>"},
    {"\u201cfoo\u201d", "<\u201cfoo\u201d>"},
    {"746de9ad-d4ff-4c66-97d7-00a92ad46967", "<746de9ad-d4ff-4c66-97d7-00a92ad46967>"},
    {"one\ntwo\n", "<one>\n<two>\n"},
    {"1\n{\"a\":1}\ntrue\n\"x\"\n", "<1>\n<{\"a\":1}>\n<true>\n<\"x\">\n"},
    // Separators.
    {"1,2,3", "<1>[sequence|,]<2>[sequence|,]<3>"},
    {"4 , ", "<4 >[trailing-comma|,] "},
    {"{},\n\n/* 2 */\n{},\n", "<{}>[sequence|,]\n\n[comment|/* 2 */]\n<{}>[trailing-comma|,]\n"},
    {"{},,{}", "<{}>[extra-comma|,][sequence|,]<{}>"},
    {",{}", "[extra-comma|,]<{}>"},
    {"{}, // end", "<{}>[trailing-comma|,] [comment|// end]"},
    {"{};", "<{}>[separator|;]"},
    {"{}}]", "<{}>[extra-closer|}][extra-closer|]]"},
    {"]", "[extra-closer|]]"},
    {"\x1e{}\n\x1e{}\n", "[sequence|\x1e]<{}>\n[sequence|\x1e]<{}>\n"},
    // Comments and blanks.
    {"/* foo */ {}", "[comment|/* foo */] <{}>"},
    {"{} // comment", "<{}> [comment|// comment]"},
    {"# one\n# two\n", "[comment|# one]\n[comment|# two]\n"},
    {"/* open", "[comment|/* open]"},
    {"<!-- x --><json>[1]</json>", "[comment|<!-- x -->][prefix|<json>]<[1]>[prefix|</json>]"},
    {"\xef\xbb\xbf{}\xef\xbb\xbf", "[encoding|\xef\xbb\xbf]<{}>[encoding|\xef\xbb\xbf]"},
    {"\u00a0{}\f", "[blank|\u00a0]<{}>[blank|\f]"},
    // Prefixes.
    {"<think>no {\"x\":1}</think>\n{\"k\":1}", "[prefix|<think>no {\"x\":1}</think>]\n<{\"k\":1}>"},
    {"Sure!\n<think>{\"x\":1}</think>{\"k\":1}",
     "[prose|Sure!]\n[prefix|<think>{\"x\":1}</think>]<{\"k\":1}>"},
    {"<think>never {\"x\":1}", "[prefix|<think>][prose|never] <{\"x\":1}>"},
    {"<|assistant|>{\"k\":1}<|end|>", "[prefix|<|assistant|>]<{\"k\":1}>[prefix|<|end|>]"},
    {"json\n{\"k\":1}", "[prefix|json]\n<{\"k\":1}>"},
    {"json: {\"k\":1}", "[prefix|json:] <{\"k\":1}>"},
    {"x='{\"k\":1}'", "[prefix|x=']<{\"k\":1}>[prefix|']"},
    {"export X='{\"k\":1}'; echo",
     "[prefix|export X=']<{\"k\":1}>[prefix|'][prefix|;] [prose|echo]"},
    {"x = \"\"\"\n{\"k\":1}\n\"\"\"\n", "[prefix|x = \"\"\"\n]<{\"k\":1}>\n[prefix|\"\"\"]\n"},
    {"const x = {\"k\":1};\n", "[prefix|const x = ]<{\"k\":1}>[prefix|;]\n"},
    {"const x: Map<string, any>[] = [1];",
     "[prefix|const x: Map<string, any>[] = ]<[1]>[prefix|;]"},
    {"window.__STATE__ = {};", "[prefix|window.__STATE__ = ]<{}>[prefix|;]"},
    {"export default {\"k\":1};", "[prefix|export default ]<{\"k\":1}>[prefix|;]"},
    {"return [1]", "[prefix|return ]<[1]>"},
    {"event: x\ndata: {\"k\":1}\n\ndata: [2]\n\ndata: [DONE]\n\n",
     "[prefix|event: x]\n[prefix|data: ]<{\"k\":1}>\n\n[prefix|data: ]<[2]>\n\n"
     "[prefix|data: [DONE]]\n\n"},
    {")]}',\n{\"k\":1}", "[prefix|)]}',]\n<{\"k\":1}>"},
    {")]}'[1]", "[prefix|)]}']<[1]>"},
    {"for(;;);{\"k\":1}", "[prefix|for(;;);]<{\"k\":1}>"},
    {"while (1); {}", "[prefix|while (1);] <{}>"},
    {"{}&&{\"k\":1}", "[prefix|{}&&]<{\"k\":1}>"},
    {"{} && {}", "[prefix|{} &&] <{}>"},
    {"{}&& x", "<{}>[prose|&& x]"},
    // What the grammar reads itself.
    {"callback_123({})", "<callback_123({})>"},
    {"callback_123(2)", "<callback_123(2)>"},
    {"(1, 2)", "<(1, 2)>"},
    {"{\\\"a\\\": 1}", "<{\\\"a\\\": 1}>"},
};

BOOST_DATA_TEST_CASE(tells_documents_from_what_stands_around_them, usual, row) {
  BOOST_TEST(seen(row.text, {}) == row.story);
}

static const std::vector<Case> logs{
    {"[2024-01-02 12:30:00] INFO [main] {\"k\":1} took 3 ms\n12:31 none\n[5] [{\"k\":2}]\n",
     "[prose|[2024-01-02 12:30:00] INFO [main]] <{\"k\":1}> [prose|took 3 ms\n12:31 none\n[5]] "
     "<[{\"k\":2}]>\n"},
    {"[//host/share] up\n", "[prose|[//host/share] up]\n"},
    {"x {/* y */ 4}\n", "[prose|x {/* y */ 4}]\n"},
    {"\"GET /\" 200 {a=1, b}\n", "[prose|\"GET /\" 200 {a=1, b}]\n"},
    {"{\"k\":1}\n{\"k\":2}\n", "<{\"k\":1}>\n<{\"k\":2}>\n"},
};

BOOST_DATA_TEST_CASE(finds_documents_in_a_log, logs, row) {
  BOOST_TEST(seen(row.text, with(Profile::log)) == row.story);
}

BOOST_AUTO_TEST_CASE(a_code_span_is_a_container_for_models_and_a_string_for_data) {
  const Around data = look_around("`{\"k\":1}`", true, {}, {});
  BOOST_TEST((data.answer == Answer::document));
  BOOST_TEST(seen("`{\"k\":1}`", with(Profile::llm)) == "[fence|`]<{\"k\":1}>[fence|`]");
}

BOOST_AUTO_TEST_CASE(words_alone_are_no_answer_of_a_model) {
  const Settings llm = with(Profile::llm);
  BOOST_TEST(seen("I am sorry, I cannot do that.\n", llm) ==
             "[prose|I am sorry, I cannot do that.]\n");
  BOOST_TEST(seen("No: \"a\" is\nunknown.", llm) == "[prose|No: \"a\" is\nunknown.]");
  BOOST_TEST(seen("hello\n", llm) == "<hello>\n");
  BOOST_TEST(seen("\"I am sorry\"", llm) == "<\"I am sorry\">");
  BOOST_TEST(seen("None", llm) == "<None>");
  BOOST_TEST(seen("42 ", llm) == "<42 >");
}

BOOST_AUTO_TEST_CASE(extract_says_what_counts) {
  const std::string_view text = "a {\"x\":1} b ```json\n[1]\n``` c {\"y\":2} d";
  BOOST_TEST(seen(text, with(Profile::data, Extract::first)) ==
             "[prose|a] <{\"x\":1}> [prose|b ```json\n[1]\n``` c {\"y\":2} d]");
  BOOST_TEST(seen(text, with(Profile::data, Extract::all)) ==
             "[prose|a] <{\"x\":1}> [prose|b] [fence|```json]\n<[1]>\n[fence|```] [prose|c] "
             "<{\"y\":2}> [prose|d]");
  BOOST_TEST(seen(text, {}) ==
             "[prose|a] <{\"x\":1}> [prose|b] [fence|```json]\n<[1]>\n[fence|```] "
             "[prose|c {\"y\":2} d]");
  BOOST_TEST(seen("a, b", with(Profile::data, Extract::none)) == "<a>[sequence|,] <b>");
  BOOST_TEST(seen("a, b", with(Profile::log, Extract::none)) == "<a>[sequence|,] <b>");
}

BOOST_AUTO_TEST_CASE(long_prose_is_dropped_in_pieces_that_do_not_depend_on_the_cuts) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "w\u00f6rter {x}\n ";
  text += "{\"k\":1}";
  const auto dropped = [&](std::size_t piece) {
    std::string all = text, documents, pieces;
    Surroundings here;
    std::size_t at = 0, known = 0;
    for (;;) {
      const bool last = known >= all.size();
      const auto next = look_around(std::string_view(all).substr(at, known - at), last, here, {});
      here = next.then;
      if (next.answer == Answer::more) {
        BOOST_REQUIRE(!last);
        known = std::min(known + piece, all.size());
        continue;
      }
      BOOST_REQUIRE(next.size <= most_look_ahead);
      if (next.answer == Answer::drop) pieces += std::to_string(next.size) + ' ';
      at += next.size;
      if (next.answer == Answer::document) return pieces + all.substr(at);
      BOOST_REQUIRE(next.answer != Answer::end);
    }
  };
  const std::string whole = dropped(text.size());
  BOOST_TEST(whole.ends_with("{\"k\":1}"));
  BOOST_TEST(dropped(1000) == whole);
  BOOST_TEST(dropped(7919) == whole);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
