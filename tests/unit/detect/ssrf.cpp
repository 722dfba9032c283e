#include "detect/ssrf.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "detect/crlf.hpp"
#include "detect/url_host.hpp"

using namespace gird::detect;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  ssrf_signs(text, signs);
  return signs;
}

bool seen(std::string_view text, std::string_view sign) { return signs_of(text).has(sign); }

Signs lines_of(std::string_view text) {
  Signs signs;
  crlf_signs(text, signs);
  return signs;
}

bool line(std::string_view text, std::string_view sign) { return lines_of(text).has(sign); }

bool leads_to(std::string_view host, HostKind kind) {
  const auto address = host_address(host);
  return address && address->kind == kind;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ssrf)

BOOST_AUTO_TEST_CASE(addresses_as_inet_aton_reads_them) {
  for (const std::string_view host :
       {"169.254.169.254", "2852039166", "0xA9FEA9FE", "0xa9.0xfe.0xa9.0xfe", "0251.0376.0251.0376",
        "169.16689662", "169.254.43518", "7147006462", "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]", "[0:0:0:0:0:ffff:a9fe:a9fe]", "[fd00:ec2::254]"}) {
    const bool amazon_six = host.starts_with("[fd00");
    BOOST_TEST_CONTEXT(host) { BOOST_TEST((leads_to(host, HostKind::metadata) || amazon_six)); }
  }
  BOOST_TEST(leads_to("127.1", HostKind::loopback));
  BOOST_TEST(leads_to("0x7f000001", HostKind::loopback));
  BOOST_TEST(leads_to("0", HostKind::loopback));
  BOOST_TEST(leads_to("[::1]", HostKind::loopback));
  BOOST_TEST(leads_to("[::]", HostKind::loopback));
  BOOST_TEST(leads_to("10.1.2.3", HostKind::inside));
  BOOST_TEST(leads_to("172.31.0.1", HostKind::inside));
  BOOST_TEST(leads_to("172.32.0.1", HostKind::outside));
  BOOST_TEST(leads_to("[fe80::1%25eth0]", HostKind::link));
  for (const std::string_view name : {"a.example", "1.2.3.4.5", "256.1.1.1", "09.1.1.1", "", "[",
                                      "[]", "[::1::]", "[1:2]", "0x", "1..2"}) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(!host_address(name).has_value()); }
  }
}

BOOST_AUTO_TEST_CASE(hosts_in_disguise) {
  BOOST_TEST(seen("http://2852039166/", "ssrf/odd-address"));
  BOOST_TEST(seen("http:0251.0376.0251.0376", "ssrf/odd-address"));
  BOOST_TEST(
      seen("http://\u2460\u2465\u2468.\u2461\u2464\u2463.\u2460\u2465\u2468.\u2461\u2464\u2463/",
           "ssrf/odd-address"));
  BOOST_TEST(seen("http://169\u3002254\u3002169\u3002254/", "ssrf/odd-address"));
  BOOST_TEST(
      seen("irc://\u24DB\u24DE\u24D2\u24D0\u24DB\u24D7\u24DE\u24E2\u24E3", "ssrf/strange-inside"));
  BOOST_TEST(seen("http://google.com@evil.example/", "ssrf/userinfo"));
  BOOST_TEST(seen("http://a.com:80 &@b.com:80# @127.0.0.1/", "ssrf/split"));
  BOOST_TEST(seen("host.docker.internal/", "ssrf/inner-name"));
  BOOST_TEST(seen("gopher://a.example/_x", "ssrf/scheme"));
  BOOST_TEST(seen("unix:AAAA|http://a.example/", "ssrf/unix"));
}

BOOST_AUTO_TEST_CASE(honest_urls) {
  for (const std::string_view text :
       {"https://a.example/x?y=1", "https://myuser:secret@git.example/myrepo.git",
        "https://first.last@git.example/x", "http://[2001:db8::1]/", "https://01.net/category",
        "relay=[127.0.0.1] [127.0.0.1], dsn=4.0.0", "12:30:45 ratio 3:2",
        "store at hdfs://10.10.34.11:9000/x now", "see http://localhost:5000/api there",
        "https://a.example/@user", "mailto://user:pass@example.com?to=x", "a::b:c",
        "http://8.8.8.8/"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(signs_of(text).all().empty()); }
  }
}

BOOST_AUTO_TEST_CASE(urls_that_programs_are_set_up_with) {
  for (const std::string_view text : {"hdfs://10.10.34.11:9000/x", "redis://127.0.0.1:6379",
                                      "postgres://10.0.0.1/db", "http://localhost:5000/"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(seen(text, "ssrf/inside"));
      BOOST_TEST(signs_of(text).all().size() == 1U);
    }
  }
}

BOOST_AUTO_TEST_CASE(lines_that_a_value_adds) {
  BOOST_TEST(line("x\r\nSet-Cookie: a=b", "crlf/header"));
  BOOST_TEST(line("x\rContent-Length: 0", "crlf/header"));
  BOOST_TEST(line("x\\r\\nX-Forwarded-For: 1", "crlf/header"));
  BOOST_TEST(line("x\u560D\u560ABcc: a@b.example", "crlf/header"));
  BOOST_TEST(line("x\nSet-Cookie: a=b", "crlf/header-lf"));
  BOOST_TEST(line("x\r\nLocation: http://a.example", "crlf/header-word"));
  BOOST_TEST(line("a\nGET / HTTP/1.1", "crlf/message"));
  BOOST_TEST(line("\r\nV100 CAPABILITY\r\n", "crlf/command"));
  BOOST_TEST(line("\r\n\r\n", "crlf/blank"));
}

BOOST_AUTO_TEST_CASE(texts_of_lines) {
  for (const std::string_view text :
       {"first line\nsecond: line", "fix: a bug\r\n\r\nSigned-off-by: A <a@b.example>",
        "a\r\nb\r\nc", "N: Phil\nE: beans@bucket.example\nD: Promised",
        "C:\\reports\\new\\subject: x", "\n\n", "\"GET /x HTTP/1.1\" status: 200",
        "HTTP/2 connections are reused"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(lines_of(text).all().empty()); }
  }
  BOOST_TEST(line("Subject: a\r\nBcc: b@c.example\r\nContent-Type: text/plain", "crlf/dump"));
  BOOST_TEST(!line("Subject: a\r\nBcc: b@c.example", "crlf/header"));
}

BOOST_AUTO_TEST_CASE(a_million_of_anything_is_read_once) {
  for (const std::string_view unit :
       {"http://", "http:1", "://", "@", "a@", "http://a@", "[::", "\r\n", "\nGET ", "\\r\\n",
        "X: ", "http://1.", ":/", "\xE5\x98\x8D", "/", "localhost/"}) {
    std::string text;
    while (text.size() < 1U << 20U) text += unit;
    BOOST_TEST_CONTEXT(unit) {
      BOOST_TEST(signs_of(text).all().size() <= Signs::most);
      BOOST_TEST(lines_of(text).all().size() <= Signs::most);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
