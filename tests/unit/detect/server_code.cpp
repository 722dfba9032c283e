// PHP, Java, Node.js, Perl and Ruby.
#include <boost/test/unit_test.hpp>
#include <string>

#include "detect/java.hpp"
#include "detect/nodejs.hpp"
#include "detect/php.hpp"
#include "detect/php_words.hpp"
#include "detect/script.hpp"

using namespace gird::detect;
using namespace std::literals;

namespace {

bool sees(auto look, std::string_view text, std::string_view sign) {
  Signs signs;
  look(text, signs);
  return signs.has(sign);
}

std::size_t count(auto look, std::string_view text) {
  Signs signs;
  look(text, signs);
  return signs.all().size();
}

bool php(std::string_view text, std::string_view sign) { return sees(php_signs, text, sign); }
bool java(std::string_view text, std::string_view sign) { return sees(java_signs, text, sign); }
bool node(std::string_view text, std::string_view sign) { return sees(nodejs_signs, text, sign); }

}  // namespace

BOOST_AUTO_TEST_SUITE(server_code)

BOOST_AUTO_TEST_CASE(tags_of_php) {
  BOOST_TEST(php("<?php system('id'); ?>", "php/tag-code"));
  BOOST_TEST(php("<?=$x?>", "php/tag-code"));
  BOOST_TEST(php("<? echo 'x'; ?>", "php/tag-code"));
  BOOST_TEST(php("the <?php tag", "php/tag"));
  BOOST_TEST(php("<?xml :echo 1;", "php/pseudo-tag"));
  BOOST_TEST(count(php_signs, "<?xml version=\"1.0\"?>") == 0U);
  BOOST_TEST(count(php_signs, "<?xpacket end=\"w\"?>") == 0U);
}

BOOST_AUTO_TEST_CASE(calls_of_php) {
  BOOST_TEST(php("x=shell_exec('id')", "php/call-danger"));
  BOOST_TEST(php("('system')('id')", "php/named-call"));
  BOOST_TEST(php("(sy.(st).em)('id');", "php/named-call"));
  BOOST_TEST(php("['system'][0]('id')", "php/named-call"));
  BOOST_TEST(php("[ system ] [ 0 ] ( ls );", "php/named-call"));
  BOOST_TEST(php("$f(1)", "php/variable-call"));
  BOOST_TEST(php("curl_iNit()", "php/call-alone"));
  BOOST_TEST(count(php_signs, "printf(\"error %s\\n\", name);") == 0U);
  BOOST_TEST(count(php_signs, "curl_easy_setopt(curl, CURLOPT_X, y);") == 0U);
  BOOST_TEST(count(php_signs, "$ git reset --hard HEAD~3   (1)") == 0U);
  BOOST_TEST((php_function("passthru") == PhpFunction::danger));
  BOOST_TEST((php_function("no_such") == PhpFunction::none));
}

BOOST_AUTO_TEST_CASE(data_of_php) {
  BOOST_TEST(php("O:8:\"stdClass\":0:{}", "php/object"));
  BOOST_TEST(php("a:1:{i:0;s:1:\"x\";}", "php/array"));
  BOOST_TEST(php("$_GET['c']", "php/superglobal"));
  BOOST_TEST(php("allow_url_include = 1", "php/setting"));
  BOOST_TEST(php("/tmp/sess_abc123def456ghi789jkl", "php/session"));
  BOOST_TEST(count(php_signs, "GMT:O:1 at 12:30:45") == 0U);
}

BOOST_AUTO_TEST_CASE(classes_and_streams_of_java) {
  BOOST_TEST(java("rO0ABXNyABc", "java/serialised"));
  BOOST_TEST(java("\xAC\xED\x00\x05sr"sv, "java/serialised"));
  BOOST_TEST(java("Runtime.getRuntime().exec('id')", "java/ognl") == false);
  BOOST_TEST(java("java.lang.Runtime.getRuntime().exec('id')", "java/runtime"));
  BOOST_TEST(java("new ProcessBuilder('id').start()", "java/runtime"));
  BOOST_TEST(java("class.module.classLoader.resources.context", "java/ognl"));
  BOOST_TEST(java("@java.lang.Runtime@getRuntime()", "java/ognl"));
  BOOST_TEST(java("com.sun.rowset.JdbcRowSetImpl", "java/gadget"));
  BOOST_TEST(java("<x>java.io.File</x>", "java/class"));
  BOOST_TEST(java("see java.io.File there", "java/class-within"));
  BOOST_TEST(count(java_signs, "session 0x0 due to java.io.IOException: not running") == 0U);
  BOOST_TEST(count(java_signs, "17/06/09 INFO rdd.HadoopRDD: Input split") == 0U);
}

BOOST_AUTO_TEST_CASE(prototypes_and_modules_of_node) {
  BOOST_TEST(node("{\"__proto__\": {\"x\":1}}", "nodejs/prototype"));
  BOOST_TEST(node("__proto__[x]=1", "nodejs/prototype"));
  BOOST_TEST(node("constructor.prototype.x=1", "nodejs/prototype"));
  BOOST_TEST(node("require('child_process').exec('id')", "nodejs/child-process"));
  BOOST_TEST(node("process.mainModule.require('x')", "nodejs/module"));
  BOOST_TEST(node("while(!0);", "nodejs/endless"));
  BOOST_TEST(node("{\"a\":\"$7:x:prototype\"}", "nodejs/flight"));
  BOOST_TEST(node("_$$ND_FUNC$$_function(){}", "nodejs/serialised"));
  BOOST_TEST(count(nodejs_signs, "const { exec } = require('node:child_process');") == 0U);
  BOOST_TEST(count(nodejs_signs, "process.mainModule will be undefined") == 0U);
  BOOST_TEST(count(nodejs_signs, "while (1) {") == 0U);
  BOOST_TEST(count(nodejs_signs, "a row constructor, as described") == 0U);
}

BOOST_AUTO_TEST_CASE(lists_of_perl_and_calls_of_ruby) {
  BOOST_TEST(sees(script_signs, "@{[system 'id']}", "script/perl-run"));
  BOOST_TEST(sees(script_signs, "@{   [   uc 'x'   ]   }", "script/perl-list"));
  BOOST_TEST(sees(script_signs, "Kernel.exec(\"ls\")", "script/ruby-run"));
  BOOST_TEST(count(script_signs, "user@example.com [x] (y) process.exit(1)") == 0U);
}

BOOST_AUTO_TEST_CASE(a_million_of_anything_is_read_once) {
  for (const std::string_view unit :
       {"(",        "<?",        "[0]",   "$_",    "a:1:",         "O:1:\"", "f(",
        "@{[",      "__proto__", "java.", "a.b",   "constructor.", "\"$1",   "while(",
        "process[", "/*",        "'('",   "sess_", "rO0A",         "x.y.",   "Kernel.exec("}) {
    std::string text;
    while (text.size() < 1U << 20U) text += unit;
    BOOST_TEST_CONTEXT(unit) {
      BOOST_TEST(count(php_signs, text) <= Signs::most);
      BOOST_TEST(count(java_signs, text) <= Signs::most);
      BOOST_TEST(count(nodejs_signs, text) <= Signs::most);
      BOOST_TEST(count(script_signs, text) <= Signs::most);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
