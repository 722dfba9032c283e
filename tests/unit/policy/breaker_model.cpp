// Three processes and a breaker: everything that they can do to it, to the end.
//
// Breadth first over all interleavings of admissions, successes, failures, deaths and time. Times
// count relative to now and epochs only as current or not, so that the states are finite and the
// search ends by itself: what holds here holds at any depth.
#include <algorithm>
#include <array>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <deque>
#include <set>
#include <vector>

#include "policy/breaker_rig.hpp"

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;

struct Process {
  std::int64_t ticket = 0;  ///< 0: idle
  bool probe = false;
  std::int64_t epoch = 0;  ///< when it was admitted
};

struct World {
  Breaker::State state;
  Micros now = 1'000;
  std::array<Process, 3> processes;
};

enum class Deed : std::uint8_t { admit_lucky, admit_unlucky, succeed, fail, die, wait };
constexpr std::array deeds{Deed::admit_lucky, Deed::admit_unlucky, Deed::succeed, Deed::fail,
                           Deed::die};

bool in_flight_as_probe(const World& world, const Process& process) {
  return process.ticket != 0 && process.probe && process.epoch == world.state.epoch;
}

using Key = std::vector<std::int64_t>;

/// What of a world decides its future.
Key key_of(const World& world, const Breaker::Config& config) {
  const auto& state = world.state;
  const Micros age = std::min<Micros>(world.now - state.since, 9);
  const Micros left =
      state.mode == Mode::open ? std::max<Micros>(state.open_until - world.now, -1) : 0;
  const auto counts =
      config.failure_rate > 0 ? state.window.counts(world.now) : OutcomeWindow::Counts{};
  Key key{static_cast<std::int64_t>(state.mode),
          age,
          left,
          state.open_for,
          std::min<std::int64_t>(state.failures, config.failure_threshold),
          state.successes,
          state.share,
          counts.calls,
          config.failure_rate > 0 ? state.window.at : 0,
          config.failure_rate > 0 ? state.window.ring[0] : 0};
  std::array<std::int64_t, 3> each{};
  for (std::size_t i = 0; i < each.size(); ++i) {
    const Process& process = world.processes[i];
    const bool current = process.epoch == state.epoch;
    each[i] = process.ticket == 0 ? 0 : 1 + (process.probe ? 2 : 0) + (current ? 1 : 0);
  }
  std::ranges::sort(each);  // which process is which does not matter
  key.insert(key.end(), each.begin(), each.end());
  return key;
}

class Search {
 public:
  explicit Search(const Breaker::Config& config) : config_(config) {
    World first;
    first.state.since = first.now;  // as the first step would have it
    visit(first);
  }

  void run() {
    while (!waiting_.empty()) {
      const World world = waiting_.front();
      waiting_.pop_front();
      check(world);
      for (std::size_t who = 0; who < world.processes.size(); ++who) {
        for (const Deed deed : deeds) follow(world, who, deed);
      }
      follow(world, 0, Deed::wait);
    }
  }

  [[nodiscard]] std::size_t states() const { return seen_.size(); }
  [[nodiscard]] std::size_t broken() const { return broken_; }
  [[nodiscard]] const std::set<Mode>& modes() const { return modes_; }

 private:
  void visit(const World& world) {
    if (seen_.insert(key_of(world, config_)).second) waiting_.push_back(world);
  }

  void require(bool holds, const char* what) {
    if (holds) return;
    if (++broken_ < 5) BOOST_TEST_ERROR(what);
  }

  Breaker::Answer ask(World& world, What what, double chance, const Process& process,
                      Result result = Result::success) {
    Breaker::Ask asked;
    asked.what = what;
    asked.chance = chance;
    asked.ticket = process.ticket;
    asked.result = result;
    return Breaker::step(world.state, config_, asked, world.now);
  }

  void follow(World world, std::size_t who, Deed deed) {
    Process& process = world.processes[who];
    const bool admits = deed == Deed::admit_lucky || deed == Deed::admit_unlucky;
    if (deed == Deed::wait) {
      ++world.now;
    } else if (admits) {
      if (process.ticket != 0) return;
      admit(world, process, deed == Deed::admit_lucky ? 0 : 0.99);
    } else {
      if (process.ticket == 0) return;
      end(world, process, deed);
    }
    visit(world);
  }

  void admit(World& world, Process& process, double chance) {
    const World before = world;
    const auto answer = ask(world, What::admit, chance, process);
    check_change(before, world, answer);
    if (before.state.mode == Mode::open) {
      require(answer.allowed == (before.now >= before.state.open_until), "open refuses in time");
    }
    require(answer.allowed || answer.effects.hold == Hold::leave, "no hold without admission");
    require(before.state.mode != Mode::closed || before.state.share < 100 || answer.allowed,
            "closed lets through");
    if (answer.allowed) {
      process = {answer.effects.ticket, answer.probe, world.state.epoch};
    }
  }

