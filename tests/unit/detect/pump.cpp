// Texts that are written to be slow.
#include <boost/test/unit_test.hpp>
#include <string>

#include "detect/compiled.hpp"
#include "detect/scan.hpp"
#include "growth.hpp"

using namespace gird;

BOOST_AUTO_TEST_SUITE(pump)

// What takes time by the square of its length takes four times as long.
BOOST_AUTO_TEST_CASE(twice_of_anything_takes_twice_as_long) {
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
                                            std::string_view("\0", 1),
                                            "__",
                                            "__a__."};
  for (const std::string_view unit : units) {
    const double times = growth([&](std::size_t length) { return pumped(unit, length); },
                                [&](std::string_view text) { scanner.scan(text); });
    BOOST_TEST(times < 3, unit << " takes " << times << " times as long");
  }
}

BOOST_AUTO_TEST_CASE(nesting_of_any_depth_is_scanned) {
  detect::Scanner scanner(detect::compiled_rules(), {rules::Sensitivity::high, {}, true});
  for (const std::string_view pair : {"()", "[]", "{}"}) {
    const auto nested = [&](std::size_t length) {
      return std::string(length / 2, pair[0]) + std::string(length / 2, pair[1]);
    };
    const double times = growth(nested, [&](std::string_view text) { scanner.scan(text); });
    BOOST_TEST(times < 3, pair << " takes " << times << " times as long");
  }
}

BOOST_AUTO_TEST_SUITE_END()
