#include "detect/html.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "detect/html_lexer.hpp"
#include "detect/html_value.hpp"
#include "detect/html_words.hpp"

using namespace gird::detect;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  html_signs(text, signs);
  return signs;
}

bool shows(std::string_view sign, std::string_view text) { return signs_of(text).has(sign); }

/// Names and values of the attributes behind a tag's name, as "name=value;".
std::string attributes_of(std::string_view text) {
  std::string all;
  Attributes attributes(text, 0);
  for (Attribute one; attributes.next(one);) {
    all += std::string(one.name) + (one.valued ? "=" + std::string(one.value) : "") + ";";
  }
  return all;
}

std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  while (text.size() < size) text += unit;
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(html)

BOOST_AUTO_TEST_CASE(attributes_are_split_by_blanks_slashes_and_form_feeds) {
  BOOST_TEST(attributes_of(" a=1 b = '2'/c\f=\t\"3\" d>e=4") == "a=1;b=2;c=3;d;");
  BOOST_TEST(attributes_of("/src=x/onerror=y>") == "src=x/onerror=y;");
  BOOST_TEST(attributes_of(" \"\"\"><b>") == "\"\"\";");
  BOOST_TEST(attributes_of(" =a=b>") == "=a=b;");
  BOOST_TEST(attributes_of(" a='1") == "a=1;");
  BOOST_TEST(attributes_of(" a=") == "a=;");
  BOOST_TEST(attributes_of("") == "");
}

BOOST_AUTO_TEST_CASE(a_handler_is_found_among_junk) {
  BOOST_TEST(handler_in("onload!#$%&()*~+-_.,:;?@[") == "onload");
  BOOST_TEST(handler_in("\x0bonerror") == "onerror");
  BOOST_TEST(handler_in("data-only") == "");
  BOOST_TEST(handler_in("button") == "");
  BOOST_TEST(handler_in("on") == "");
  BOOST_TEST(handler_in("v-on:click") == "");
}

BOOST_AUTO_TEST_CASE(handlers_of_the_standard_are_known_and_settings_are_not) {
  for (const std::string_view name : {"onclick", "onbeforetoggle", "onpointerrawupdate",
                                      "onwebkitanimationend", "onpropertychange", "onbegin"}) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(is_handler(name)); }
  }
  for (const std::string_view name : {"online", "once", "only", "onset", "onto", "one"}) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(!is_handler(name)); }
  }
}

BOOST_AUTO_TEST_CASE(addresses_are_read_without_blanks_controls_and_entities) {
  for (const std::string_view value :
       {"javascript:x", " \x01java\tscr\nipt:x", "jav&#x0A;ascript&colon;x", "&#106&#97vascript:x",
        "JaVaScRiPt&#0000058x", "vbscript:x", "0;url=javascript:x", "0; URL='javascript:x'"}) {
    BOOST_TEST_CONTEXT(value) { BOOST_TEST((address_kind(value) == Address::script)); }
  }
  for (const std::string_view value : {"http://a/javascript:", "/javascript", "", "&", "&#", "&#x;",
                                       "javascript", "0;url=/next", "a=javascript:x"}) {
    BOOST_TEST_CONTEXT(value) { BOOST_TEST((address_kind(value) == Address::other)); }
  }
  BOOST_TEST((address_kind("data:text/html,x") == Address::document));
  BOOST_TEST((address_kind("data:image/svg+xml,x") == Address::image));
  BOOST_TEST((address_kind("data:image/png;base64,x") == Address::other));
}

BOOST_AUTO_TEST_CASE(sheets_are_read_without_comments_and_escapes) {
  for (const std::string_view css :
       {"x:expression(1)", "x:exp/**/ression(1)", "x:e\\78pression(1)", "x:\\000065xpression(1)",
        "-moz-binding:url(a)", "behavior: url(a)", "background:url( 'javascript:x')",
        "background:u&#x72;l(javascript&colon;x)"}) {
    BOOST_TEST_CONTEXT(css) { BOOST_TEST((sheet_kind(css) == Sheet::runs)); }
  }
  BOOST_TEST((sheet_kind("background:url(a.png)") == Sheet::loads));
  BOOST_TEST((sheet_kind("@import 'a.css'") == Sheet::loads));
  BOOST_TEST((sheet_kind("a:'b[c];d'") == Sheet::odd));
  BOOST_TEST((sheet_kind("{template}") == Sheet::plain));
  BOOST_TEST((sheet_kind("max-width:100%;color:red") == Sheet::plain));
  BOOST_TEST((sheet_kind("x:/*") == Sheet::plain));
  BOOST_TEST((sheet_kind("x:\\") == Sheet::plain));
}

