#include "detect/sql.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "detect/sql_lexer.hpp"
#include "detect/sql_stream.hpp"
#include "growth.hpp"

using gird::detect::Signs;
using gird::detect::sql::Kind;
using gird::detect::sql::Lexer;
using gird::detect::sql::Token;
using gird::detect::sql::Word;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  gird::detect::sql_signs(text, signs);
  return signs;
}

bool seen(std::string_view text, std::string_view sign) { return signs_of(text).has(sign); }
bool clean(std::string_view text) { return signs_of(text).all().empty(); }

/// A letter for each token.
std::string kinds(std::string_view text, char quote = '\0') {
  static constexpr std::string_view letters = "$^1snv=+&(),;.{#";
  std::string found;
  Lexer lexer(text, quote);
  for (Token token = lexer.next(); token.kind != Kind::end; token = lexer.next()) {
    found += letters[static_cast<std::size_t>(token.kind)];
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sql)

BOOST_AUTO_TEST_CASE(tokens_of_all_dialects) {
  BOOST_TEST(kinds("select a.b, 'c' from t;") == "nn.n,snn;");
  BOOST_TEST(kinds("1e1union 0x1f .5 1.") == "1n111");
  BOOST_TEST(kinds("`a b` [c d] @x @@y N'z' E'\\'' $$q'$$") == "nnvvsss");
  BOOST_TEST(kinds("a<=>b != c || d && e::int") == "n=n=n&n&n+n");
  BOOST_TEST(kinds("a and b OR c xOr d") == "n&n&n&n");
  BOOST_TEST(kinds("{x 1} (2)") == "{n1{(1)");
}

BOOST_AUTO_TEST_CASE(quotes_that_the_text_began_in) {
  BOOST_TEST(kinds("a' or 'b", '\'') == "s&s");
  BOOST_TEST(kinds("a\" = \"", '"') == "s=s");
  BOOST_TEST(kinds("no quote", '\'') == "s");
  Lexer lexer("a' 'b", '\'');
  BOOST_TEST(lexer.next().broken);
  BOOST_TEST(lexer.next().unclosed);
  BOOST_TEST((lexer.next().kind == Kind::end));
  BOOST_TEST((lexer.next().kind == Kind::end));
}

BOOST_AUTO_TEST_CASE(comments_are_space_or_hide_the_rest) {
  BOOST_TEST(kinds("a/**/b") == "nn");
  BOOST_TEST(kinds("a /* b") == "n#");
  BOOST_TEST(kinds("a -- b") == "n#");
  BOOST_TEST(kinds("a -- b\nc") == "nn");
  BOOST_TEST(kinds("a # b\r\nc") == "nn");
  BOOST_TEST(kinds("a#") == "n#");
  BOOST_TEST(kinds("my--slug") == "n++n");
  BOOST_TEST(kinds("/*!50000union*/ select") == "nn");
}

BOOST_AUTO_TEST_CASE(words_that_filters_put_together) {
  BOOST_TEST(seen("1 un/**/ion sel/**/ect 1,2", "sql/union-select"));
  BOOST_TEST(seen("1+union+select+1,2", "sql/union-select"));
  BOOST_TEST(seen("1 uNiOn%0AsElEcT", "sql/union-select") == false);  // decoding is the views' work
}

BOOST_AUTO_TEST_CASE(signs_have_their_place) {
  const Signs found = signs_of("id=1 union select 2");
  BOOST_REQUIRE(found.has("sql/union-select"));
  for (const auto& sign : found.all()) {
    if (sign.name == "sql/union-select") BOOST_TEST((sign.where == gird::detect::Span{5, 17}));
  }
}

// What gets past libinjection, by the numbers of its issues.
BOOST_AUTO_TEST_CASE(libinjection_26_show_warnings_behind_a_parenthesis) {
  BOOST_TEST(seen("0); show warnings; set @q=concat('a','b'); prepare x from @q", "sql/stacked"));
}
BOOST_AUTO_TEST_CASE(libinjection_148_select_without_a_space) {
  BOOST_TEST(seen("SELECT-id-1.FROM`t`", "sql/select-glued"));
}
BOOST_AUTO_TEST_CASE(libinjection_130_a_variable_without_a_name) {
  BOOST_TEST(seen("1<@", "sql/bare-variable"));
  BOOST_TEST(seen("1<@ union select 2", "sql/union-select"));
  BOOST_TEST(seen("5=@ or 1", "sql/bare-variable"));
}
BOOST_AUTO_TEST_CASE(libinjection_30_arithmetic_and_a_comment) {
  BOOST_TEST(seen("1*1--", "sql/sum-comment"));
}
BOOST_AUTO_TEST_CASE(client9_135_a_quote_at_the_end) {
  BOOST_TEST(seen("' OR 1=1;'", "sql/tautology"));
}
BOOST_AUTO_TEST_CASE(spiderlabs_780_and_782_a_number_or_true) {
  BOOST_TEST(seen("1 or true", "sql/logic-constant"));
  BOOST_TEST(seen("1 or true#", "sql/logic-constant"));
}
BOOST_AUTO_TEST_CASE(crs_1167_and_1181_an_odbc_escape) {
  BOOST_TEST(seen("9 or {if length(user())}", "sql/odbc-escape"));
  BOOST_TEST(seen("1 and {x (select 1)}=1", "sql/odbc-escape"));
}

// What libinjection flags and is none.
BOOST_AUTO_TEST_CASE(libinjection_51_signs_alone) { BOOST_TEST(clean("!@#")); }
BOOST_AUTO_TEST_CASE(libinjection_66_a_test_with_a_date) {
  BOOST_TEST(clean("TEST 0001 - (09/07/2025)"));
}
BOOST_AUTO_TEST_CASE(libinjection_11_an_accept_header) {
  BOOST_TEST(clean("image/*;q=0.8"));
  BOOST_TEST(clean("text/html,image/*;q=0.9,*/*;q=0.8"));
}
BOOST_AUTO_TEST_CASE(libinjection_45_a_filter_of_a_map_server) {
  BOOST_TEST(
      clean("<ogc:Filter xmlns:sos=\"http://www.opengis.net/sos/1.0\"><ogc:And>"
            "<ogc:PropertyIsEqualTo><ogc:PropertyName>sos</ogc:PropertyName>"
            "<ogc:Literal>1</ogc:Literal></ogc:PropertyIsEqualTo></ogc:And></ogc:Filter>"));
}
BOOST_AUTO_TEST_CASE(client9_120_a_letter_and_signs) { BOOST_TEST(clean("a!@#")); }
BOOST_AUTO_TEST_CASE(client9_137_numbers_and_bars) { BOOST_TEST(clean("12345=12345||12345")); }
BOOST_AUTO_TEST_CASE(client9_146_hyphens_in_ids) {
  BOOST_TEST(clean("zq7W_kbs4jSNwXV2TssQkSbOj--"));
  BOOST_TEST(clean("XV-77-2BC9--1TY"));
}

BOOST_AUTO_TEST_CASE(prose_that_speaks_of_sql_or_like_it) {
  for (const std::string_view text :
       {"select the union of both sets", "O'Brien; drop by when you can", "he left; insert coin",
        "rock 'n' roll and more", "It's 5 o'clock -- or is it?", "1950 or 1960",
        "the boys' and girls' team", "use '-' for standard input", "\"WHITE\" + \"PLATE\"",
        "call sleep(5) in the loop of main.c, then wait(1)", "if (a == 1 && b == 2) return c;",
        "The UNION operator joins the rows of two queries.", "ORDER BY sorts, GROUP BY folds",
        "update the set of rules", "I like having true friends", "std::vector<int>::iterator"}) {
    BOOST_TEST_CONTEXT(text) {
      for (const auto& sign : signs_of(text).all()) {
        // These speak at high sensitivity alone.
        BOOST_TEST((sign.name == "sql/sleep-alone" || sign.name == "sql/statement"));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(attributes_of_a_document_are_values) {
  BOOST_TEST(seen("<?xml version=\"1.0\"?><a b=\"char(\"></a>", "sql/open-call"));
  BOOST_TEST(!seen("<?xml version=\"1.0\"?><a b=\"c\"></a>", "sql/open-call"));
}

BOOST_AUTO_TEST_CASE(anything_is_read_in_linear_time) {
  for (const std::string_view unit :
       {"'",   "\"",  "(",           ")",    "/*",      "*/",      "/**/",    "#",        "--",
        "-- ", "$$",  "a'",          "or ",  "or 1=1 ", "select ", "union ",  "(select ", "a=\"",
        "`",   "[",   "@",           "{",    "||",      "char(",   "concat(", "1,",       "un/**/",
        "/*!", "'\\", "order by 1,", "not ", "a.",      "from ("}) {
    for (const char* head : {"", "<?xml ", "' or "}) {
      const double times =
          gird::growth([&](std::size_t length) { return head + gird::pumped(unit, length); },
                       [](std::string_view text) {
                         Signs signs;
                         gird::detect::sql_signs(text, signs);
                       });
      BOOST_TEST(times < 3, head << unit << " takes " << times << " times as long");
    }
  }
}

BOOST_AUTO_TEST_CASE(every_cut_of_a_text_is_read) {
  const std::string_view text =
      "1' /*!50000union*/ select`a`,@@version,N'x',$$y$$,{x 1},[b],0x1f::int from/**/c -- d\ne#";
  for (std::size_t from = 0; from < text.size(); ++from) {
    for (std::size_t size = 0; size <= text.size() - from; ++size) {
      const std::string_view piece = text.substr(from, size);
      for (const auto& sign : signs_of(piece).all()) {
        BOOST_REQUIRE(sign.where.begin <= sign.where.end);
        BOOST_REQUIRE(sign.where.end <= piece.size());
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
