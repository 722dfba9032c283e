#include "text/views.hpp"

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdio>

#include "growth.hpp"

using namespace gird;
using text::Coding;
using text::Stretch;
using text::View;
using text::Views;

namespace {

std::string list(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

/// The steps that lead to `wanted`; "-" if no view reads so.
std::string way_to(std::string_view text, std::string_view wanted) {
  Views views;
  for (const View& view : views.of(text)) {
    if (view.text == wanted) return list(view.steps.words());
  }
  return "-";
}

std::size_t views_of(std::string_view text) {
  Views views;
  return views.of(text).size();
}

std::string in_percent(std::string_view text) {
  std::string out;
  for (const char c : text) {
    std::array<char, 4> escape{};
    std::snprintf(escape.data(), escape.size(), "%%%02X", static_cast<unsigned char>(c));
    out += escape.data();
  }
  return out;
}

struct Case {
  std::string_view text;
  std::string_view view;
  std::string_view steps;
};
std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.text; }

using namespace std::literals;

const std::array re_encoded = std::to_array<Case>({
    // Forms of "' or 1=1 -- <b>" and its like, one for each way to write a payload otherwise.
    {"%27%20or%201%3D1", "' or 1=1", "url"},
    {"%2527%2520or%25201%253D1", "' or 1=1", "url url"},
    {"%252527%252520or", "' or", "url url url"},
    {"%3C%62%6F%64%79%3E", "<body>", "url"},
    {"&lt;body onload&#61;x&#x28;&#x29;&gt;", "<body onload=x()>", "html"},
    {"\\u0027\\u0020or\\u00201\\u003d1", "' or 1=1", "unicode"},
    {"\\x27\\x20or\\x201\\x3d1", "' or 1=1", "hex"},
    {"%u0027%u0020or", "' or", "percent-u"},
    {"JyBvciAxPTEgLS0g", "' or 1=1 -- ", "base64"},
    {"Jz4_PDw_Pz8-Pj4", "'>?<<?\?\?>>>", "base64"},
    {"JTI3JTIwb3IlMjAxJTNEMQ%3D%3D", "' or 1=1", "base64 url"},
    {"\uff1cimg src\uff1dx\uff1e", "<img src=x>", "width"},
    {R"({"user": "x' or \"1\"=\"1", "n": 1})", "x' or \"1\"=\"1", "json"},
    {"sel\0ect 1"sv, "select 1", "nul"},
    {"%26%230000039or%26lt%3B", "'or<", "url html"},
    {"1+union+select+2", "1 union select 2", "plus"},
    {"pad %2e%2e/%2e%2e/etc/passwd pad", "pad ../../etc/passwd pad", "url"},
});

const std::array forms = std::to_array<Case>({
    {"%%32%65", "%2e", "url"},
    {"%%32%65", ".", "url url"},
    {"%uff07", "'", "percent-u width"},
    {"&#0000391", "'1", "html"},
    {"&#0000060x", "<x", "html"},
    {"&#x000000000003c;x", "<x", "html"},
    {"&ltx&gt", "<x>", "html"},
    {"&Tab;&NewLine;&colon;&lpar;", "\t\n:(", "html"},
    {"&#150;x", "\u2013x", "html"},
    {"&#x110000;x", "\ufffdx", "html"},
    {"\\u{3c}b\\u{00003E}", "<b>", "unicode"},
    {"\\ud83d\\ude00x", "\U0001F600x", "unicode"},
    {"\\U0000003cb", "<b", "unicode"},
    {"\\074b\\0076", "<b>", "octal"},
    {"%c0%ae%c0%ae%c0%af", "../", "url overlong"},
    {"%e0%80%af%f0%80%80%af%f8%80%80%80%af%fc%80%80%80%80%af", "////", "url overlong"},
    {"%c1%1c%c0%2f", "\\/", "url overlong"},
    {"+ADw-script+AD4-", "<script>", "utf7"},
    {"cwBsAGUAZQBwAA==", "sleep", "base64 nul"},
    {"/JyBvciAxPTEgLS0g/x", "/' or 1=1 -- /x", "base64"},
    {"q=Jzsgd2hvYW1p&x", "q='; whoami&x", "base64"},
    {R"(["a\u0027\u0020or", {"k": ["%3Cb"]}])", "a' or", "json"},
    {R"(["a\u0027\u0020or", {"k": ["%3Cb"]}])", "<b", "json url"},
    {R"("\"><svg/onload=x>")", "\"><svg/onload=x>", "json"},
    {"{\"a\": \"{\\\"b\\\": \\\"\\\\u0027x\\\"}\"}", "'x", "json json"},
    {"\U0001D4C8\U0001D4C1\U0001D4C1\U0001D7D8", "sll0", "width"},
    {"\u24d0\u24b7\ufe64\u212c\ufb03\u2025", "aB<Bffi..", "width"},
    {"\uff1bls", ";ls", "width"},
    {"s\u200bel\u00ade\U000E0041ct", "select", "ignorable"},
    {"%3cimg&#32;src\\x3d\u0000"sv, "<img src=", "url+html+hex+nul"},
    {"a%3D1+or+2", "a=1 or 2", "url plus"},
    {"x ')+or+(1=1 y", "x ') or (1=1 y", "plus"},
});

}  // namespace

