// Texts in each context: known ones by hand, all others by what must hold for any.
#include "text/encode.hpp"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <random>
#include <set>

#include "base/utf8.hpp"

namespace gird::text {
namespace {

using namespace std::string_view_literals;

struct Row {
  std::string_view context, text, encoded;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.context << " " << printable(row.text);
}

constexpr std::string_view evil = "a'b\"c\\d";

constexpr auto rows = std::to_array<Row>({
    {"html", "<a href=\"x\">'&'</a>", "&lt;a href=&quot;x&quot;&gt;&#x27;&amp;&#x27;&lt;/a&gt;"},
    {"html", "a\r\nb", "a&#x0d;\nb"},
    {"html-attr", "x y=z`", "x&#x20;y&#x3d;z&#x60;"},
    {"html-attr", "a\xc2\xa0", "a&#160;"},
    {"xml", "a<b>&\"", "a&lt;b&gt;&amp;\""},
    {"xml-attr", "a\tb\n", "a&#x09;b&#x0a;"},
    {"cdata", "a]]>b\r", "<![CDATA[a]]]]><![CDATA[>b]]>&#xd;<![CDATA[]]>"},
    {"markdown", "1. [x](y)  z", "1\\. \\[x\\]\\(y\\) &#x20;z"},
    {"markdown", "a\nb", "a&#xa;b"},
    {"json", "a\"\\\n\x01\x7f/\xc3\xa9", "\"a\\\"\\\\\\n\\u0001\\u007f/\xc3\xa9\""},
    {"json-ascii", "\xc3\xa9\xf0\x9f\x98\x80", R"("\u00e9\ud83d\ude00")"},
    {"js-string", "</script>\xe2\x80\xa8", R"("\u003c\u002fscript\u003e\u2028")"},
    {"css-string", "a;}1", "\"a\\00003b\\00007d1\""},
    {"c-string", "a\0001?\xc3\xa9\""sv, "\"a\\0001\\077\\303\\251\\042\""},
    {"yaml", "\xc2\x85\xef\xbb\xbf", R"("\u0085\ufeff")"},
    {"toml", "a\x7f", R"("a\u007f")"},
    {"sql:ansi", evil, "'a''b\"c\\d'"},
    {"sql:sqlite", "'", "''''"},
    {"sql:postgres", "it's", "'it''s'"},
    {"sql:postgres", evil, " E'a''b\"c\\\\d'"},
    {"sql:mysql", "it's", "'it''s'"},
    {"sql:mysql", "\\'"sv, "_utf8mb4 X'5c27'"},
    {"sql:mysql", "\0"sv, "_utf8mb4 X'00'"},
    {"sql:mssql", "it's", "N'it''s'"},
    {"sql:mssql", "a\\\nb", "(N'a\\'+NCHAR(10)+N'b')"},
    {"sql:mssql", "$(x)", "(N''+NCHAR(36)+N'(x)')"},
    {"sql:oracle", "A&B", "('A'||CHR(38)||'B')"},
    {"sql-like", "50%_\\", "50\\%\\_\\\\"},
    {"sql-ident", "a\"b", "\"a\"\"b\""},
    {"sql-ident:mysql", "a`b", "`a``b`"},
    {"sql-ident:mssql", "a]b", "[a]]b]"},
    {"sh", "", "''"},
    {"sh", "it's $HOME\n", "'it'\\''s $HOME\n'"},
    {"bash-ansi", "a'!\n\xff", "$'a\\047\\041\\012\\377'"},
    {"fish", evil, "'a\\'b\"c\\\\d'"},
    {"powershell", "it's \xe2\x80\x99", "'it''s \xe2\x80\x99\xe2\x80\x99'"},
    {"cmd", "C:\\a b\\", "\"C:\\a b\\\\\""},
    {"arg", "file -x", "file -x"},
    {"printf", "-5%\\n"sv, "\\0555%%\\134n"},
    {"crontab", "date +%F", "date +\\%F"},
    {"make", "$HOME", "$$HOME"},
    {"glob", "*.[ch]?", "\\*.\\[ch\\]\\?"},
    {"regex:basic", "a.b*[c]", "a\\.b\\*\\[c]"},
    {"regex:extended", "a+(b|c){2}", "a\\+\\(b\\|c\\)\\{2}"},
    {"regex:perl", "a b#\n", "a\\ b\\#\\x0a"},
    {"sed-replacement", "a/b&\\\n", "a\\/b\\&\\\\\\\n"},
    {"url-component", "a b/\xc3\xa9&", "a%20b%2F%C3%A9%26"},
    {"url", "https://e.org/a b?c=%20\"", "https://e.org/a%20b?c=%20%22"},
    {"url", "/a\\b:c", "/a%5Cb:c"},
    {"ldap-filter", "*)(uid=*\0"sv, "\\2a\\29\\28uid=\\2a\\00"},
    {"ldap-dn", " a,b+c\"#"sv, "\\20a\\2cb\\2bc\\22\\23"},
    {"xpath", "it's", "\"it's\""},
    {"xpath", "a'b\"c", R"(concat('a',"'b",'"c'))"},
    {"csv", "a\"b", "\"a\"\"b\""},
    {"csv", "=1+1", "\"'=1+1\""},
    {"csv", "-5.3", "\"-5.3\""},
    {"csv", "-1+cmd", "\"'-1+cmd\""},
    {"csv-raw", "=1", "\"=1\""},
    {"tsv", "a\tb\\\n", "a\\tb\\\\\\n"},
    {"header", "text/plain; q=1", "text/plain; q=1"},
    {"mail-header", "plain", "plain"},
    {"mail-header", "caf\xc3\xa9", "=?utf-8?B?Y2Fmw6k=?="},
    {"filename", "../a/b", "%2E.%2Fa%2Fb"},
    {"filename", "-rf", "%2Drf"},
    {"filename", "\xff\n", "%FF%0A"},
    {"filename:windows", "con.txt", "%63on.txt"},
    {"filename:windows", "a:b.", "a%3Ab%2E"},
    {"filename:portable", "a-b.c", "a-b.c"},
    {"identifier", "_a1", "_a1"},
    {"env-name", "PATH", "PATH"},
    {"dns-label", "a-1", "a-1"},
    {"git-ref", "feature/x", "feature/x"},
    {"docker-tag", "1.2-rc_3", "1.2-rc_3"},
    {"systemd", "/a-b/.c d", "-a\\x2db-.c\\x20d"},
    {"systemd", ".x", "\\x2ex"},
    {"log", "a\n\x1b[31m\\\xc2\x9b\xff", "a\\n\\x1b[31m\\\\\\u{9b}\\xff"},
    {"log", "\xe2\x80\xae\xf3\xa0\x81\x81", "\\u{202e}\\u{e0041}"},
    {"terminal", "a\tb\n\x1b]0;x\x07", "a\tb\n\\x1b]0;x\\x07"},
    {"gha-output", "a\ngird_end_0\r\n", "<<gird_end_1\na\ngird_end_0\r\n\ngird_end_1"},
    {"gha-command", "50%\n::x::", "50%25%0A::x::"},
    {"gha-property", "a:b,c", "a%3Ab%2Cc"},
});

BOOST_DATA_TEST_CASE(writes_what_the_context_reads, boost::unit_test::data::make(rows), row) {
  const Context* context = context_named(row.context);
  BOOST_REQUIRE(context != nullptr);
  const auto encoded = context->encode(row.text, OnUnsafe::reject);
  BOOST_REQUIRE(encoded.has_value());
  BOOST_TEST(*encoded == row.encoded);
}

struct Refusal {
  std::string_view context, text;
  std::size_t offset;
  std::string_view replaced;
};
std::ostream& operator<<(std::ostream& out, const Refusal& row) {
  return out << row.context << " " << printable(row.text);
}

constexpr auto refusals = std::to_array<Refusal>({
    {"html", "a\0"sv, 1, "a\xef\xbf\xbd"},
    {"html", "ab\xff", 2, "ab\xef\xbf\xbd"},
    {"xml", "a\x01", 1, "a\xef\xbf\xbd"},
    {"xml", "\xef\xbf\xbe", 0, "\xef\xbf\xbd"},
    {"json", "a\xed\xa0\x80", 1, "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    {"sql:postgres", "a\0"sv, 1, "'a\xef\xbf\xbd'"},
    {"sql:mysql", "\xbf'", 0, "'\xef\xbf\xbd'''"},
    {"sql:mssql", "a\nb\xff", 3, "(N'a'+NCHAR(10)+N'b\xef\xbf\xbd')"},
    {"sql-ident", "", 0, "\"_\""},
    {"sh", "a\0"sv, 1, "'a\xef\xbf\xbd'"},
    {"cmd", "a%PATH%", 1, "\"a_PATH_\""},
    {"cmd", "\xef\xbc\x82", 0, "\"___\""},
    {"arg", "-rf", 0, "./-rf"},
    {"crontab", "\\%", 1, "\\_"},
    {"crontab", "a\nb", 1, "ab"},
    {"make", "a\nb", 1,
     "a\xef\xbf\xbd"
     "b"},
    {"url", "java\nscript:alert(1)", 0, "about:blank"},
    {"url", " \tJavaScript:x", 0, "about:blank"},
    {"url", "data:,x", 0, "about:blank"},
    {"gha-output", "a\r\r", 2, "<<gird_end_0\na\ngird_end_0"},
    {"header", "a\r\nb: c", 1, "a??b: c"},
    {"header", " a", 0, "a"},
    {"mail-header", "a\r\nBcc: b", 1, "=?utf-8?B?Ye+/ve+/vUJjYzogYg==?="},
    {"filename", "", 0, "_"},
    {"filename:portable", "a b", 1, "a_b"},
    {"filename:portable", "-x", 0, "_-x"},
    {"filename:portable", "nul.txt", 0, "_nul.txt"},
    {"identifier", "1a-b", 2, "_1a_b"},
    {"env-name", "A=B", 1, "A_B"},
    {"dns-label", "My_Host-", 0, "my-hostx"},
    {"git-ref", "a..b", 1, "a._b"},
    {"git-ref", "x.lock/y", 1, "x_lock/y"},
    {"git-ref", "-d", 0, "_d"},
    {"docker-tag", ".x", 0, "_.x"},
});

BOOST_DATA_TEST_CASE(refuses_what_has_no_form, boost::unit_test::data::make(refusals), row) {
  const Context* context = context_named(row.context);
  BOOST_REQUIRE(context != nullptr);
  const auto encoded = context->encode(row.text, OnUnsafe::reject);
  BOOST_REQUIRE(!encoded.has_value());
  BOOST_TEST(encoded.error().offset == row.offset);
  BOOST_TEST(!encoded.error().why.empty());
  const auto replaced = context->encode(row.text, OnUnsafe::replace);
  BOOST_REQUIRE(replaced.has_value());
  BOOST_TEST(printable(*replaced) == printable(row.replaced));
}

BOOST_AUTO_TEST_CASE(names_of_contexts_are_unique_and_told_about) {
  std::set<std::string_view> names;
  for (const ContextGroup& group : context_groups()) {
    for (const Context& context : group.contexts) {
      BOOST_TEST(names.insert(context.name).second, context.name);
      BOOST_TEST(!context.about.empty());
      BOOST_TEST(!context.about.ends_with('.'));
    }
  }
  BOOST_TEST(names.size() >= 40U);
  BOOST_TEST(context_named("nothing") == nullptr);
}

/// Texts of the signs that mean something somewhere, of bytes, of characters.
class Texts {
 public:
  std::string next() {
    constexpr std::array<std::string_view, 46> pieces{"'",
                                                      "\"",
                                                      "\\",
                                                      "`",
                                                      "$",
                                                      "%",
                                                      "&",
                                                      "<",
                                                      ">",
                                                      "]]>",
                                                      "\n",
                                                      "\r",
                                                      "\t",
                                                      " ",
                                                      "-",
                                                      "..",
                                                      "/",
                                                      "=",
                                                      "*",
                                                      "a",
                                                      "Z9",
                                                      "_",
                                                      "\0"sv,
                                                      "\x1b[",
                                                      "\x07",
                                                      "\x7f",
                                                      "\xc2\x85",
                                                      "\xff",
                                                      "\xc3",
                                                      "\xc3\xa9",
                                                      "\xe2\x80\xa8",
                                                      "\xe2\x80\x99",
                                                      "\xf0\x9f\x98\x80",
                                                      "\xef\xbb\xbf",
                                                      "#",
                                                      "!",
                                                      ";",
                                                      "|",
                                                      "(",
                                                      "{",
                                                      "@{",
                                                      "?",
                                                      ".lock",
                                                      "\\x41",
                                                      "&amp;",
                                                      "\\u0041"};
    std::string text;
    const std::size_t count = random_() % 12;
    for (std::size_t i = 0; i < count; ++i) text += pieces[random_() % pieces.size()];
    return text;
  }

 private:
  std::mt19937 random_{20261121};
};

BOOST_AUTO_TEST_CASE(any_text_is_read_back_or_refused) {
  for (const ContextGroup& group : context_groups()) {
    for (const Context& context : group.contexts) {
      Texts texts;
      for (int i = 0; i < 2000; ++i) {
        const std::string text = texts.next();
        const auto encoded = context.encode(text, OnUnsafe::reject);
        if (!encoded) {
          BOOST_TEST(encoded.error().offset <= text.size());
        } else if (context.decode != nullptr) {
          const auto back = context.decode(*encoded);
          BOOST_TEST_CONTEXT(context.name << " " << printable(text) << " " << printable(*encoded)) {
            BOOST_REQUIRE(back.has_value());
            BOOST_TEST(printable(*back) == printable(text));
          }
        }
        // With replacements there is always a text, and one that would not be refused again.
        const auto replaced = context.encode(text, OnUnsafe::replace);
        BOOST_TEST_CONTEXT(context.name << " " << printable(text)) {
          BOOST_REQUIRE(replaced.has_value());
          if (encoded) BOOST_TEST(*replaced == *encoded);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(names_that_were_replaced_are_names) {
  for (const std::string_view name :
       {"filename:portable", "identifier", "env-name", "dns-label", "git-ref", "docker-tag"}) {
    const Context& context = *context_named(name);
    Texts texts;
    for (int i = 0; i < 2000; ++i) {
      const std::string text = texts.next();
      const auto replaced = context.encode(text, OnUnsafe::replace);
      BOOST_REQUIRE(replaced.has_value());
      const auto again = context.encode(*replaced, OnUnsafe::reject);
      BOOST_TEST_CONTEXT(name << " " << printable(text) << " " << printable(*replaced)) {
        BOOST_REQUIRE(again.has_value());
        BOOST_TEST(*again == *replaced);
      }
    }
  }
}

struct Silent {
  std::string_view context, bytes;  ///< none of these is ever written
};
std::ostream& operator<<(std::ostream& out, const Silent& row) { return out << row.context; }

constexpr auto silent = std::to_array<Silent>({
    {"html", "<>\"'\r\0"sv},
    {"html-attr", "<>\"' \t\n\r`=\0"sv},
    {"js-string", "<>&'\n\r/`="},
    {"json", "\n\r\t\x1b\x7f\0"sv},
    {"yaml", "\n\r\t\x1b\x7f\0"sv},
    {"bash-ansi", "\n\x1b!\x7f\0"sv},
    {"c-string", "?\n\0"sv},
    {"url-component", " /?#&=<>\"'\n\0"sv},
    {"url", " \"<>\\\n\0"sv},
    {"ldap-filter", "*()\0"sv},
    {"tsv", "\t\n\r"},
    {"header", "\n\r\0"sv},
    {"filename", "/\n\0"sv},
    {"filename:windows", "/\\:*?\"<>|\n\0"sv},
    {"log", "\n\r\t\x1b\x7f\0"sv},
    {"terminal", "\r\x1b\x7f\x07\0"sv},
    {"gha-command", "\n\r"},
    {"gha-property", "\n\r:,"},
    {"crontab", "\n\0"sv},
});

BOOST_DATA_TEST_CASE(never_writes_what_ends_the_context, boost::unit_test::data::make(silent),
                     row) {
  const Context& context = *context_named(row.context);
  Texts texts;
  for (int i = 0; i < 2000; ++i) {
    const auto encoded = context.encode(texts.next(), OnUnsafe::replace);
    BOOST_REQUIRE(encoded.has_value());
    BOOST_TEST(encoded->find_first_of(row.bytes) == std::string::npos, printable(*encoded));
  }
}

BOOST_AUTO_TEST_CASE(long_words_of_mail_are_cut_between_characters) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "\xe2\x82\xac";
  const auto encoded = context_named("mail-header")->encode(text, OnUnsafe::reject);
  BOOST_REQUIRE(encoded.has_value());
  BOOST_TEST(encoded->find("?=\r\n =?utf-8?B?") == 70U);
}

}  // namespace
}  // namespace gird::text
