// The JSON writer, read back by another library.
#include "base/json.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <nlohmann/json.hpp>

using namespace std::chrono_literals;

namespace gird {
namespace {

using Json = nlohmann::json;

BOOST_AUTO_TEST_CASE(every_string_reads_back) {
  for (int first = 0; first < 0x80; ++first) {
    for (const char* tail : {"", "\"", "\\", "caf\xc3\xa9", "\xf0\x9f\x98\x80"}) {
      const std::string text = std::string(1, static_cast<char>(first)) + tail;
      const std::string json = json_quoted(text);
      BOOST_TEST(Json::parse(json).get<std::string>() == text);
      for (const char byte : json) BOOST_TEST((static_cast<unsigned char>(byte) >= 0x20));
    }
  }
  BOOST_TEST(json_quoted("a\"\\\n\r\t\x01\x7f") == R"("a\"\\\n\r\t\u0001\u007f")");
}

BOOST_AUTO_TEST_CASE(invalid_bytes_become_replacements_and_are_kept_beside) {
  BOOST_TEST(json_quoted("\xff") == "\"\xef\xbf\xbd\"");
  BOOST_TEST(JsonObject().bytes("line", "a\xff").text() ==
             "{\"line\":\"a\xef\xbf\xbd\",\"line_b64\":\"Yf8=\"}");
  BOOST_TEST(JsonObject().bytes("line", "a").text() == R"({"line":"a"})");
  const std::vector<std::string> words{"sh", "\xff"};
  BOOST_TEST(JsonObject().add("argv", words).text() ==
             "{\"argv\":[\"sh\",\"\xef\xbf\xbd\"],\"argv_b64\":[\"c2g=\",\"/w==\"]}");
}

BOOST_AUTO_TEST_CASE(keys_come_in_the_order_of_the_calls) {
  JsonObject object;
  object.add("v", 1)
      .add("name", "x")
      .add("ok", true)
      .add("ratio", 0.5)
      .add("wait_s", Duration(1500ms));
  object.add("at", Time{})
      .add("absent", std::optional<int>{})
      .add("present", std::optional<int>{7});
  object.raw("list", json_array(std::vector<std::string>{"1", "{}"}));
  BOOST_TEST(object.text() == R"({"v":1,"name":"x","ok":true,"ratio":0.5,"wait_s":1.5,)"
                              R"("at":"1970-01-01T00:00:00.000Z","present":7,"list":[1,{}]})");
  BOOST_TEST(JsonObject().text() == "{}");
}

BOOST_AUTO_TEST_CASE(durations_are_seconds_cut_at_a_microsecond) {
  BOOST_TEST(JsonObject().add("s", Duration(1ns)).text() == R"({"s":0})");
  BOOST_TEST(JsonObject().add("s", Duration(1us)).text() == R"({"s":0.000001})");
  BOOST_TEST(JsonObject().add("s", Duration(-1500ms)).text() == R"({"s":-1.5})");
  BOOST_TEST(JsonObject().add("s", Duration(-1us)).text() == R"({"s":-0.000001})");
}

BOOST_AUTO_TEST_CASE(numbers_are_numbers_of_json) {
  BOOST_TEST(json_number(3) == "3");
  BOOST_TEST(json_number(-0.5) == "-0.5");
  BOOST_TEST(json_number(9007199254740991.0) == "9007199254740991");
  BOOST_TEST(json_number(std::numeric_limits<double>::quiet_NaN()) == "null");
  BOOST_TEST(json_number(std::numeric_limits<double>::infinity()) == "null");
  for (const double value : {1e300, 5e-324, 1.0 / 3, 1e22, -123456.75}) {
    BOOST_TEST(Json::parse(json_number(value)).get<double>() == value);
  }
}

BOOST_AUTO_TEST_CASE(base64_pads) {
  BOOST_TEST(base64("") == "");
  BOOST_TEST(base64("f") == "Zg==");
  BOOST_TEST(base64("fo") == "Zm8=");
  BOOST_TEST(base64("foo") == "Zm9v");
  BOOST_TEST(base64("foobar") == "Zm9vYmFy");
  BOOST_TEST(base64("\xff\xfe\xfd") == "//79");
}

BOOST_AUTO_TEST_CASE(pretty_text_means_the_same) {
  const std::string json = R"({"a":[1,2,{"b":"x,y:{z}\"[\\"}],"c":{},"d":[],"e":[[]],"f":"\\"})";
  BOOST_TEST(Json::parse(pretty_json(json)) == Json::parse(json));
  BOOST_TEST(pretty_json(R"({"a":[1],"c":{}})") == "{\n  \"a\": [\n    1\n  ],\n  \"c\": {}\n}");
}

}  // namespace
}  // namespace gird
