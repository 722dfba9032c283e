#include "detect/sql_screen.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "growth.hpp"

using gird::detect::sql::may_hold_sql;

BOOST_AUTO_TEST_SUITE(sql_screen)

BOOST_AUTO_TEST_CASE(what_has_to_be_read_is_let_through) {
  for (const std::string_view text : {"1 or 1=1",
                                      "the id is 1 union select 2",
                                      "x'; --",
                                      "id'not like id--",
                                      "admin'--",
                                      "',NULL,NULL)--",
                                      "x;--",
                                      "utl_http.request('x')",
                                      "see a' or b like 'c",
                                      "a and 5 = 5",
                                      "page 7 order by 3",
                                      "n=1;drop table t",
                                      "char(",
                                      "9 && x",
                                      "a/**/b",
                                      "@@version",
                                      "1<@",
                                      "f(x)::int",
                                      "when 1 then",
                                      "AND 0",
                                      "x from information_schema.tables",
                                      ") as x from",
                                      "declare @s varchar(9)"}) {
    BOOST_TEST(may_hold_sql(text), text);
  }
}

BOOST_AUTO_TEST_CASE(lines_of_logs_and_prose_are_not) {
  for (const std::string_view text :
       {"", "Jul  2 12:15:23 host kernel[0]: device (usb) attached, speed = 480",
        "081109 203615 148 INFO dfs.DataNode: block blk_38865049064139660 of size 67108864",
        "He said so, and they went home or somewhere else entirely that day.",
        "the printer is out of paper, the tray in the hall is empty, and nobody cares about it",
        "/usr/share/doc/packages/readme.txt.gz.and.more.of.it",
        "Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0"}) {
    BOOST_TEST(!may_hold_sql(text), text);
  }
}

BOOST_AUTO_TEST_CASE(a_mebibyte_of_anything_is_looked_at_in_linear_time) {
  for (const std::string_view unit :
       {"'", "' ", "\")", "(", " (", "and ", "a", "by ", "- ", ") "}) {
    int held = 0;
    const double times =
        gird::growth([&](std::size_t length) { return gird::pumped(unit, length); },
                     [&](std::string_view text) { held += may_hold_sql(text) ? 1 : 0; });
    BOOST_TEST(times < 3, unit << " takes " << times << " times as long, held " << held);
  }
}

BOOST_AUTO_TEST_SUITE_END()