BOOST_AUTO_TEST_SUITE(views)

BOOST_DATA_TEST_CASE(a_payload_written_otherwise_is_found, re_encoded, one) {
  BOOST_TEST(way_to(one.text, one.view) == one.steps);
}

BOOST_DATA_TEST_CASE(each_form_of_an_encoding_is_read, forms, one) {
  BOOST_TEST(way_to(one.text, one.view) == one.steps);
}

BOOST_AUTO_TEST_CASE(what_only_looks_encoded_has_no_views) {
  for (const std::string_view text :
       {"", "100% sure, 5% off & more", "AT&T, R&D; Q&A", "?a=1&lt=5&lte=3&order=x",
        "%d of %s, %02d:%05d, \"%10s\"", "C:\\Users\\new\\table, \\1 and \\d+",
        "C++ and 1+1, +49 30 123456, a+b@example.com", "+-----+------+ | [a-z+/]+$ | z+",
        "DataNode PacketResponder blk_38865049064139660 Isabella Circuses Reaktion",
        "/usr/local/share/applications/some-long-name_of.desktop",
        "550e8400-e29b-41d4-a716-446655440000 d41d8cd98f00b204e9800998ecf8427e",
        "\"I'd love to go out with you, but it's 3 o'clock.\"",
        "[error] [client 10.0.0.1] File does not exist: /var/www",
        "\u300c\u4f60\u597d\u300d\uff08\u4e16\u754c\uff09\uff0c\u597d\uff01",
        "caf\u00e9 \u201cquoted\u201d \u2014 \u2026 \u043c\u0438\u0440",
        "{\"a\": 1, \"b\": [true, null, \"plain text\"]}", "+ABC +Abc C+A"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(views_of(text) == 0); }
  }
}

BOOST_AUTO_TEST_CASE(every_round_of_a_nested_encoding_is_a_view) {
  Views views;
  const auto all = views.of("%25252527");
  BOOST_REQUIRE(all.size() == 4);
  BOOST_TEST(all[0].text == "%252527");
  BOOST_TEST(all[3].text == "'");
  BOOST_TEST(all[3].steps.count() == 4);
  BOOST_TEST(all[3].steps.has(Coding::url));
  BOOST_TEST(!all[3].steps.has(Coding::html));
}

BOOST_AUTO_TEST_CASE(there_are_five_rounds) {
  std::string text = "%";
  for (int i = 0; i < 1'000'000; ++i) text += "25";
  text += "27";
  Views views;
  BOOST_TEST(views.of(text).size() <= Views::rounds);
  BOOST_TEST(way_to("%252525252527x", "%27x") == "url url url url url");
  BOOST_TEST(way_to("%252525252527x", "'x") == "-");
}