BOOST_AUTO_TEST_CASE(hosts_in_disguise_are_told_from_addresses) {
  for (const std::string_view url :
       {"http://1113982867/", "http://0x42.0x66.7.9", "https://0102.1.2.3/"}) {
    BOOST_TEST_CONTEXT(url) { BOOST_TEST(has_numeric_host(url)); }
  }
  for (const std::string_view url :
       {"http://192.0.2.1/", "http://0.example/", "http://7/", "1113982867"}) {
    BOOST_TEST_CONTEXT(url) { BOOST_TEST(!has_numeric_host(url)); }
  }
}

BOOST_AUTO_TEST_CASE(each_start_state_is_seen) {
  BOOST_TEST(shows("html/handler", "<img src=x onerror=alert(1)>"));          // data
  BOOST_TEST(shows("html/injected", "\" onfocus=alert(1) autofocus x=\""));   // double quoted
  BOOST_TEST(shows("html/injected", "' onfocus=alert(1) autofocus x='"));     // single quoted
  BOOST_TEST(shows("html/injected-bare", "x onerror=alert(1)"));              // unquoted
  BOOST_TEST(shows("html/handler", "</title><img src=x onerror=alert(1)>"));  // raw text
  BOOST_TEST(shows("html/script-end", "</script>"));                          // script
  BOOST_TEST(shows("html/handler", "--><img src=x onerror=alert(1)>"));       // comment
  BOOST_TEST(shows("html/injected-address", "x\" href=\"javascript:alert(1)"));
  BOOST_TEST(shows("html/style-runs", "x\" style=\"a:expression(b)"));
}

// Shapes that passed sanitizers because they read the page once more from its tree.
BOOST_AUTO_TEST_CASE(dompurify_478_nested_foreign_content_with_a_hidden_tag) {
  BOOST_TEST(shows("html/handler",
                   "<form><math><mtext></form><form><mglyph><style></math>"
                   "<img src onerror=alert(1)>"));
  BOOST_TEST(shows("html/stray", "<math><mtext><mglyph><style>"));
}
BOOST_AUTO_TEST_CASE(dompurify_482_svg_style_with_a_tag_in_an_attribute) {
  const std::string_view text = "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">";
  BOOST_TEST(shows("html/mutation", text));
  BOOST_TEST(shows("html/handler", text));
}
BOOST_AUTO_TEST_CASE(dompurify_495_math_annotation_with_a_comment_in_a_title) {
  const std::string_view text =
      "<math><annotation-xml encoding=\"text/html\"><p title=\"--><img src onerror=alert(1)>\">";
  BOOST_TEST(shows("html/handler", text));
  BOOST_TEST(shows("html/mutation", "<p title=\"--><img>\">"));
}
BOOST_AUTO_TEST_CASE(dompurify_943_tags_in_a_processing_instruction) {
  BOOST_TEST(shows("html/handler", "<?xml-stylesheet > <img src=x onerror=\"alert(1)\"> ?>"));
}
BOOST_AUTO_TEST_CASE(cve_2026_0540_raw_text_ended_in_a_value) {
  for (const std::string_view name : {"noscript", "xmp", "noembed", "noframes", "iframe"}) {
    const std::string text = "<" + std::string(name) + "><a title=\"</" + std::string(name) +
                             "><img src=x onerror=y>\">";
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(shows("html/mutation", text));
      BOOST_TEST(shows("html/handler", text));
    }
  }
}
BOOST_AUTO_TEST_CASE(dompurify_3_2_3_a_bogus_comment) {
  BOOST_TEST(shows("html/handler", "<! <img src=x onerror=alert(1)> >"));
  BOOST_TEST(shows("html/handler", "<!--><img src=x onerror=alert(1)>-->"));
  BOOST_TEST(shows("html/handler", "<![CDATA[<img src=x onerror=alert(1)>]]>"));
  BOOST_TEST(shows("html/handler", "<!--[if IE]><img src=x onerror=alert(1)><![endif]-->"));
}

BOOST_AUTO_TEST_CASE(animations_and_prefixes) {
  BOOST_TEST(shows("html/animate", "<svg><a><animate attributeName=href values=javascript:x />"));
  BOOST_TEST(shows("html/script-address", "<animate attributeName=href values=javascript:x />"));
  BOOST_TEST(shows("html/script-prefixed", "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>"));
  BOOST_TEST(shows("html/use", "<svg><use xlink:href='data:image/svg+xml,x#y'/>"));
}