  void end(World& world, Process& process, Deed deed) {
    const World before = world;
    const bool current = process.epoch == world.state.epoch;
    const auto answer =
        deed == Deed::die
            ? Breaker::step(world.state, config_, Breaker::vanished(process.ticket), world.now)
            : ask(world, What::record, 0.5, process,
                  deed == Deed::fail ? Result::failure : Result::success);
    check_change(before, world, answer);
    require(told(answer, Event::late) == !current, "late when of another epoch");
    require(current || world.state.epoch == before.state.epoch, "what is late changes nothing");
    if (current && process.probe) {
      require((deed == Deed::fail) == (world.state.mode == Mode::open), "a failed probe opens it");
      require(deed != Deed::die || world.state.mode == Mode::half_open, "a dead one does not");
    }
    process = {};
  }

  void check_change(const World& before, const World& after, const Breaker::Answer& answer) {
    const bool changed = before.state.mode != after.state.mode;
    require(after.state.epoch == before.state.epoch + (changed ? 1 : 0), "an epoch for each mode");
    const bool half_opened = changed && after.state.mode == Mode::half_open;
    require(!half_opened || before.state.mode == Mode::open, "half-open comes after open");
    require(told(answer, Event::half_opened) == half_opened, "half-open once in each epoch");
    const bool opened = changed && after.state.mode == Mode::open;
    require(told(answer, Event::opened) == opened, "opening is noted");
  }

  void check(const World& world) {
    modes_.insert(world.state.mode);
    const auto probes = std::ranges::count_if(
        world.processes, [&](const Process& each) { return in_flight_as_probe(world, each); });
    const auto held = std::ranges::count_if(world.processes,
                                            [](const Process& each) { return each.ticket != 0; });
    require(world.state.probes == probes, "probes are counted");
    require(probes <= config_.half_open_permits, "no more probes than permits");
    require(world.state.held == held, "holds are counted");
    Breaker::State mended = world.state;
    Breaker::mend(mended, config_, world.now);
    require(key_of({mended, world.now, world.processes}, config_) == key_of(world, config_) &&
                mended.probe_tickets == world.state.probe_tickets,
            "what is whole needs no mending");
    recovers(world);
  }

  /// Those who are under way die, and then time and successes must close it.
  void recovers(World world) {
    for (Process& process : world.processes) {
      if (process.ticket == 0) continue;
      Breaker::step(world.state, config_, Breaker::vanished(process.ticket), world.now);
      process = {};
    }
    for (int i = 0; i < 4 && world.state.mode != Mode::closed; ++i) {
      world.now += config_.open_max;
      Process process;
      const auto admitted = ask(world, What::admit, 0, process);
      require(admitted.allowed, "after its time somebody passes");
      process.ticket = admitted.effects.ticket;
      ask(world, What::record, 0, process);
    }
    require(world.state.mode == Mode::closed, "time and successes close it");
  }

  Breaker::Config config_;
  std::set<Key> seen_;
  std::set<Mode> modes_;
  std::deque<World> waiting_;
  std::size_t broken_ = 0;
};

struct Small {
  const char* what;
  Breaker::Config config;
};

std::ostream& operator<<(std::ostream& out, const Small& small) { return out << small.what; }

constexpr Breaker::Config small_config{.failure_threshold = 2,
                                       .failure_rate = 0,
                                       .open_for = 2,
                                       .open_max = 4,
                                       .open_factor = 2,
                                       .open_jitter = 0,
                                       .success_threshold = 2};

Breaker::Config with(auto&& change) {
  Breaker::Config config = small_config;
  change(config);
  return config;
}

const std::vector<Small> smalls{
    {"one permit", small_config},
    {"two permits", with([](auto& config) { config.half_open_permits = 2; })},
    {"three permits, one success", with([](auto& config) {
       config.half_open_permits = 3;
       config.success_threshold = 1;
     })},
    {"a ramp", with([](auto& config) {
       config.ramp = true;
       config.open_for = 6;
       config.open_max = 8;
     })},
    {"by rate", with([](auto& config) {
       config.failure_threshold = 0;
       config.failure_rate = 0.5;
       config.window_calls = 4;
       config.min_calls = 3;
       config.half_open_permits = 2;
     })},
};

BOOST_AUTO_TEST_SUITE(policy_breaker_model)

BOOST_DATA_TEST_CASE(whatever_three_processes_do_it_keeps_its_promises, data::make(smalls), small) {
  Search search(small.config);
  search.run();
  BOOST_TEST_MESSAGE(small.what << ": " << search.states() << " states");
  BOOST_TEST(search.broken() == 0U);
  BOOST_TEST(search.states() > 500U);
  BOOST_TEST((search.modes() == std::set{Mode::closed, Mode::open, Mode::half_open}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
