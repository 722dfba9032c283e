// Many processes on one cell: what they do to it, how they die, how they find each other.
#include <poll.h>
#include <sched.h>
#include <sys/inotify.h>

#include <boost/test/unit_test.hpp>
#include <csignal>

#include "store/byte_lock.hpp"
#include "unit/store/files.hpp"

namespace gird::store {
namespace {

/// A child that takes a hold, says so, and waits to be killed.
class Holder {
 public:
  Holder(const std::string& directory, std::int64_t ticket) {
    sys::Pipe ready = sys::make_pipe().value();
    pid_ = fork_to([&] {
      FileStore store(directory);
      Hold hold;
      if (!store.step<Counter>("key", nullptr, {What::take, ticket}, hold)) return 1;
      sys::write_all(ready.write.get(), hold ? "y" : "n");
      while (true) ::pause();
    });
    ready.write.reset();
    char said = 0;
    holds = ::read(ready.read.get(), &said, 1) == 1 && said == 'y';
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  ~Holder() { kill(); }
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    wait_for(std::exchange(pid_, 0));
  }
  [[nodiscard]] pid_t pid() const { return pid_; }

  bool holds = false;

 private:
  pid_t pid_ = 0;
};

bool readable(const Changes& changes) {
  pollfd ready{changes.descriptor(), POLLIN, 0};
  return ::poll(&ready, 1, 0) == 1;
}

bool put(const char* path, std::string_view text) {
  const sys::Fd file(::open(path, O_WRONLY | O_CLOEXEC));
  return sys::write_all(file.get(), text) == 0;
}

/// In a child whose user may have no inotify instance: what `work` returns, 77 where users cannot
/// be limited so.
template <class Work>
int without_inotify(Work work) {
  const std::string same_user = "0 " + std::to_string(::geteuid()) + " 1";
  return wait_for(fork_to([&] {
    if (::unshare(CLONE_NEWUSER) != 0 || !put("/proc/self/uid_map", same_user)) return 77;
    if (!put("/proc/sys/user/max_inotify_instances", "0")) return 77;
    return ::inotify_init1(IN_CLOEXEC) < 0 ? work() : 77;
  }));
}

boost::test_tools::assertion_result can_be_without_inotify(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result can(without_inotify([] { return 0; }) == 0);
  can.message() << "the inotify instances of a user cannot be limited here";
  return can;
}

BOOST_FIXTURE_TEST_SUITE(shared, Files)

BOOST_AUTO_TEST_CASE(no_step_is_lost) {
  constexpr int processes = 8;
  constexpr int steps = 2000;
  std::vector<pid_t> children;
  for (int i = 0; i < processes; ++i) {
    children.push_back(fork_to([&] {
      FileStore own(directory, {present, std::chrono::minutes(1)});
      for (int step = 0; step < steps; ++step) {
        if (!own.step<Counter>("key", nullptr, {}, none)) return 1;
      }
      return 0;
    }));
  }
  for (const pid_t child : children) BOOST_TEST(wait_for(child) == 0);
  BOOST_TEST(look().state.count == processes * steps);
}

BOOST_AUTO_TEST_CASE(processes_that_make_a_cell_at_once_make_one) {
  for (int round = 0; round < 30; ++round) {
    std::filesystem::remove_all(directory);
    sys::Pipe start = sys::make_pipe().value();
    std::vector<pid_t> children;
    for (int i = 0; i < 6; ++i) {
      children.push_back(fork_to([&] {
        start.write.reset();
        char byte = 0;
        static_cast<void>(::read(start.read.get(), &byte, 1) < 0);
        FileStore own(directory);
        return own.step<Counter>("key", nullptr, {}, none) && own.complaints().empty() ? 0 : 1;
      }));
    }
    start.write.reset();
    for (const pid_t child : children) BOOST_TEST_REQUIRE(wait_for(child) == 0);
    FileStore fresh(directory);
    BOOST_TEST_REQUIRE(fresh.look<Counter>("key").value().value().state.count == 6);
  }
}

BOOST_AUTO_TEST_CASE(steps_and_removals_at_once_lose_nothing_but_what_was_removed) {
  ask();
  const pid_t remover = fork_to([&] {
    FileStore own(directory);
    int removed = 0;
    for (int i = 0; i < 500; ++i) {
      const auto done = own.remove(kind_of<Counter>(), "key", {});
      if (!done) return 200;
      removed += *done ? 1 : 0;
    }
    return removed > 0 ? 0 : 1;
  });
  // Each step either finds what the one before left, or starts afresh.
  std::int64_t last = 1;
  bool consistent = true;
  int status = 0;
  while (::waitpid(remover, &status, WNOHANG) == 0) {
    const std::int64_t count = ask().count;
    consistent = consistent && (count == last + 1 || count == 1);
    last = count;
  }
  BOOST_TEST(consistent);
  BOOST_TEST(status == 0);
  BOOST_TEST(store.complaints().empty());
}

BOOST_AUTO_TEST_CASE(processes_that_find_a_damaged_cell_at_once_set_it_aside_once) {
  for (int round = 0; round < 30; ++round) {
    ask();
    scratch.file("state/counter/key.cell", std::string(4096, 'x'), 0600);
    std::vector<pid_t> children;
    for (int i = 0; i < 6; ++i) {
      children.push_back(fork_to([&] {
        FileStore own(directory);
        if (!own.step<Counter>("key", nullptr, {}, none)) return 100;
        return static_cast<int>(own.complaints().size());
      }));
    }
    int complaints = 0;
    for (const pid_t child : children) complaints += wait_for(child);
    BOOST_TEST_REQUIRE(complaints == 1);
    BOOST_TEST_REQUIRE(look().state.count == 6);
  }
}

BOOST_AUTO_TEST_CASE(a_killed_holder_is_gone_at_once) {
  for (int round = 0; round < 20; ++round) {
    Holder holder(directory, 100 + round);
    BOOST_TEST_REQUIRE(holder.holds);
    BOOST_TEST_REQUIRE(ask(What::peek).vanished == round);
    BOOST_TEST_REQUIRE(look().holders.size() == 1U);
    BOOST_TEST_REQUIRE(look().holders[0].pid == holder.pid());
    holder.kill();
    BOOST_TEST_REQUIRE(look().holders.empty());
    BOOST_TEST_REQUIRE(ask(What::peek).vanished == round + 1);
    BOOST_TEST_REQUIRE(look().state.last_vanished == 100 + round);
  }
}

BOOST_AUTO_TEST_CASE(holders_have_places_of_their_own) {
  std::vector<std::unique_ptr<Holder>> holders;
  for (std::size_t i = 0; i < Counter::most_holders; ++i) {
    holders.push_back(std::make_unique<Holder>(directory, static_cast<std::int64_t>(i)));
    BOOST_TEST(holders.back()->holds);
  }
  Hold hold;
  ask(hold, What::take, 50);
  BOOST_TEST(!static_cast<bool>(hold));
  holders[5]->kill();
  ask(hold, What::take, 51);
  BOOST_TEST(static_cast<bool>(hold));
  BOOST_TEST(look().state.vanished == 1);
  BOOST_TEST(look().state.last_vanished == 5);
  BOOST_TEST(look().holders.size() == Counter::most_holders);
}

BOOST_AUTO_TEST_CASE(a_hold_is_not_kept_by_a_program_that_its_holder_started) {
  sys::Pipe told = sys::make_pipe().value();
  const pid_t holder = fork_to([&]() -> int {
    Hold hold;
    ask(hold, What::take, 1);
    sys::Pipe started = sys::make_pipe().value();
    const pid_t program = ::fork();
    if (program == 0) {
      ::execlp("sleep", "sleep", "1000", nullptr);
      ::_exit(99);
    }
    started.write.reset();
    sys::drained(started.read.get());  // ends when exec closes the other end
    static_cast<void>(::write(told.write.get(), &program, sizeof program) < 0);
    while (true) ::pause();
  });
  pid_t program = 0;
  BOOST_REQUIRE(::read(told.read.get(), &program, sizeof program) == sizeof program);
  BOOST_TEST(ask(What::peek).vanished == 0);
  ::kill(holder, SIGKILL);
  wait_for(holder);
  BOOST_TEST(::kill(program, 0) == 0);
  BOOST_TEST(ask(What::peek).vanished == 1);
  ::kill(program, SIGKILL);
}

BOOST_AUTO_TEST_CASE(a_lock_that_is_not_let_go_is_not_waited_for_for_ever) {
  ask();
  // The signals that the runner blocks while a job runs, and the one the wait is cut short by.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  ::sigprocmask(SIG_BLOCK, &all, &before);
  const sys::Fd other(::open(path().c_str(), O_RDWR | O_CLOEXEC));
  BOOST_REQUIRE(try_lock(other.get(), 0, 1) == 0);
  FileStore hasty(directory, {present, std::chrono::milliseconds(20)});
  const auto stepped = hasty.step<Counter>("key", nullptr, {}, none);
  const auto patient = try_ask();
  sigset_t after;
  ::sigprocmask(SIG_SETMASK, &before, &after);
  for (const auto* each : {&stepped, &patient}) {
    BOOST_REQUIRE(!each->has_value());
    BOOST_TEST(each->error().code == "store-busy");
    BOOST_TEST(each->error().what == "lock " + path());
  }
  BOOST_TEST(stepped.error().why == "others kept it for 20ms");
  BOOST_TEST(::sigismember(&after, SIGRTMAX) == 1);
  BOOST_TEST(look().state.count == 1);
  unlock(other.get(), 0, 1);
  BOOST_TEST(ask().count == 2);
}

BOOST_AUTO_TEST_CASE(a_stopped_process_leaves_the_others_an_answer) {
  ask();
  sys::Pipe ready = sys::make_pipe().value();
  const pid_t child = fork_to([&] {
    const sys::Fd file(::open(path().c_str(), O_RDWR | O_CLOEXEC));
    if (try_lock(file.get(), 0, 1) != 0) return 1;
    sys::write_all(ready.write.get(), "y");
    while (true) ::pause();
  });
  char said = 0;
  BOOST_REQUIRE(::read(ready.read.get(), &said, 1) == 1);
  BOOST_TEST(try_ask().error().code == "store-busy");
  ::kill(child, SIGKILL);
  wait_for(child);
  BOOST_TEST(ask().count == 2);
}

BOOST_AUTO_TEST_CASE(those_who_wait_for_long_say_so_and_the_others_give_way) {
  ask();
  const auto header = [&] {
    Header header;
    std::memcpy(&header, sys::text_of(path()).data(), sizeof header);
    return header;
  };
  BOOST_TEST(header().waiting == 0U);
  const sys::Fd other(::open(path().c_str(), O_RDWR | O_CLOEXEC));
  BOOST_REQUIRE(try_lock(other.get(), 0, 1) == 0);
  const policy::Micros before = present().running;
  BOOST_TEST(try_ask().error().code == "store-busy");
  BOOST_TEST(header().valid());
  BOOST_TEST(header().waiting >= waiting_since(before));
  unlock(other.get(), 0, 1);
  BOOST_TEST(ask().count == 2);
  const Header said{.waiting = 5000};
  BOOST_TEST(somebody_waits(said, 5'000'000));
  BOOST_TEST(somebody_waits(said, 5'009'999));
  BOOST_TEST(!somebody_waits(said, 5'010'000));
  BOOST_TEST(!somebody_waits(said, 4'999'000));
}

BOOST_AUTO_TEST_CASE(those_who_watch_a_cell_are_woken_by_it_alone) {
  ask();
  const auto changes = store.changes(kind_of<Counter>(), "key").value();
  BOOST_TEST(!readable(*changes));
  BOOST_REQUIRE(store.step<Counter>("other", nullptr, {}, none).has_value());
  const auto of_others = changes->take().value();
  BOOST_TEST(of_others.empty());
  ask();
  BOOST_TEST(readable(*changes));
  const std::vector<std::string> wanted{"key"};
  BOOST_TEST(changes->take().value() == wanted, boost::test_tools::per_element());
  BOOST_TEST(!readable(*changes));
}

BOOST_AUTO_TEST_CASE(those_who_watch_are_woken_by_a_killed_holder) {
  Holder holder(directory, 1);
  const auto changes = store.changes(kind_of<Counter>(), "key").value();
  BOOST_TEST(!readable(*changes));
  holder.kill();
  BOOST_TEST(readable(*changes));
  BOOST_TEST(changes->take().value().size() == 1);
}

BOOST_AUTO_TEST_CASE(those_who_watch_see_the_cell_made_and_made_again) {
  const auto changes = store.changes(kind_of<Counter>(), "key").value();
  BOOST_TEST(!readable(*changes));
  for (int round = 0; round < 3; ++round) {
    ask();
    BOOST_TEST(changes->take().value().size() == 1);
    ask();
    BOOST_TEST(changes->take().value().size() == 1, "round " << round);
    BOOST_TEST(store.remove(kind_of<Counter>(), "key", {}).value());
    BOOST_TEST(changes->take().value().size() == 1);
  }
}

BOOST_AUTO_TEST_CASE(those_who_watch_all_cells_are_told_which) {
  const auto changes = store.changes(kind_of<Counter>(), "").value();
  ask();
  BOOST_REQUIRE(store.step<Counter>("other", nullptr, {}, none).has_value());
  ask();
  const std::vector<std::string> wanted{"key", "other"};
  BOOST_TEST(changes->take().value() == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(those_who_watch_wake_all_the_same_when_there_is_no_inotify_to_be_had,
                     *boost::unit_test::precondition(can_be_without_inotify)) {
  BOOST_TEST(without_inotify([&] {
               const auto changes = store.changes(kind_of<Counter>(), "key");
               if (!changes) return 1;
               pollfd ready{(*changes)->descriptor(), POLLIN, 0};
               if (::poll(&ready, 1, 30'000) != 1) return 2;
               const auto keys = (*changes)->take();
               return keys && keys->size() == 1 && keys->front().empty() ? 0 : 3;
             }) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