BOOST_AUTO_TEST_CASE(words_that_tags_or_blanks_divide) {
  BOOST_TEST(shows("html/split", "o<x>nerror=alert(1)"));
  BOOST_TEST(shows("html/split", "<scr<script>ipt>alert(1)"));
  BOOST_TEST(shows("html/spaced", "< / script >"));
  BOOST_TEST(shows("html/spaced", "<f o r m"));
  BOOST_TEST(!shows("html/split", "H<sub>2</sub>O is water"));
}

BOOST_AUTO_TEST_CASE(honest_markup_has_no_sign) {
  for (const std::string_view text :
       {"<b>bold</b> and <i>italic</i><br>", "<p class=\"x\">1 < 2</p>",
        "<a href=\"https://example.org/?a=1&amp;b=2\">link</a>",
        "<img src=\"a.png\" style=\"max-width:100%;\" alt=\"x\">", "<code>a &lt; b</code>",
        "options <Object> The options", "<name@example.org>", "List<String> x = y;",
        "a <- b; c -> d", "<https://example.org>", "online=true once=2", "if (a<b && c>d) {}",
        "<text x=\"1\" y=\"2\" fill=\"rgb(0,0,0)\">CASCADE</text>", "&lt;p&gt; &#39;",
        "#include <stdio.h>", "git log --author=<name>", "<!-- a comment -->",
        "price <100> or <none>", "<<EOF"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(signs_of(text).all().size() == 0U); }
  }
}

// False positives that users of libinjection reported.
BOOST_AUTO_TEST_CASE(libinjection_11_51_120_accept_headers_and_passwords) {
  for (const std::string_view text : {"image/*;q=0.8", "!@#", "a!@#", "TEST 0001 - (09/07/2025)"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(signs_of(text).all().size() == 0U); }
  }
}

BOOST_AUTO_TEST_CASE(tags_that_are_talked_about_are_a_mention) {
  for (const std::string_view text : {"the `<script>` tag", "use a <script> element",
                                      "both <script> and <style> tags: see below"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(shows("html/mention", text));
      BOOST_TEST(!shows("html/script-code", text));
      BOOST_TEST(!shows("html/script", text));
    }
  }
  BOOST_TEST(shows("html/script-code", "see <script> var x=alert(1)"));
}

BOOST_AUTO_TEST_CASE(signs_tell_where_they_were_seen) {
  const std::string_view text = "hello <img src=x onerror=alert(1)>";
  const Signs signs = signs_of(text);
  BOOST_REQUIRE(signs.has("html/handler"));
  for (const Sign& sign : signs.all()) {
    BOOST_TEST(sign.where.begin < sign.where.end);
    BOOST_TEST(sign.where.end <= text.size());
  }
}

BOOST_AUTO_TEST_CASE(every_byte_and_every_cut_is_read) {
  const std::string whole =
      "x\" style=\"a:e\\78pression(b)\" onx=y <!--[if]><svg/onload='&#x61;'><scr<script>ipt "
      "src=\"data:text/html,\"></style>--></title></textarea>]]>\xbcscript\xbe &#0060; < s t y l e";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    Signs signs;
    html_signs(std::string_view(whole).substr(0, size), signs);
    html_signs(std::string_view(whole).substr(size), signs);
    for (const Sign& sign : signs.all()) BOOST_TEST(sign.where.begin <= sign.where.end);
  }
  for (int c = 0; c < 256; ++c) {
    const std::string pair = {'<', static_cast<char>(c)};
    signs_of(pair);
    signs_of(pair + "=\"" + static_cast<char>(c));
  }
}

// A mebibyte of each in well under a second; a second reading per byte would take minutes.
BOOST_AUTO_TEST_CASE(repeated_starts_take_linear_time) {
  for (const std::string_view unit :
       {"<",        "<a",        "<a ",         "<a b=\"",   "<a b='<c d=\"",
        "<script>", "<style>",   "<style>x:/*", "</script>", "onload=",
        "=",        "\"",        "&#0",         "&#x",       "<!--",
        "< ",       "o<b>",      "<a b=<",      "style=\"",  "href='x\" ",
        "-->",      "\xbc/",     "<a on",       "url(",      "&lt",
        "(",        "<style a='"}) {
    const std::string text = repeated(unit, 1U << 20U);
    BOOST_TEST_CONTEXT(unit) { BOOST_TEST(signs_of(text).all().size() <= Signs::most); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
