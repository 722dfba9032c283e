#include "detect/logline.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/detect/seen.hpp"

using namespace gird::detect;

namespace {

std::string seen(std::string_view text) { return seen_by(logline_signs, text); }

struct Case {
  std::string_view head;
  std::string_view sign;
};
std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.head; }

const std::array heads = std::to_array<Case>({
    {"2024-06-18 23:05:19 INFO login ok", "timestamp"},
    {"[2024-06-18T23:05:19.123Z] login ok", "timestamp"},
    {"2024/06/18 23:05:19 [error] 1#1: x", "timestamp"},
    {"18/Jun/2024:23:05:19 +0000 x", "timestamp"},
    {"[Tue Jun 18 23:05:19.123 2024] [core:error] x", "timestamp"},
    {"I0618 23:05:19.123456 1 main.go:1] x", "timestamp"},
    {"Jun 18 23:05:19 host sshd[1]: Accepted password for root", "syslog"},
    {"Jun  8 23:05:19 host sshd[1]: x", "syslog"},
    {"Jun 8 23:05:19 host sshd[1]: x", "syslog"},
    {"<34>1 2003-10-11T22:14:15.003Z host su - ID47", "syslog"},
    {"<34>Oct 11 22:14:15 host su: x", "syslog"},
    {"[   12.345678] usb 1-1: x", "syslog"},
    {"10.0.0.1 - admin [18/Jun/2024:09:48:22 +0000] \"GET / HTTP/1.1\" 200 1", "access"},
    {"2001:db8::1 - - [8/Jun/2024:09:48:22 +0000] \"GET / HTTP/1.1\" 200 1", "access"},
    {"{\"ts\": \"2024-06-18T23:05:19\", \"level\": \"info\", \"msg\": \"x\"}", "json"},
    {"{\"severity\":\"ERROR\",\"message\":\"x\"}", "json"},
    {"level=info ts=2024-06-18T23:05:19Z msg=\"x\"", "logfmt"},
    {"time=\"2024-06-18\" level=warning msg=x", "logfmt"},
    {"ERROR token service", "level"},
    {"[WARN] disk", "level"},
    {"INFO: started", "level"},
});

}  // namespace

BOOST_AUTO_TEST_SUITE(logline)

BOOST_DATA_TEST_CASE(a_head_behind_a_line_end_is_a_sign, heads, one) {
  for (const std::string_view end :
       {"\n", "\r", "\r\n", "\v", "\f", "\xc2\x85", "\x85", "\xe2\x80\xa8", "\xe2\x80\xa9", "\\n",
        "\\r\\n", "\n  ", "\n\n"}) {
    BOOST_TEST_CONTEXT(end) {
      BOOST_TEST(seen("guest" + std::string(end) + std::string(one.head)) == one.sign);
      BOOST_TEST(seen(std::string(end) + std::string(one.head)) == one.sign);
    }
  }
  BOOST_TEST(seen(one.head) == "");
  BOOST_TEST(seen("guest " + std::string(one.head)) == "");
}

BOOST_AUTO_TEST_CASE(honest_lines_have_no_signs) {
  for (const std::string_view text :
       {"", "one\ntwo",
        "Traceback (most recent call last):\n  File \"x.py\", line 1, in f\nError: x",
        "java.lang.Error: x\n\tat a.b.C(D.java:1)\n\tat e.f(G.java:2)", "born\nJun 4 in Rome",
        "released\n2024-06-18", "hosts:\n10.0.0.1 - the first [see above]",
        "{\"a\": 1}\n{\"b\": 2}", "x\nlevel=3",
        "Dear all,\nERRORS are\nWarning: none\n- one\n- two", "a\\nb C:\\new\\r",
        "2024-06-18 23:05:19"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

BOOST_AUTO_TEST_CASE(a_part_of_a_log_is_only_that) {
  BOOST_TEST(seen("2024-06-18 23:05:19 a\n2024-06-18 23:05:20 b\n  at c") == "excerpt");
  BOOST_TEST(seen("ERROR a\n2024-06-18 23:05:20 b") == "excerpt");
}

BOOST_AUTO_TEST_CASE(time_is_linear) {
  for (const std::string_view token :
       {"\n", "\\n", "\\", "\n2024-06-18 ", "\n{\"", "\n{\"a\":", "\n10.0.0.1 ", "\r", "\xc2\x85",
        "\xe2\x80", "\n[", "\n<1", "\nERROR", "\nlevel="}) {
    BOOST_TEST_CONTEXT(token) { BOOST_TEST(growth_of(logline_signs, token) < 3); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
