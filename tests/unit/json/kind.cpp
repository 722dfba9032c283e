// The names of repairs.
#include "json/kind.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

namespace gird::json {

BOOST_AUTO_TEST_SUITE(json_kind)

BOOST_AUTO_TEST_CASE(every_kind_is_found_by_its_own_name_alone) {
  std::set<std::string_view> names;
  for (const KindFacts& facts : all_kinds()) {
    BOOST_TEST(names.insert(facts.name).second, facts.name);
    BOOST_TEST((kind_named(facts.name) == facts.kind), facts.name);
    BOOST_TEST((facts_of(facts.kind).name == facts.name), facts.name);
  }
  BOOST_TEST(!kind_named("Trailing-Comma"));
  BOOST_TEST(!kind_named(""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
