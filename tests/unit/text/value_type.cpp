// Texts held against types.
#include "text/value_type.hpp"

#include <boost/test/unit_test.hpp>

namespace gird::text {
namespace {

/// Whether `value` is one of `type`.
bool is(std::string_view type, std::string_view value) {
  return !ValueType::parse(type).value().judge(value).has_value();
}

using Texts = std::initializer_list<std::string_view>;

void expect(std::string_view type, Texts ones, Texts others) {
  for (const std::string_view text : ones) {
    BOOST_TEST_CONTEXT(type << " " << text) { BOOST_TEST(is(type, text)); }
  }
  for (const std::string_view text : others) {
    BOOST_TEST_CONTEXT(type << " not " << text) { BOOST_TEST(!is(type, text)); }
  }
}

BOOST_AUTO_TEST_SUITE(value_type)

BOOST_AUTO_TEST_CASE(whole_numbers) {
  expect("int", {"0", "-0", "12", "-12", "9223372036854775807", "-9223372036854775808"},
         {"", "-", "+1", "1.0", "1e3", "010", "-01", "0x1f", " 1", "1 ", "1\n",
          "9223372036854775808", "-9223372036854775809", "1_000", "\xd9\xa1"});
  expect("int:1..10", {"1", "10"}, {"0", "11", "-1"});
  expect("int:-5..", {"-5", "99"}, {"-6"});
  expect("int:..7", {"7", "-99"}, {"8"});
}

BOOST_AUTO_TEST_CASE(numbers) {
  expect("float", {"0", "-1.5", "2e10", "1E-3", "1.0e+5", "5e-324", "1e-400"},
         {"", ".5", "5.", "1e", "+1", "nan", "inf", "-Infinity", "0x1p3", "1,5", "1e999", "00.5"});
  expect("float:0..1", {"0", "1", "0.5"}, {"1.01", "-0.5"});
}

BOOST_AUTO_TEST_CASE(truth_values) {
  expect("bool", {"true", "FALSE", "Yes", "no", "on", "off", "1", "0"}, {"", "t", "2", "truee"});
}

BOOST_AUTO_TEST_CASE(days_and_moments) {
  expect("date", {"2024-02-29", "0000-01-01", "9999-12-31"},
         {"2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "24-01-01", "2024-04-31",
          "2024/01/01", "2024-01-01 ", "2024-01-01T00:00:00Z", ""});
  expect("datetime",
         {"2024-02-29T12:00:00Z", "2024-02-29t12:00:00.123z", "2024-02-29 12:00:00+05:30",
          "2016-12-31T23:59:60Z"},
         {"2024-02-29", "2024-02-29T12:00:00", "2024-02-29T24:00:00Z", "2024-02-29T12:60:00Z",
          "2024-02-29T12:00:00.Z", "2024-02-29T12:00:00+0530", "2024-02-30T12:00:00Z",
          "2024-02-29T12:00:00Z;"});
}

BOOST_AUTO_TEST_CASE(addresses_of_hosts) {
  expect("ip", {"127.0.0.1", "::1", "2001:db8::", "::ffff:1.2.3.4"},
         {"", "127.1", "0x7f000001", "2130706433", "127.0.0.01", "256.1.1.1", "1.2.3.4 ",
          "fe80::1%eth0", "[::1]", "1.2.3.4/8", std::string_view("1.2.3.4\0", 8)});
  expect("ipv4", {"1.2.3.4"}, {"::1"});
  expect("ipv6", {"::1"}, {"1.2.3.4"});
  expect("cidr", {"10.0.0.0/8", "0.0.0.0/0", "192.0.2.1/32", "2001:db8::/32", "::/0"},
         {"10.0.0.1/8", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/", "/8",
          "2001:db8::1/64", "10.0.0.0/8x"});
}

BOOST_AUTO_TEST_CASE(names_of_hosts) {
  expect(
      "hostname", {"localhost", "a.example", "3com.com", "xn--bcher-kva.example"},
      {"", "a..b", ".a", "a.", "-a.b", "a-.b", "a_b", "1.2.3.4", "host.1", "b\xc3\xbc.de", "a b"});
  BOOST_TEST(is("hostname", std::string(63, 'a') + ".b"));
  BOOST_TEST(!is("hostname", std::string(64, 'a') + ".b"));
  std::string longest;
  while (longest.size() < 252) longest += "a.";
  BOOST_TEST(is("hostname", longest + "a"));
  BOOST_TEST(!is("hostname", longest + "aa"));
}

BOOST_AUTO_TEST_CASE(mailboxes) {
  expect("email", {"a@b", "first.last+tag@example.org", "o'neil@example.org", "a/b@c.d"},
         {"", "a", "@b", "a@", "a@b@c", "a b@c", "\"a b\"@c", "a@-b", "a@b..c", "a@b_c",
          "a@[1.2.3.4]", "a@b\nBcc: c@d", "a@b,c@d", "<a@b>"});
  BOOST_TEST(!is("email", std::string(65, 'a') + "@b.c"));
}

BOOST_AUTO_TEST_CASE(urls) {
  expect("url",
         {"http://a", "HTTPS://a.example/", "https://a.example:8443/p?q=%20#f", "http://1.2.3.4/",
          "http://[::1]:80/", "http://a./"},
         {"",
          "a",
          "//a",
          "http:a",
          "http://",
          "ftp://a/",
          "javascript://a/%0aalert(1)",
          "http://user@a/",
          "http://a:b@c/",
          "http://a b/",
          "http://a/%zz",
          "http://a/\"",
          "http://a\\b",
          "http://a:99999/",
          "http://a:/",
          "http://a:8x/",
          "http://[::1/",
          "http://[1.2.3.4]/",
          "http://127.1/",
          "http://0x7f.1/",
          "http://a\r\nHost: b",
          "http://\xc3\xa4.de/"});
  expect("url:ftp", {"ftp://a/"}, {"http://a/"});
}

BOOST_AUTO_TEST_CASE(names) {
  expect("identifier", {"a", "_", "a1_B"}, {"", "1a", "a-b", "a b", "\xc3\xa4"});
  expect("filename", {"a", "a.txt", "A_b-1.tar.gz", "a..b"},
         {"", ".", "..", ".bashrc", "-rf", "a/b", "a\\b", "a b", "a:b"});
  BOOST_TEST(is("filename", std::string(255, 'a')));
  BOOST_TEST(!is("filename", std::string(256, 'a')));
  expect("uuid", {"123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"},
         {"", "123e4567e89b12d3a456426614174000", "{123e4567-e89b-12d3-a456-426614174000}",
          "123e4567-e89b-12d3-a456-42661417400g", "123e4567-e89b-12d3-a456-4266141740001"});
}

BOOST_AUTO_TEST_CASE(versions) {
  expect("semver",
         {"0.0.0", "1.2.3", "1.0.0-alpha.1", "1.0.0-0.3.7", "1.0.0-x-y-z.--",
          "1.0.0+20130313144700", "1.0.0-beta+exp.sha.5114f85", "1.0.0-0a"},
         {"", "1", "1.2", "v1.2.3", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "1.2.3-a..b",
          "1.2.3.4", "1.2.3-a_b", "1.2.x"});
}

BOOST_AUTO_TEST_CASE(words_and_patterns) {
  expect("enum:red,green", {"red", "green"}, {"", "Red", "red,green", "re"});
  expect("enum:,none", {"", "none"}, {"x"});
  expect("regex:[a-z]+|7", {"abc", "7"}, {"", "abc7", "abc\n", "1abc"});
  expect("regex:(?m)^a$", {"a"}, {"a\nb", "b\na"});
}

BOOST_AUTO_TEST_CASE(what_is_no_type_is_a_mistake) {
  for (const std::string_view text :
       {"", "inte", "bool:x", "int:", "int:a..b", "int:5..1", "int:5", "int:..", "float:2..1",
        "enum", "enum:", "regex", "regex:(", "regex:a)|(b", "url:HTTP", "url:http,,ftp", "INT"}) {
    BOOST_TEST_CONTEXT(text) {
      const auto type = ValueType::parse(text);
      BOOST_REQUIRE(!type.has_value());
      BOOST_TEST((type.error().fault == Fault::usage));
    }
  }
  BOOST_TEST(ValueType::parse("itn").error().hints.size() == 1U);
}

BOOST_AUTO_TEST_CASE(all_bytes_and_sizes_are_taken) {
  std::string bytes;
  for (int turn = 0; turn < 4096; ++turn) bytes += static_cast<char>(turn * 37 % 256);
  for (const TypeKind& kind : type_kinds()) {
    const std::string spec = std::string(kind.name) + (kind.name == "enum"    ? ":a"
                                                       : kind.name == "regex" ? ":a"
                                                                              : "");
    const ValueType type = ValueType::parse(spec).value();
    for (std::size_t start = 0; start < 256; ++start) {
      for (const std::size_t length : {0UL, 1UL, 2UL, 40UL, 300UL}) {
        const std::string_view text = std::string_view(bytes).substr(start, length);
        BOOST_TEST(type.judge(text).has_value() == type.judge(std::string(text)).has_value());
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::text
