#include "detect/nosql.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "seen.hpp"

using gird::detect::Signs;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  gird::detect::nosql_signs(text, signs);
  return signs;
}

bool seen(std::string_view text, std::string_view sign) { return signs_of(text).has(sign); }
bool clean(std::string_view text) { return signs_of(text).all().empty(); }

/// Whether time is linear in the length of texts of each.
void read_repeated(std::initializer_list<std::string_view> units) {
  for (const std::string_view unit : units) {
    BOOST_TEST(gird::detect::growth_of(gird::detect::nosql_signs, unit) < 3, unit);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(nosql)

BOOST_AUTO_TEST_CASE(operators_as_keys) {
  BOOST_TEST(seen(R"({"user": {"$ne": null}})", "nosql/operator-key"));
  BOOST_TEST(seen(R"({"$where" : "1"})", "nosql/operator-key"));
  BOOST_TEST(seen("login[$nin][]=a&pass[$ne]=b", "nosql/operator-field"));
  BOOST_TEST(seen("true, $where: '1 == 1'", "nosql/operator-name"));
  BOOST_TEST(seen("', $or: [ {}, { 'a':'a", "nosql/operator-name"));
}

BOOST_AUTO_TEST_CASE(dollars_of_others) {
  for (const std::string_view text :
       {R"({"$ref": "#/a", "$schema": "b", "$id": "c", "$comment": "d"})", "costs $5, or $in total",
        "${x[$i]}", R"({"$existsor": 1})", "$HOME/$USER", "a $ne b"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(clean(text)); }
  }
}

BOOST_AUTO_TEST_CASE(scripts_behind_a_quote) {
  BOOST_TEST(seen("' && this.password.match(/.*/)//", "nosql/this-condition"));
  BOOST_TEST(seen("';sleep(5000);'", "nosql/sleep"));
  BOOST_TEST(seen("';db.users.remove({});'", "nosql/database-call"));
  BOOST_TEST(seen("0;do{n = new Date();}while(n-d<10000)", "nosql/time-loop"));
  BOOST_TEST(clean("it's on this.page && that.page"));
  BOOST_TEST(clean("sleep(5000);"));
  BOOST_TEST(clean("mydb.users.find()"));
}

BOOST_AUTO_TEST_CASE(a_mebibyte_of_anything_is_read_in_linear_time) {
  read_repeated({"$", "'this.", "'&&this.", "db.", "db.a.find(", ";db.a.find(", "do{", "do{Date(",
                 "';sleep(1", "sleep(", "[$ne", "\"$ne\" ", "{$ne ", " "});
}

BOOST_AUTO_TEST_SUITE_END()
