// Stores by their addresses, and the state directory.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "store/memory_store.hpp"
#include "unit/fake_world.hpp"
#include "unit/store/files.hpp"

namespace data = boost::unit_test::data;

namespace gird::store {

namespace {

struct Place {
  const char* name;
  std::map<std::string, std::string, std::less<>> variables;
  const char* directory;       ///< "": none
  const char* root_directory;  ///< where it is another one for root
};

std::ostream& operator<<(std::ostream& out, const Place& each) { return out << each.name; }

const std::vector<Place> places{
    {"GIRD_STATE_DIR goes before all",
     {{"GIRD_STATE_DIR", "/g"}, {"STATE_DIRECTORY", "/s"}, {"HOME", "/h"}},
     "/g",
     "/g"},
    {"GIRD_STATE_DIR must be absolute", {{"GIRD_STATE_DIR", "g"}, {"HOME", "/h"}}, "", ""},
    {"systemd's comes next", {{"STATE_DIRECTORY", "/s"}, {"HOME", "/h"}}, "/s", "/s"},
    {"and may be the first of several", {{"STATE_DIRECTORY", "/s:/t"}}, "/s", "/s"},
    {"XDG's before the one at home",
     {{"XDG_STATE_HOME", "/x"}, {"HOME", "/h"}},
     "/x/gird",
     "/var/lib/gird"},
    {"XDG's is ignored where it is relative",
     {{"XDG_STATE_HOME", "x"}, {"HOME", "/h"}},
     "/h/.local/state/gird",
     "/var/lib/gird"},
    {"home", {{"HOME", "/h"}}, "/h/.local/state/gird", "/var/lib/gird"},
    {"no home", {}, "", "/var/lib/gird"},
    {"a home that is none", {{"HOME", "h"}}, "", "/var/lib/gird"},
};

FakeWorld& with(FakeWorld& world, const Place& place) {
  world.variables = place.variables;
  return world;
}

bool names(const Place& place, std::string_view directory) {
  FakeWorld world;
  const auto found = state_directory(with(world, place));
  if (found) return *found == directory;
  return directory.empty() && found.error().code == "store-unusable" &&
         found.error().hints.size() == 1;
}

BOOST_AUTO_TEST_SUITE(opening)

BOOST_DATA_TEST_CASE(names_the_state_directory, data::make(places), place) {
  BOOST_TEST(names(place, ::geteuid() == 0 ? place.root_directory : place.directory));
  if (::geteuid() != 0) return;
  BOOST_TEST(wait_for(fork_to([&] {
               if (::setresuid(65534, 65534, 65534) != 0) return 77;
               return names(place, place.directory) ? 0 : 1;
             })) == 0);
}

BOOST_AUTO_TEST_CASE(gives_the_store_that_an_address_names) {
  const sys::Scratch scratch;
  FakeWorld world;
  Hold none;
  BOOST_TEST(dynamic_cast<MemoryStore*>(open("memory", world).value().get()) != nullptr);
  const auto by_path = open(scratch.path("a"), world).value();
  BOOST_REQUIRE(by_path->step<Counter>("key", nullptr, {}, none).has_value());
  BOOST_TEST(::access(scratch.path("a/counter/key.cell").c_str(), F_OK) == 0);
  world.variables["GIRD_STATE_DIR"] = scratch.path("b");
  const auto by_default = open("", world).value();
  BOOST_TEST(::access(scratch.path("b").c_str(), F_OK) != 0);
  BOOST_REQUIRE(by_default->step<Counter>("key", nullptr, {}, none).has_value());
  BOOST_TEST(::access(scratch.path("b/counter/key.cell").c_str(), F_OK) == 0);
}

BOOST_AUTO_TEST_CASE(refuses_what_names_none) {
  FakeWorld world;
  for (const char* address :
       {"state", "Memory", "http://host/", "~/state", "sqlite:x", "file:///x"}) {
    const auto opened = open(address, world);
    BOOST_REQUIRE(!opened.has_value());
    BOOST_TEST(opened.error().code == "value-store");
    BOOST_TEST((opened.error().fault == Fault::usage));
  }
  BOOST_TEST(open("state", world).error().hints.at(0) == "--store ./state");
  BOOST_TEST(open("~/state", world).error().hints.at(0) == "--store \"$HOME/state\"");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
