// Tap and replay: bytes on their way past us.
#include <poll.h>
#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <thread>

#include "scratch.hpp"
#include "sys/replay.hpp"
#include "sys/tap.hpp"

namespace gird::sys {
namespace {

/// Lets the pump turn as a runner would, until `done`.
template <typename Done>
bool turns_until(Pump& pump, Done done) {
  return becomes([&] {
    std::vector<pollfd> list;
    pump.watch(list);
    ::poll(list.data(), list.size(), 10);
    BOOST_REQUIRE(pump.turn().has_value());
    return done();
  });
}

BOOST_AUTO_TEST_SUITE(tap)

BOOST_AUTO_TEST_CASE(shows_and_passes_on_the_same_bytes) {
  Pipe target = make_pipe().value();
  std::string seen;
  Tap tap(target.write.get(), [&](std::string_view bytes) { seen += bytes; });
  Fd child(::dup(tap.next().value()));
  tap.started();
  std::string sent;
  while (sent.size() < 500'000) sent += std::to_string(sent.size()) + '\n';
  std::thread writer([&] {
    write_all(child.get(), sent);
    child.reset();
  });
  std::string arrived;
  std::thread reader([&] { arrived = drained(target.read.get()); });
  BOOST_TEST(turns_until(tap, [&] { return seen.size() == sent.size(); }));
  writer.join();
  BOOST_TEST(tap.finish().has_value());
  target.write.reset();
  reader.join();
  BOOST_TEST((seen == sent));
  BOOST_TEST((arrived == sent));
}

BOOST_AUTO_TEST_CASE(takes_what_is_there_when_the_child_has_ended) {
  Pipe target = make_pipe().value();
  std::string seen;
  Tap tap(target.write.get(), [&](std::string_view bytes) { seen += bytes; });
  const Fd background(::dup(tap.next().value()));  // somebody holds it open for ever
  tap.started();
  write_all(background.get(), "last words\n");
  BOOST_TEST(tap.finish().has_value());
  target.write.reset();
  BOOST_TEST(seen == "last words\n");
  BOOST_TEST(drained(target.read.get()) == "last words\n");
}

BOOST_AUTO_TEST_CASE(does_not_stand_still_when_the_target_is_full) {
  Pipe target = make_pipe().value();
  never_block(target.write.get());
  while (::write(target.write.get(), "xxxxxxxx", 8) > 0) {
  }
  Tap tap(target.write.get(), [](std::string_view) {});
  const Fd child(::dup(tap.next().value()));
  tap.started();
  write_all(child.get(), "waits");
  BOOST_TEST(tap.turn().has_value());  // the test hangs here if it blocks
  std::vector<pollfd> list;
  tap.watch(list);
  BOOST_REQUIRE(list.size() == 1U);
  BOOST_TEST(list[0].fd == target.write.get());
  BOOST_TEST(list[0].events == POLLOUT);
}

BOOST_AUTO_TEST_CASE(sees_on_where_nobody_reads) {
  Pipe target = make_pipe().value();
  target.read.reset();
  void (*before)(int) = ::signal(SIGPIPE, SIG_IGN);
  std::string seen;
  Tap tap(target.write.get(), [&](std::string_view bytes) { seen += bytes; });
  Fd child(::dup(tap.next().value()));
  tap.started();
  for (const std::string_view word : {"one ", "two ", "three"}) {
    write_all(child.get(), word);
    BOOST_TEST(tap.turn().has_value());
  }
  child.reset();
  BOOST_TEST(tap.finish().has_value());
  ::signal(SIGPIPE, before);
  BOOST_TEST(seen == "one two three");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(replay)

BOOST_AUTO_TEST_CASE(opens_a_file_anew_where_it_stood) {
  const Scratch scratch;
  const Fd file(::open(scratch.file("in", "gone;kept").c_str(), O_RDONLY | O_CLOEXEC));
  ::lseek(file.get(), 5, SEEK_SET);
  const Instead input(0, file.get());
  Replay replay;
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const int number = replay.next().value();
    replay.started();
    BOOST_TEST(drained(number) == "kept");
    BOOST_TEST(replay.finish().has_value());
  }
  BOOST_TEST(::lseek(0, 0, SEEK_CUR) == 5);
  replay.settle();
  BOOST_TEST(::lseek(0, 0, SEEK_CUR) == 9);
}

/// What an attempt gets that reads `most` bytes and then closes its input.
std::string attempt(Replay& replay, std::size_t most) {
  Fd child(::dup(replay.next().value()));
  replay.started();
  never_block(child.get());
  std::string got;
  char buffer[4096];
  const bool done = turns_until(replay, [&] {
    while (got.size() < most) {
      const ssize_t count = ::read(child.get(), buffer, std::min(sizeof buffer, most - got.size()));
      if (count < 0) return false;
      if (count == 0) return true;
      got.append(buffer, static_cast<std::size_t>(count));
    }
    return true;
  });
  BOOST_TEST(done);
  child.reset();
  BOOST_TEST(replay.turn().has_value());
  BOOST_TEST(replay.finish().has_value());
  return got;
}

BOOST_AUTO_TEST_CASE(gives_a_pipe_again_however_far_it_was_read) {
  std::string sent;
  while (sent.size() < 400'000) sent += std::to_string(sent.size()) + '\n';
  Pipe pipe = make_pipe().value();
  std::thread writer([&] {
    write_all(pipe.write.get(), sent);
    pipe.write.reset();
  });
  {
    const Instead input(0, pipe.read.get());
    void (*before)(int) = ::signal(SIGPIPE, SIG_IGN);
    Replay replay;
    BOOST_TEST(attempt(replay, 0).empty());
    BOOST_TEST((attempt(replay, 10) == sent.substr(0, 10)));
    BOOST_TEST((attempt(replay, 150'000) == sent.substr(0, 150'000)));
    BOOST_TEST((attempt(replay, sent.size() + 1) == sent));
    BOOST_TEST((attempt(replay, sent.size() + 1) == sent));
    ::signal(SIGPIPE, before);
  }
  writer.join();
}

BOOST_AUTO_TEST_CASE(of_nothing_is_nothing) {
  Pipe pipe = make_pipe().value();
  pipe.write.reset();
  const Instead input(0, pipe.read.get());
  Replay replay;
  BOOST_TEST(attempt(replay, 1).empty());
  BOOST_TEST(attempt(replay, 1).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
