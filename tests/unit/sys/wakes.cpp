// Several descriptors behind one.
#include "sys/wakes.hpp"

#include <fcntl.h>
#include <poll.h>

#include <boost/test/unit_test.hpp>

namespace gird::sys {
namespace {

bool ready(const Wakes& wakes) {
  pollfd probe{wakes.get(), POLLIN, 0};
  return ::poll(&probe, 1, 0) == 1;
}

BOOST_AUTO_TEST_SUITE(wakes)

BOOST_AUTO_TEST_CASE(any_input_wakes) {
  auto wakes = Wakes::open();
  BOOST_TEST_REQUIRE(wakes.has_value());
  auto one = make_pipe();
  auto other = make_pipe();
  BOOST_TEST_REQUIRE((one.has_value() && other.has_value()));
  BOOST_TEST(wakes->add_input(one->read.get()).has_value());
  BOOST_TEST(wakes->add_input(other->read.get()).has_value());
  BOOST_TEST(!ready(*wakes));
  BOOST_TEST(write_all(other->write.get(), "x") == 0);
  BOOST_TEST(ready(*wakes));
}

BOOST_AUTO_TEST_CASE(a_reader_that_goes_wakes) {
  auto wakes = Wakes::open();
  auto pipe = make_pipe();
  BOOST_TEST_REQUIRE((wakes.has_value() && pipe.has_value()));
  BOOST_TEST(wakes->add_reader(pipe->write.get()).has_value());
  BOOST_TEST(!ready(*wakes));
  BOOST_TEST(!reader_gone(pipe->write.get()));
  pipe->read.reset();
  BOOST_TEST(ready(*wakes));
  BOOST_TEST(reader_gone(pipe->write.get()));
}

BOOST_AUTO_TEST_CASE(a_file_has_no_reader_to_wait_for) {
  auto wakes = Wakes::open();
  BOOST_TEST_REQUIRE(wakes.has_value());
  const Fd file(::open(GIRD_SOURCE_DIR "/CMakeLists.txt", O_RDONLY | O_CLOEXEC));
  BOOST_TEST_REQUIRE(file.get() >= 0);
  BOOST_TEST(wakes->add_reader(file.get()).has_value());
  BOOST_TEST(wakes->add_reader(-1).has_value());
  BOOST_TEST(!ready(*wakes));
  BOOST_TEST(!wakes->add_input(-1).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
