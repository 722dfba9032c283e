// Event lines stay whole, valid and short.
#include "base/record.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <vector>

namespace gird {
namespace {

using Json = nlohmann::ordered_json;

BOOST_AUTO_TEST_CASE(a_line_has_the_head_that_all_events_share) {
  Journal journal("retry", "0123456789abcdef0123456789abcdef");
  BOOST_TEST(journal.line(Time{}, {"started", JsonObject().add("attempt", 1)}) ==
             R"({"v":1,"ts":"1970-01-01T00:00:00.000Z","tool":"retry","event":"started",)"
             R"("run":"0123456789abcdef0123456789abcdef","seq":1,"attempt":1})"
             "\n");
  BOOST_TEST(journal.line(Time{}, {"finished"}).ends_with("\"seq\":2}\n"));
}

/// Cuts and checks what must hold for every object.
Json cut(const std::string& json, std::size_t limit) {
  const std::string shorter = cut_strings(json, limit);
  BOOST_TEST(shorter.size() <= limit);
  const Json read = Json::parse(shorter);
  BOOST_TEST((shorter == json || read.at("truncated") == true));
  return read;
}

BOOST_AUTO_TEST_CASE(what_is_short_enough_is_left_alone) {
  const std::string json = JsonObject().add("a", std::string(100, 'x')).text();
  BOOST_TEST(cut_strings(json, json.size()) == json);
  BOOST_TEST(cut_strings(json, json.size() - 1) != json);
}

BOOST_AUTO_TEST_CASE(long_strings_are_cut_between_characters) {
  for (const char* unit : {"x", "\"", "\\", "\x01", "\xff", "caf\xc3\xa9", "\xf0\x9f\x98\x80"}) {
    std::string text;
    while (text.size() < 20'000) text += unit;
    for (const std::size_t limit : {200, 201, 202, 203, 204, 205, 4095}) {
      const Json read = cut(JsonObject().add("reason", text).add("after", 7).text(), limit);
      BOOST_TEST(read.at("after") == 7);
      BOOST_TEST(!read.at("reason").get<std::string>().empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_command_line_of_thousands_of_words_still_fits) {
  std::vector<std::string> words(5'000, "word ] with [ brackets \"");
  const Json read = cut(JsonObject().add("argv", words).add("attempt", 3).text(), 4095);
  BOOST_TEST(read.at("attempt") == 3);
  BOOST_TEST(read.at("argv").empty());
}

BOOST_AUTO_TEST_CASE(one_long_word_among_short_ones_is_cut_alone) {
  const std::vector<std::string> words{"curl", std::string(10'000, 'u'), "-o", "file"};
  const Json read = cut(JsonObject().add("argv", words).text(), 4095);
  BOOST_TEST(read.at("argv").size() == 4);
  BOOST_TEST(read.at("argv")[3] == "file");
}

BOOST_AUTO_TEST_CASE(a_line_never_exceeds_an_atomic_write) {
  Journal journal("retry", std::string(32, 'a'));
  const std::vector<std::string> words(3'000, "\xff");
  for (const std::size_t length : {0U, 10U, 3'000U, 5'000U, 100'000U}) {
    const std::string line = journal.line(
        Time{}, {"started", JsonObject().add("argv", words).bytes("e", std::string(length, '\n'))});
    BOOST_TEST(line.size() <= longest_event);
    BOOST_TEST(line.find('\n') == line.size() - 1);
    BOOST_TEST(Json::parse(line).at("event") == "started");
  }
}

}  // namespace
}  // namespace gird
