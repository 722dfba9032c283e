// Quoting, held against a real shell.
#include "base/quoting.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <memory>
#include <vector>

namespace gird {
namespace {

/// What bash prints for `script`.
std::string bash(const std::string& script) {
  BOOST_REQUIRE(!script.contains('"'));
  const std::string line = "exec bash -c \"$GIRD_TEST_SCRIPT\"";
  ::setenv("GIRD_TEST_SCRIPT", script.c_str(), 1);
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(line.c_str(), "r"), ::pclose);
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t count = 1; count > 0;) {
    count = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
    text.append(buffer.data(), count);
  }
  return text;
}

BOOST_AUTO_TEST_CASE(bash_reads_every_word_back) {
  std::vector<std::string> words{"",
                                 "plain",
                                 "two words",
                                 "don't",
                                 "'",
                                 "''",
                                 "\\",
                                 "\\'",
                                 "$HOME",
                                 "`id`",
                                 "!x",
                                 "*",
                                 "~",
                                 "~root",
                                 "{a,b}",
                                 "a=b",
                                 "-n",
                                 "#c",
                                 "a;b",
                                 "tab\there",
                                 "line\nfeed",
                                 "end\n",
                                 "cr\r",
                                 "\x1b[31m",
                                 "\x7f",
                                 "\xff",
                                 "a\xffz",
                                 "\xffzz",
                                 "\xff"
                                 "0",
                                 "\x01"
                                 "1",
                                 "caf\xc3\xa9",
                                 "\xc3",
                                 "\xe2\x82",
                                 "\xf0\x9f\x98\x80",
                                 "\xc2\x9b"
                                 "31m",
                                 "mixed ' and \n and \xff and \\ and $(x)",
                                 "\\n",
                                 "%s",
                                 "a\\x41\n"};
  for (int byte = 1; byte < 256; ++byte) {
    words.emplace_back(1, static_cast<char>(byte));
    words.push_back(std::string(1, static_cast<char>(byte)) + "a0'");
  }
  std::string script = "printf '%s\\0'";
  std::string expected;
  for (const std::string& word : words) {
    // A double quote needs no care in this list but would end the script in `bash` above.
    if (word.contains('"')) continue;
    script += " " + shell_quoted(word);
    expected += word + '\0';
  }
  BOOST_TEST((bash(script) == expected));
}

BOOST_AUTO_TEST_CASE(leaves_harmless_words_bare) {
  for (const char* word :
       {"curl", "-fsS", "https://example.com:80/a.b", "a@b", "50%", "a,b", "+x"}) {
    BOOST_TEST(shell_quoted(word) == word);
  }
  BOOST_TEST(shell_quoted("a=b") == "'a=b'");
  BOOST_TEST(shell_quoted("say \"hi\"") == "'say \"hi\"'");
}

BOOST_AUTO_TEST_CASE(no_control_byte_gets_out) {
  for (const char* word : {"\x1b[31m", "a\nb", "\x7f",
                           "\xc2\x9b"
                           "31m",
                           "\xff"}) {
    const std::string shown = shell_quoted(word);
    BOOST_TEST(!shown.contains("\xc2\x9b"));
    for (const char byte : shown) {
      BOOST_TEST((static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7f));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_command_line_may_have_bare_assignments_after_its_first_word) {
  const std::vector<std::string> words{"env", "A=b", "sh", "-c", "echo $A"};
  BOOST_TEST(shell_quoted(words) == "env A=b sh -c 'echo $A'");
  // In the first place it would be taken as an assignment.
  BOOST_TEST(shell_quoted(std::vector<std::string>{"A=b", "x"}) == "'A=b' x");
  BOOST_TEST(shell_quoted(std::vector<std::string>{"", "A=b"}) == "'' A=b");
  BOOST_TEST(shell_quoted(std::vector<std::string>{}).empty());
}

}  // namespace
}  // namespace gird