BOOST_AUTO_TEST_CASE(offsets_lead_back_to_the_text) {
  const std::string_view text = "id=7 %2527&#32;or JyBvciAxPTEgLS0g end";
  Views views;
  const auto all = views.of(text);
  BOOST_REQUIRE(all.size() == 2);
  const View& view = all[1];
  BOOST_TEST(view.text == "id=7 ' or ' or 1=1 --  end");
  const auto raw = [&](std::string_view part) {
    const std::size_t at = view.text.find(part);
    const Stretch where = views.raw(view, {at, at + part.size()});
    return text.substr(where.begin, where.end - where.begin);
  };
  BOOST_TEST(raw("7") == "7");
  BOOST_TEST(raw("'") == "%2527");
  BOOST_TEST(raw("' or") == "%2527&#32;or");
  BOOST_TEST(raw("1=1") == "ciAxPTEg");
  BOOST_TEST(raw("end") == "end");
  BOOST_TEST((views.raw(view, {0, view.text.size()}) == Stretch{0, text.size()}));
  BOOST_TEST((views.raw(view, {5, 5}) == Stretch{5, 5}));
}

BOOST_AUTO_TEST_CASE(offsets_of_a_json_string_are_those_in_the_document) {
  const std::string_view text = R"({"a": "plain", "b": "x\u0027%3Cb>"})";
  Views views;
  const auto all = views.of(text);
  BOOST_REQUIRE(all.size() == 2);
  BOOST_TEST(all[0].text == "x'%3Cb>");
  BOOST_TEST(all[1].text == "x'<b>");
  const Stretch where = views.raw(all[1], {1, 3});
  BOOST_TEST(text.substr(where.begin, where.end - where.begin) == "\\u0027%3C");
}

BOOST_AUTO_TEST_CASE(many_strings_share_the_last_view) {
  std::string text = "[";
  for (int i = 0; i < 50; ++i) text += "\"<" + std::to_string(i) + ">\", ";
  text += "\"'%2527\"]";
  Views views;
  const auto all = views.of(text);
  BOOST_TEST(all[0].text == "<0>");
  BOOST_TEST(all[Views::most_strings - 1].text.starts_with("<7>\n<8>\n"));
  BOOST_TEST(all.back().text.ends_with("<49>\n''"));
  const Stretch where = views.raw(all.back(), {all.back().text.size() - 1, all.back().text.size()});
  BOOST_TEST(text.substr(where.begin, where.end - where.begin) == "%2527");
}

BOOST_AUTO_TEST_CASE(one_object_reads_text_after_text) {
  Views views;
  BOOST_TEST(views.of(std::string(3 << 20, '%') + "27").size() == 1U);
  BOOST_TEST(views.of("%27")[0].text == "'");
  BOOST_TEST(views.of("nothing").empty());
  BOOST_TEST(views.of("&lt;")[0].text == "<");
  BOOST_TEST(views.of("\0\0\0"sv).empty());
}

BOOST_AUTO_TEST_CASE(large_texts_of_one_token_take_time_by_their_size_and_space_within_bounds) {
  for (const std::string_view token : {"%25",     "%",        "%u0025",
                                       "&",       "&#",       "&#0",
                                       "&amp;",   "&a",       "\\",
                                       "\\u0041", "\\u{",     "+",
                                       "a+b",     "+ADw-",    "QUJDREVGR0hJSktM",
                                       "QUJD/",   "A",        "a",
                                       "{\"",     "[",        "\"a'\",",
                                       "\xc0",    "\xc0\xae", "\xe0\x80\xaf",
                                       "\uff1c",  "\u200b",   "\xf3\xa0\x80\x81",
                                       "0",       "=",        "%3D",
                                       "aA1="}) {
    std::string text;
    while (text.size() < 1 << 20) text += token;
    for (const std::string& whole : {text, "[\"" + text + "\"]", "[" + text + "]"}) {
      Views views;
      std::size_t bytes = 0;
      for (const View& view : views.of(whole)) {
        bytes += view.text.size();
        const Stretch all = views.raw(view, {0, view.text.size()});
        BOOST_TEST(all.end <= whole.size());
      }
      BOOST_TEST_CONTEXT(token) { BOOST_TEST(bytes <= 4 * whole.size() + 4096); }
    }
    const double times = growth([&](std::size_t length) { return pumped(token, length); },
                                [](std::string_view repeated) { Views().of(repeated); });
    BOOST_TEST(times < 3, token << " takes " << times << " times as long");
  }
}

BOOST_AUTO_TEST_CASE(a_text_in_percent_five_times_is_read) {
  std::string text = "' or 1=1";
  for (int i = 0; i < 3; ++i) text = in_percent(text);
  BOOST_TEST(way_to(text, "' or 1=1") == "url url url");
}

BOOST_AUTO_TEST_SUITE_END()
