#include "detect/mail.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using gird::detect::Signs;

namespace {

std::string_view seen(std::string_view text) {
  Signs signs;
  gird::detect::mail_signs(text, signs);
  return signs.all().empty() ? std::string_view() : signs.all().front().name;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mail)

BOOST_AUTO_TEST_CASE(commands_behind_line_ends) {
  BOOST_TEST(seen("\r\na001 STATUS INBOX (MESSAGES)") == "mail/imap");
  BOOST_TEST(seen("x\r\nA003 append y") == "mail/imap");
  BOOST_TEST(seen("\r\nRETR 123") == "mail/pop");
  BOOST_TEST(seen("x\nTOP 1 2") == "mail/pop");
  BOOST_TEST(seen("x\nRCPT TO:<a@b.example>") == "mail/smtp");
  BOOST_TEST(seen("\r\nVRFY root") == "mail/smtp");
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_one) {
  for (const std::string_view text :
       {"", "\n", "a001 SELECT INBOX", "x\r\na001 is broken", "x\nselect one", "\r\nTop 10",
        "x\nLIST of 5", "x\nhelo there", "mail from: a friend"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
