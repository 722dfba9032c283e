// TRY hands values on and returns errors.
#include "base/result.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>

namespace gird {
namespace {

Result<std::unique_ptr<int>> made(bool works) {
  if (!works) return misuse("value-integer", "'x'", "not a whole number", {"write 7"});
  return std::make_unique<int>(7);
}

Result<int> used(bool works, bool& reached) {
  const std::unique_ptr<int> value = TRY(made(works));
  reached = true;
  return *value;
}

Result<void> checked(bool works) {
  TRY(made(works));
  return {};
}

BOOST_AUTO_TEST_CASE(a_value_is_moved_out) {
  bool reached = false;
  BOOST_TEST(*used(true, reached) == 7);
  BOOST_TEST(reached);
  BOOST_TEST(checked(true).has_value());
}

BOOST_AUTO_TEST_CASE(an_error_returns_at_once_with_all_it_has) {
  bool reached = false;
  const auto result = used(false, reached);
  BOOST_REQUIRE(!result.has_value());
  BOOST_TEST(!reached);
  BOOST_TEST(result.error().code == "value-integer");
  BOOST_TEST(result.error().what == "'x'");
  BOOST_TEST(result.error().hints.front() == "write 7");
  BOOST_TEST(!checked(false).has_value());
}

}  // namespace
}  // namespace gird
