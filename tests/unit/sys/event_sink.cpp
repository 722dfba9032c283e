// Where event lines go, and that none of them is waited for.
#include "sys/event_sink.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstring>

#include "scratch.hpp"

namespace data = boost::unit_test::data;

namespace gird::sys {
namespace {

Fd listening_at(const std::string& path, int kind) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size());
  Fd socket(::socket(AF_UNIX, kind | SOCK_CLOEXEC, 0));
  BOOST_REQUIRE(::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  if (kind == SOCK_STREAM) ::listen(socket.get(), 1);
  return socket;
}

BOOST_AUTO_TEST_SUITE(event_sink)

BOOST_AUTO_TEST_CASE(adds_lines_to_a_file) {
  const Scratch scratch;
  const std::string path = scratch.file("log", "old\n");
  auto sink = EventSink::open("file:" + path);
  BOOST_REQUIRE(sink.has_value());
  sink->write("one\n");
  sink->write("two\n");
  BOOST_TEST(text_of(path) == "old\none\ntwo\n");
}

BOOST_AUTO_TEST_CASE(writes_to_a_descriptor_and_leaves_it_open) {
  Pipe pipe = make_pipe().value();
  pipe.write = Fd(::dup(pipe.write.get()));  // as if we had been started with it
  {
    auto sink = EventSink::open("fd:" + std::to_string(pipe.write.get()));
    BOOST_REQUIRE(sink.has_value());
    sink->write("line\n");
  }
  BOOST_TEST(write_all(pipe.write.get(), "ours\n") == 0);
  char buffer[64];
  BOOST_TEST(::read(pipe.read.get(), buffer, sizeof buffer) == 10);
}

BOOST_AUTO_TEST_CASE(takes_no_descriptor_that_is_ours) {
  const Pipe pipe = make_pipe().value();
  const auto sink = EventSink::open("fd:" + std::to_string(pipe.write.get()));
  BOOST_REQUIRE(!sink.has_value());
  BOOST_TEST(sink.error().code == "events-unusable");
}

BOOST_AUTO_TEST_CASE(drops_a_line_rather_than_wait) {
  Pipe pipe = make_pipe().value();
  pipe.write = Fd(::dup(pipe.write.get()));
  auto sink = EventSink::open("fd:" + std::to_string(pipe.write.get()));
  BOOST_REQUIRE(sink.has_value());
  const std::string line = std::string(4095, 'x') + '\n';
  for (int turn = 0; turn < 1000; ++turn) sink->write(line);  // hangs here if it waits
  pipe.write.reset();
  const std::string kept = drained(pipe.read.get());
  BOOST_TEST(kept.size() > 0U);
  BOOST_TEST(kept.size() < 1000 * line.size());
  BOOST_TEST(kept.size() % line.size() == 0U);  // whole lines or none
}

BOOST_AUTO_TEST_CASE(speaks_to_sockets_of_both_kinds) {
  const Scratch scratch;
  for (const int kind : {SOCK_STREAM, SOCK_DGRAM}) {
    const std::string path = scratch.path(kind == SOCK_STREAM ? "stream" : "datagram");
    const Fd server = listening_at(path, kind);
    auto sink = EventSink::open("unix:" + path);
    BOOST_REQUIRE(sink.has_value());
    sink->write("line\n");
    const Fd peer(kind == SOCK_STREAM ? ::accept(server.get(), nullptr, nullptr)
                                      : ::dup(server.get()));
    char buffer[64];
    BOOST_TEST(::read(peer.get(), buffer, sizeof buffer) == 5);
  }
}

const char* const misused[] = {"",       "stdout", "fd:",   "fd:x",   "fd:-1",   "fd:1",
                               "fd:1e3", "file:",  "unix:", "Stderr", "/tmp/log"};

BOOST_DATA_TEST_CASE(refuses_what_is_no_destination, data::make(misused)) {
  const auto sink = EventSink::open(sample);
  BOOST_REQUIRE(!sink.has_value());
  BOOST_TEST((sink.error().fault == Fault::usage));
}

BOOST_AUTO_TEST_CASE(tells_what_cannot_be_opened) {
  const Scratch scratch;
  const Pipe pipe = make_pipe().value();
  const std::string fifo = scratch.path("fifo");
  BOOST_REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  for (const std::string& destination :
       {"fd:" + std::to_string(pipe.read.get()), std::string("fd:1048575"), "file:" + fifo,
        "file:" + scratch.path("none/log"), "unix:" + scratch.path("none"),
        "unix:/" + std::string(200, 'x')}) {
    const auto sink = EventSink::open(destination);
    BOOST_REQUIRE(!sink.has_value());
    BOOST_TEST(sink.error().code == "events-unusable");
    BOOST_TEST((sink.error().fault == Fault::system));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
