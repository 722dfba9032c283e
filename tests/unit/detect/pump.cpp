// Texts that are written to be slow.
#include <boost/test/unit_test.hpp>
#include <ctime>
#include <string>

#include "detect/compiled.hpp"
#include "detect/scan.hpp"

using namespace gird;

namespace {

constexpr std::size_t size = 1U << 20U;

std::string pumped(std::string_view unit) {
  std::string text;
  while (text.size() < size) text += unit;
  return text;
}

/// Of the processor: others may be using it too.
double seconds_of(detect::Scanner& scanner, std::string_view text) {
  const std::clock_t before = std::clock();
  scanner.scan(text);
  return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pump)

// What takes time by the square of its length would take minutes or hours.
BOOST_AUTO_TEST_CASE(a_megabyte_of_anything_is_scanned_in_seconds) {
  detect::Scanner scanner(detect::compiled_rules(), {rules::Sensitivity::high, {}, true});
  const std::vector<std::string_view> units{"'",
                                            "\"",
                                            "`",
                                            "(",
                                            ")",
                                            "[",
                                            "{",
                                            "}",
                                            "<",
                                            ">",
                                            "/",
                                            "\\",
                                            "*",
                                            "-",
                                            "--",
                                            "=",
                                            "#",
                                            "%",
                                            "&",
                                            "|",
                                            ";",
                                            "$",
                                            "!",
                                            "@",
                                            "~",
                                            "^",
                                            ":",
                                            ".",
                                            "..",
                                            "../",
                                            "..\\",
                                            "/*",
                                            "*/",
                                            "/**/",
                                            "<!--",
                                            "-->",
                                            "<!",
                                            "<?",
                                            "</",
                                            "<a ",
                                            "<a href=",
                                            "<svg/onload=",
                                            "{{",
                                            "}}",
                                            "${",
                                            "$(",
                                            "${${",
                                            "${IFS}",
                                            "$'",
                                            "$$",
                                            "#{",
                                            "<%",
                                            "{%",
                                            "%25",
                                            "%2525",
                                            "%u0025",
                                            "&amp;",
                                            "&#x26;",
                                            "\\x5c",
                                            "\\u005c",
                                            "\\\\",
                                            "+ADw-",
                                            "PHNjcmlwdD4",
                                            "QQ==",
                                            "\xc0\xaf",
                                            "\xef\xbc\x9c",
                                            "\xe2\x80\x8b",
                                            "\xe2\x80\xae",
                                            "\xf3\xa0\x81\xa1",
                                            "\x1b[",
                                            "\x1b]",
                                            "\x1b]8;;",
                                            "\x9b",
                                            "\r\n",
                                            "\n",
                                            "::",
                                            "::a::",
                                            "##[",
                                            "{\"a\":",
                                            "[\"",
                                            "\"a\",",
                                            "{\"$where\":",
                                            "a",
                                            "a ",
                                            "1",
                                            "1 ",
                                            "1=1 or ",
                                            "or 1=1 ",
                                            "union select ",
                                            "select ",
                                            "/*!50000",
                                            "case when ",
                                            "cat ",
                                            ";cat ",
                                            "|sh",
                                            "$(cat ",
                                            "`cat`",
                                            "^c^a^t",
                                            "c''at ",
                                            "http://",
                                            "http://a@",
                                            "file:///",
                                            "=cmd|",
                                            "=A(",
                                            "-x ",
                                            "O:1:\"a\":1:{",
                                            "<!ENTITY a \"&a;\">",
                                            "<!DOCTYPE a [",
                                            "(|(",
                                            "*)(",
                                            "//a[",
                                            "javascript:",
                                            "on=",
                                            " on=x",
                                            "style=",
                                            "\\0",
                                            "__",
                                            "__a__."};
  std::vector<std::string> texts;
  for (const std::string_view unit : units) texts.push_back(pumped(unit));
  texts.push_back(pumped(std::string_view("\0", 1)));
  texts.push_back(std::string(size / 2, '(') + std::string(size / 2, ')'));
  texts.push_back(std::string(size / 2, '[') + std::string(size / 2, ']'));
  for (const std::string& text : texts) {
    const double seconds = seconds_of(scanner, text);
    BOOST_TEST(seconds < 5, text.substr(0, 16) << "... takes " << seconds << " s");
  }
}

BOOST_AUTO_TEST_SUITE_END()
