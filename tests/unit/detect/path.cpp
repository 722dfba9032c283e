#include "detect/path.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "detect/path_files.hpp"
#include "detect/path_lexer.hpp"
#include "detect/path_spelling.hpp"

using gird::detect::PathUnit;
using gird::detect::read_path;
using gird::detect::read_path_unit;
using gird::detect::Secrecy;
using gird::detect::secrecy_of;
using gird::detect::Signs;
using namespace std::literals;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  gird::detect::path_signs(text, signs);
  return signs;
}

bool seen(std::string_view text, std::string_view sign) { return signs_of(text).has(sign); }

/// Signs of paths that people write: a climb alone says nothing at the default level.
bool quiet(std::string_view text) {
  for (const auto& sign : signs_of(text).all()) {
    if (sign.name != "path/climb-plain" && sign.name != "path/secret-mention" &&
        sign.name != "path/known-name" && sign.name != "path/wrapper-mention" &&
        sign.name != "path/short-name") {
      BOOST_TEST_MESSAGE(sign.name);
      return false;
    }
  }
  return true;
}

std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  while (text.size() < size) text += unit;
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(path)

BOOST_AUTO_TEST_CASE(a_dot_in_every_spelling) {
  for (const std::string_view dot : {".",
                                     "%2e",
                                     "%2E",
                                     "%252e",
                                     "%25252e",
                                     "%%32%65",
                                     "%%32%%65",
                                     "%u002e",
                                     "%uff0e",
                                     "%u2024",
                                     "0x2e",
                                     "%c0%ae",
                                     "%c0%2e",
                                     "%c0%6e",
                                     "%c0%ee",
                                     "%c0.",
                                     "%c0ae",
                                     "%25c0%25ae",
                                     "%e0%80%ae",
                                     "%f0%80%80%ae",
                                     "%f8%80%80%80%ae",
                                     "%fc%80%80%80%80%ae",
                                     "\xC0\xAE",
                                     "\xE0\x80\xAE",
                                     "\xEF\xBC\x8E",
                                     "\xE2\x80\xA4",
                                     "%ef%bc%8e"}) {
    BOOST_TEST_CONTEXT(dot) {
      const auto unit = read_path_unit(dot, 0);
      BOOST_TEST(static_cast<int>(unit.unit) == static_cast<int>(PathUnit::dot));
      BOOST_TEST(unit.length == dot.size());
      BOOST_TEST(unit.hidden == (dot.size() > 1));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_separator_in_every_spelling) {
  for (const std::string_view separator : {"/",
                                           "\\",
                                           "%2f",
                                           "%5c",
                                           "%252f",
                                           "%255c",
                                           "%%32%66",
                                           "%%35%63",
                                           "%u2215",
                                           "%u2216",
                                           "%uEFC8",
                                           "%uF025",
                                           "%u005c",
                                           "0x2f",
                                           "0x5c",
                                           "%c0%af",
                                           "%c1%9c",
                                           "%c1%1c",
                                           "%c0%2f",
                                           "%c0%5c",
                                           "%c1%af",
                                           "%c0/",
                                           "%c0\\",
                                           "%c0%9v",
                                           "%c0%qf",
                                           "%c1%8s",
                                           "%c1%pc",
                                           "%bg%qf",
                                           "%25c1%259c",
                                           "%e0%80%af",
                                           "%f0%80%80%af",
                                           "%f8%80%80%80%af",
                                           "\xC0\xAF",
                                           "\xE2\x88\x95",
                                           "\xEF\xBC\x8F",
                                           "\xEF\xBC\xBC",
                                           "\xE2\x81\x84",
                                           "%uff0f",
                                           "%uff3c"}) {
    BOOST_TEST_CONTEXT(separator) {
      const auto unit = read_path_unit(separator, 0);
      BOOST_TEST(static_cast<int>(unit.unit) == static_cast<int>(PathUnit::separator));
      BOOST_TEST(unit.length == separator.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_cut_spelling_is_read_within_the_text) {
  for (const std::string_view cut :
       {"%", "%2", "%u", "%u22", "%c0", "%c0%", "%c0%a", "%%", "%%3", "%25", "%252", "0x", "0",
        "\xC0", "\xE0\x80", "\xFF", "%fc%80"}) {
    BOOST_TEST_CONTEXT(cut) {
      const auto unit = read_path_unit(cut, 0);
      BOOST_TEST(unit.length >= 1U);
      BOOST_TEST(unit.length <= cut.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_path_is_counted_by_segments) {
  const auto path = read_path("images/./a//../../../etc/passwd", 0);
  BOOST_TEST(path.ups == 3U);
  BOOST_TEST(path.above == 1U);
  BOOST_TEST(path.named_first == 2U);
  BOOST_TEST(path.currents == 1U);
  BOOST_TEST(path.empties == 1U);
  BOOST_TEST(!path.absolute);
  BOOST_TEST(path.names.view() == "/etc/passwd");
}

BOOST_AUTO_TEST_CASE(a_path_keeps_its_last_names) {
  const std::string longer = repeated("abcdefg/", 4000) + "etc/passwd";
  const auto path = read_path(longer, 0);
  BOOST_TEST(path.names.view().ends_with("/etc/passwd"));
  BOOST_TEST(path.named == 502U);
}

BOOST_AUTO_TEST_CASE(files_are_known_by_their_place) {
  const auto secrecy = [](std::string_view names) { return static_cast<int>(secrecy_of(names)); };
  BOOST_TEST(secrecy("/etc/passwd") == static_cast<int>(Secrecy::secret));
  BOOST_TEST(secrecy("/etc/passwd.") == static_cast<int>(Secrecy::secret));
  BOOST_TEST(secrecy("/etc/passwd;index.html") == static_cast<int>(Secrecy::secret));
  BOOST_TEST(secrecy("/proc/self/fd/7") == static_cast<int>(Secrecy::secret));
  BOOST_TEST(secrecy("/home/x/.ssh/other") == static_cast<int>(Secrecy::secret));
  BOOST_TEST(secrecy("/c:/windows/win.ini") == static_cast<int>(Secrecy::secret));
  BOOST_TEST(secrecy("/var/log/any") == static_cast<int>(Secrecy::known));
  BOOST_TEST(secrecy("/docs/passwd") == static_cast<int>(Secrecy::none));
  BOOST_TEST(secrecy("/src/self/environ.c") == static_cast<int>(Secrecy::none));
  BOOST_TEST(secrecy("") == static_cast<int>(Secrecy::none));
}

BOOST_AUTO_TEST_CASE(a_climb_to_a_secret_in_sixty_forms) {
  std::size_t forms = 0;
  for (const std::string_view dots :
       {"..", "%2e%2e", "%252e%252e", ".%2e", "%2e.", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae",
        "0x2e0x2e", "%uff0e%uff0e", "%%32%65%%32%65", ".%00.", "..%01", "..;", "....", "?.",
        "??"}) {
    for (const std::string_view separator :
         {"/", "\\", "%2f", "%5c", "%252f", "%c0%af", "%c1%9c", "%u2215", "%u2216", "%uF025",
          "0x5c", "%c0%9v", "//", "\\/", "%e0%80%af"}) {
      std::string text;
      for (int i = 0; i < 2; ++i) text.append(dots).append(separator);
      text.append("etc").append(separator).append("passwd");
      BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text, "path/climb-to-secret")); }
      ++forms;
    }
  }
  BOOST_TEST(forms >= 60U);
}

BOOST_AUTO_TEST_CASE(climbs_by_where_they_lead) {
  BOOST_TEST(seen("../../../../opt/lampp/logs/x", "path/climb-to-root"));
  BOOST_TEST(seen("../../usr/local/x", "path/climb-near-root"));
  BOOST_TEST(seen("../../var/log/apache2/access.log", "path/climb-to-known"));
  BOOST_TEST(seen("../logs/access.log", "path/climb-near-known"));
  BOOST_TEST(seen("../config.php", "path/climb-to-script"));
  BOOST_TEST(seen("../../../../../../x", "path/climb-deep"));
  BOOST_TEST(seen("../../../{file}", "path/climb-steep"));
  BOOST_TEST(seen("images/../../x", "path/climb-out"));
  BOOST_TEST(seen("/../../x", "path/climb-above-root"));
}

BOOST_AUTO_TEST_CASE(climbs_by_how_they_are_written) {
  BOOST_TEST(seen("..%2fx", "path/climb-hidden-once"));
  BOOST_TEST(seen("..%c0%afx", "path/climb-hidden"));
  BOOST_TEST(seen("....//....//x", "path/climb-mangled"));
  BOOST_TEST(seen("..;/manager", "path/climb-mangled-once"));
  BOOST_TEST(seen("..\\/..\\/x", "path/climb-mixed"));
  BOOST_TEST(seen("..2f..2f..2fetc2fpasswd", "path/climb-to-secret"));
  BOOST_TEST(seen(repeated("A", 300) + "/../x", "path/climb-overlong"));
}

BOOST_AUTO_TEST_CASE(paths_of_projects_are_quiet) {
  for (const std::string_view text : {"#include \"../../lib/foo.h\"",
                                      "import x from '../../../src/app.ts'",
                                      "[see](../README.md)",
                                      "BUG: ../refs/iterator.c:366: attempt to trim",
                                      "<a href=\"../index.html\">up</a>",
                                      "cd ../another && make",
                                      "git://..../proj.git",
                                      "go test ./...",
                                      "wait.... what?",
                                      "sql=... WHERE",
                                      "--format=...",
                                      "C:/.../foo",
                                      "1..10",
                                      "a...b",
                                      "100%",
                                      "50%25",
                                      "\xD0\xBF\xD1\x83\xD1\x82\xD1\x8C/\xD0\xBA",
                                      "edit /etc/hosts first",
                                      "/usr/share/doc/x",
                                      "see file:///usr/share/doc there",
                                      "\\n \\t \\\\",
                                      "name=%C0%EB%E5%EA",
                                      "../x/y.css"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(quiet(text)); }
  }
}

BOOST_AUTO_TEST_CASE(a_secret_file_alone_is_asked_for_and_in_prose_mentioned) {
  BOOST_TEST(seen("/etc/passwd", "path/secret-file"));
  BOOST_TEST(seen("file=/etc/passwd&x", "path/secret-file"));
  BOOST_TEST(seen("C:\\boot.ini", "path/secret-file"));
  BOOST_TEST(seen("{\"a\": \"/etc/passwd\"}", "path/secret-file"));
  BOOST_TEST(seen(".htpasswd", "path/secret-name"));
  BOOST_TEST(seen("cat /etc/passwd", "path/shown"));
  BOOST_TEST(!seen("# cat /etc/passwd | grep x", "path/shown"));
  BOOST_TEST(seen("If you parse \"/etc/passwd\" with awk", "path/secret-mention"));
  BOOST_TEST(!seen("If you parse \"/etc/passwd\" with awk", "path/secret-file"));
  BOOST_TEST(signs_of("etc/passwd docs").all().empty());
}

BOOST_AUTO_TEST_CASE(a_nul_cuts_a_name) {
  BOOST_TEST(seen("x.php%00.jpg", "path/nul-cut"));
  BOOST_TEST(seen("/a/x.php\0.jpg"sv, "path/nul-cut"));
  BOOST_TEST(seen("/etc/passwd%00", "path/nul-cut-secret"));
  BOOST_TEST(!seen("%00", "path/nul-cut"));
}

BOOST_AUTO_TEST_CASE(names_of_windows) {
  BOOST_TEST(seen("\\\\.\\PhysicalDrive0", "path/device"));
  BOOST_TEST(seen("\\\\?\\C:\\x", "path/device"));
  BOOST_TEST(seen("\\\\localhost\\c$\\x", "path/admin-share"));
  BOOST_TEST(seen("\\\\a.example\\share\\x", "path/share"));
  BOOST_TEST(seen("/x.asp::$DATA", "path/stream"));
  BOOST_TEST(seen("C:\\con\\con", "path/reserved"));
  BOOST_TEST(seen("..\\COM1.txt", "path/reserved"));
  BOOST_TEST(!seen("..\\com10", "path/reserved"));
  BOOST_TEST(!seen("/dev/null", "path/reserved"));
  BOOST_TEST(seen("C:\\PROGRA~1\\x", "path/short-name"));
  BOOST_TEST(seen("x.php....", "path/trailing"));
  BOOST_TEST(!seen("and so on....", "path/trailing"));
}

BOOST_AUTO_TEST_CASE(schemes_of_file_functions) {
  BOOST_TEST(seen("php://filter/convert.base64-encode/resource=x.php", "path/php-stream"));
  BOOST_TEST(seen("PHP://input", "path/php-stream"));
  BOOST_TEST(seen("to read php://input, call", "path/wrapper-mention"));
  BOOST_TEST(seen("expect://id", "path/wrapper"));
  BOOST_TEST(seen("phar://a.phar/b", "path/wrapper"));
  BOOST_TEST(seen("data://text/plain;base64,PD8=", "path/data-url"));
  BOOST_TEST(!seen("data:image/png;base64,AAAA", "path/data-url"));
  BOOST_TEST(seen("file:///etc/passwd", "path/file-secret"));
  BOOST_TEST(seen("file:///x/y", "path/file-plain"));
  BOOST_TEST(seen("file://a.example/y", "path/file-url"));
  BOOST_TEST(!seen("open file:///usr/share/doc now", "path/file-url"));
  BOOST_TEST(seen("jar:http://a.example/b.zip!/c", "path/java-url"));
}

BOOST_AUTO_TEST_CASE(an_include_is_told_from_a_link) {
  BOOST_TEST(seen("http://a.example/x.txt?", "path/remote-include"));
  BOOST_TEST(seen("page=http://192.0.2.1/x.php", "path/remote-include"));
  BOOST_TEST(!seen("https://a.example/x.txt", "path/remote-include"));
  BOOST_TEST(!seen("https://a.example/x.php?id=1", "path/remote-include"));
  BOOST_TEST(!seen("see http://192.0.2.1/x.php there", "path/remote-include"));
  BOOST_TEST(!seen("http://192.0.2.1:8080/index.html", "path/remote-include"));
}

BOOST_AUTO_TEST_CASE(a_million_of_anything_is_read_once) {
  for (const std::string_view unit :
       {"../",    "%25",     "%",    "..;",          "a:", "\\",   "....//",
        "%c0",    "%u",      "0x2",  ":$",           "?",  "\xC0", "\xFC\x80",
        "php://", "http://", "~1\\", " /etc/passwd", "'",  "=/a"}) {
    BOOST_TEST_CONTEXT(unit) {
      BOOST_TEST(signs_of(repeated(unit, 1U << 20U)).all().size() <= Signs::most);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
