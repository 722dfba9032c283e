#include "detect/template.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "detect/template_words.hpp"

using gird::detect::Signs;
using gird::detect::template_word;
using gird::detect::TemplateWord;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  gird::detect::template_signs(text, signs);
  return signs;
}

bool seen(std::string_view text, std::string_view sign) { return signs_of(text).has(sign); }

std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  while (text.size() < size) text += unit;
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(templates)

BOOST_AUTO_TEST_CASE(arithmetic_on_literals_is_a_probe) {
  for (const std::string_view text : {"{{7*7}}", "{{ 7 * '7' }}", "${6*6}", "#{7*7}",
                                      "<%= 7 * 7 %>", "a{{1337*1338}}b", "${{7*7}}", "{{3*3}}\n"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text, "template/probe")); }
  }
  BOOST_TEST(seen("@(1+2)", "template/probe-within"));
  BOOST_TEST(seen("{{2*2}}[[3*3]]", "template/probe"));
  BOOST_TEST(!seen("{{ a*b }}", "template/probe"));
  BOOST_TEST(!seen("{{1,2,3},{4,5}}", "template/probe"));
  BOOST_TEST(!seen("{{2024-01-02}}", "template/walk"));
}

BOOST_AUTO_TEST_CASE(walks_to_classes) {
  BOOST_TEST(seen("{{''.__class__.__mro__[2].__subclasses__()}}", "template/walk"));
  BOOST_TEST(seen("${''.getClass().forName('x').newInstance()}", "template/walk"));
  BOOST_TEST(seen("${T(java.lang.Runtime).getRuntime().exec('id')}", "template/walk"));
  BOOST_TEST(seen("{{request.__class__}}", "template/step"));
  BOOST_TEST(seen("<#assign c=a.class.protectionDomain.classLoader>", "template/walk"));
  BOOST_TEST(seen("{{request|attr([a,b]|join)}}", "template/step"));
  BOOST_TEST(seen("x.__init__.__globals__", "template/dunder-chain"));
  BOOST_TEST(signs_of("cls = self.__class__").all().empty());
}

BOOST_AUTO_TEST_CASE(calls_that_run_something) {
  BOOST_TEST(seen("${\"freemarker.template.utility.Execute\"?new()(\"id\")}", "template/run"));
  BOOST_TEST(seen("{{['id']|filter('system')}}", "template/filter"));
  BOOST_TEST(seen("{{[0]|reduce('system','id')}}", "template/filter"));
  BOOST_TEST(seen("<%= File.read(system('x')) %>", "template/call"));
  BOOST_TEST(seen("<%=(`id`)%>", "template/call"));
  BOOST_TEST(seen("${x.os.system('id')}", "template/call-within"));
  BOOST_TEST(seen(repeated("word ", 600) + "${x.os.system('id')}", "template/call-quoted"));
  BOOST_TEST(seen("${new File('/x').text}", "template/resource"));
}

BOOST_AUTO_TEST_CASE(objects_of_the_engine) {
  BOOST_TEST(seen("{{_self.env.setCache('x')}}", "template/engine"));
  BOOST_TEST(seen("{$smarty.version}", "template/engine"));
  BOOST_TEST(seen("{{self}}", "template/object"));
  BOOST_TEST(seen("{{config.items()}}", "template/object"));
  BOOST_TEST(seen("{{this.pop}}", "template/object-change"));
  BOOST_TEST(seen("{{'a'.toUpperCase()}} would be A", "template/literal-call"));
  BOOST_TEST(seen("{{ a.toUpper() }}", "template/method"));
  BOOST_TEST(seen("${{<%[%'\"}}%\\.", "template/polyglot"));
}

BOOST_AUTO_TEST_CASE(tags) {
  BOOST_TEST(seen("{% debug %}", "template/statement"));
  BOOST_TEST(seen("{{#with x}}", "template/statement"));
  BOOST_TEST(seen("<%= x %>", "template/server-tag"));
  BOOST_TEST(!seen("### `{% if %}` outside", "template/statement"));
}

BOOST_AUTO_TEST_CASE(placeholders_are_at_most_expressions) {
  for (const std::string_view text : {"{{ user.name }}",
                                      "${HOME}",
                                      "https://a.example/users{/other_user}",
                                      "{ \"a\": {} }",
                                      "{\"a\":{\"b\":1}}",
                                      "${{ secrets.TOKEN }}",
                                      "key: ${{ runner.os }}-x",
                                      "[[ $a == b ]]",
                                      "{{1,2,3},{4,5,6}}",
                                      "@(a|b)",
                                      "${x:-y}",
                                      "${#a[@]}",
                                      "`${a.b()} is ${c}`",
                                      "a < b % c",
                                      "#{name}",
                                      "run: ctest -C ${{env.BUILD_TYPE}}",
                                      "${{ hashFiles('**/x.lock') }}",
                                      "kubectl rollout status deployment/${NAME}",
                                      "{{ _('Use it') }}",
                                      "*bold* [link](x)",
                                      "def __init__(self):",
                                      "100% of {x}"}) {
    BOOST_TEST_CONTEXT(text) {
      for (const auto& sign : signs_of(text).all()) {
        BOOST_TEST(sign.name == "template/expression");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(words_are_known_in_lower_case) {
  BOOST_TEST((template_word("getclass") == TemplateWord::walk));
  BOOST_TEST((template_word("popen") == TemplateWord::run));
  BOOST_TEST((template_word("lipsum") == TemplateWord::engine));
  BOOST_TEST((template_word("title") == TemplateWord::other));
  BOOST_TEST((template_word("") == TemplateWord::other));
}

BOOST_AUTO_TEST_CASE(a_million_of_anything_is_read_once) {
  for (const std::string_view unit : {"{", "{{", "${", "}", "<%", "[[", "__", "@(", "__class__.",
                                      "{{a}}", "#", "{{'a'", "{php}", "(", "${{"}) {
    BOOST_TEST_CONTEXT(unit) {
      BOOST_TEST(signs_of(repeated(unit, 1U << 20U)).all().size() <= Signs::most);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
