// References resolved against a base.
#include "json/uri.hpp"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace gird::json {
namespace {

struct Case {
  std::string_view reference, resolved;
};
std::ostream& operator<<(std::ostream& out, const Case& row) { return out << row.reference; }

// Source: RFC 3986, section 5.4, against http://a/b/c/d;p?q.
constexpr std::array<Case, 19> cases{{{"g:h", "g:h"},
                                      {"g", "http://a/b/c/g"},
                                      {"./g", "http://a/b/c/g"},
                                      {"g/", "http://a/b/c/g/"},
                                      {"/g", "http://a/g"},
                                      {"//g", "http://g"},
                                      {"?y", "http://a/b/c/d;p?y"},
                                      {"g?y", "http://a/b/c/g?y"},
                                      {"", "http://a/b/c/d;p?q"},
                                      {".", "http://a/b/c/"},
                                      {"./", "http://a/b/c/"},
                                      {"..", "http://a/b/"},
                                      {"../g", "http://a/b/g"},
                                      {"../..", "http://a/"},
                                      {"../../g", "http://a/g"},
                                      {"../../../g", "http://a/g"},
                                      {"/./g", "http://a/g"},
                                      {"g..", "http://a/b/c/g.."},
                                      {"./g/.", "http://a/b/c/g/"}}};

}  // namespace

BOOST_AUTO_TEST_SUITE(json_uri)

BOOST_DATA_TEST_CASE(are_resolved_as_the_rfc_shows, cases, row) {
  BOOST_TEST(resolved_uri("http://a/b/c/d;p?q", row.reference) == row.resolved);
}

BOOST_AUTO_TEST_CASE(stand_for_themselves_without_a_base) {
  BOOST_TEST(resolved_uri("", "item.json") == "item.json");
  BOOST_TEST(resolved_uri("item.json", "other.json") == "other.json");
  BOOST_TEST(resolved_uri("urn:uuid:1", "") == "urn:uuid:1");
}

BOOST_AUTO_TEST_CASE(lose_fragments_and_percent_signs) {
  BOOST_TEST(split_fragment("a#b").address == "a");
  BOOST_TEST(split_fragment("a#b").fragment == "b");
  BOOST_TEST(split_fragment("a").fragment.empty());
  BOOST_TEST(percent_decoded("a%25b%2Fc%zz%") == "a%b/c%zz%");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
