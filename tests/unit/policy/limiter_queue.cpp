// The places of a limiter and the queue for them: every history of three processes, and long random
// ones of many.
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/chance.hpp"
#include "policy/limiter.hpp"

namespace gird::policy {
namespace {

using Ask = Limiter::Ask;
using Answer = Limiter::Answer;
using Config = Limiter::Config;
using Hold = Effects::Hold;

constexpr Micros patient = 1'000'000;

/// A process as its store sees it: what it holds.
struct Process {
  std::int64_t ticket = 0;
  [[nodiscard]] bool calls() const { return ticket > 0 && ticket <= Places::last_ticket; }
  [[nodiscard]] bool queues() const { return ticket >= WaitingLine::first_ticket; }
};

Ask ask_for(Ask::What what, const Process& process, Micros patience = 0) {
  Ask ask;
  ask.what = what;
  ask.ticket = process.ticket;
  ask.patience = patience;
  return ask;
}

void carry_out(const Effects& effects, Process& process) {
  if (effects.hold == Hold::take) process.ticket = effects.ticket;
  if (effects.hold == Hold::drop) process.ticket = 0;
}

/// The slow model: who is under way, and who queues in order of arrival.
struct Model {
  std::set<int> calls;
  std::deque<int> queue;

  void forget(int who) {
    calls.erase(who);
    std::erase(queue, who);
  }

  /// Whether `who` gets a place.
  bool take(int who, bool waits, std::size_t places) {
    const bool queues = std::ranges::count(queue, who) > 0;
    const bool next = queues ? queue.front() == who : queue.empty();
    if (next && calls.size() < places) {
      forget(who);
      calls.insert(who);
      return true;
    }
    if (!waits) forget(who);
    if (waits && !queues) queue.push_back(who);
    return false;
  }
};

/// A limiter, its processes and the model, which have to agree.
template <int count>
struct World {
  Limiter::State state;
  std::array<Process, count> processes;
  Model model;

  enum class Act { take, take_now, done, cancel, vanish };

  [[nodiscard]] bool possible(int who, Act act) const {
    const Process& process = processes[static_cast<std::size_t>(who)];
    if (act == Act::take || act == Act::take_now) return !process.calls();
    if (act == Act::done) return process.calls();
    return process.ticket != 0;
  }

  /// Empty, or what went wrong.
  std::string act(int who, Act act, const Config& config) {
    Process& process = processes[static_cast<std::size_t>(who)];
    if (act == Act::take || act == Act::take_now) {
      return take(who, process, act == Act::take ? patient : 0, config);
    }
    Ask ask = ask_for(act == Act::done ? Ask::What::done : Ask::What::cancel, process);
    if (act == Act::vanish) ask = Limiter::vanished(process.ticket);
    const Answer answer = Limiter::step(state, config, ask, 1);
    if (act == Act::vanish) process.ticket = 0;
    carry_out(answer.effects, process);
    model.forget(who);
    if (process.ticket != 0) return "keeps a hold";
    return agrees(answer, config);
  }

  std::string take(int who, Process& process, Micros patience, const Config& config) {
    const Answer answer =
        Limiter::step(state, config, ask_for(Ask::What::take, process, patience), 1);
    carry_out(answer.effects, process);
    const auto places = static_cast<std::size_t>(config.concurrency);
    const bool goes = model.take(who, patience > 0, places);
    if (goes != (answer.what == Answer::What::go)) return "passes somebody by, or is stuck";
    if (goes != process.calls()) return "a call without its hold";
    if ((answer.what == Answer::What::queued) != process.queues())
      return "a place without its hold";
    return agrees(answer, config);
  }

  std::string agrees(const Answer& answer, const Config& config) const {
    if (answer.at_once > config.concurrency) return "too many at once";
    if (answer.at_once != static_cast<std::int64_t>(model.calls.size())) return "a place is lost";
    if (answer.queue != static_cast<std::int64_t>(model.queue.size())) return "the queue is off";
    return {};
  }

  [[nodiscard]] std::string key() const {
    std::string bytes(reinterpret_cast<const char*>(&state.line), sizeof state.line);
    // How often a place was taken before tells no histories apart.
    for (const auto turn : state.places.turns) bytes += turn % 2 == 0 ? '.' : 'x';
    for (const Process& process : processes) {
      bytes += ':' + std::to_string(process.calls() ? process.ticket % 128 : process.ticket);
    }
    for (const int who : model.queue) bytes += ',' + std::to_string(who);
    return bytes;
  }
};

constexpr std::array acts{World<3>::Act::take, World<3>::Act::take_now, World<3>::Act::done,
                          World<3>::Act::cancel, World<3>::Act::vanish};

/// Every state that can be reached in so many steps, each once.
struct Explored {
  std::size_t states = 0;
  std::set<std::string> faults;
};

Explored explore(std::int64_t places, int depth) {
  Config config;
  config.concurrency = places;
  std::set<std::string> seen;
  std::vector<World<3>> edge(1);
  Explored explored;
  for (int step = 0; step < depth; ++step) {
    std::vector<World<3>> next;
    for (const World<3>& world : edge) {
      for (int who = 0; who < 3; ++who) {
        for (const auto act : acts) {
          if (!world.possible(who, act)) continue;
          World<3> after = world;
          const std::string fault = after.act(who, act, config);
          if (!fault.empty()) explored.faults.insert(fault);
          if (seen.insert(after.key()).second) next.push_back(after);
        }
      }
    }
    edge = std::move(next);
  }
  explored.states = seen.size();
  return explored;
}

BOOST_AUTO_TEST_SUITE(policy_limiter_queue)

BOOST_AUTO_TEST_CASE(no_history_of_three_processes_breaks_the_line) {
  for (const std::int64_t places : {1, 2}) {
    const Explored explored = explore(places, 40);
    for (const std::string& fault : explored.faults) BOOST_ERROR(fault);
    BOOST_TEST(explored.states > 800U);
  }
}

BOOST_AUTO_TEST_CASE(the_line_goes_round) {
  Config config;
  config.concurrency = 1;
  World<3> world;
  world.state.line.head = WaitingLine::numbers - 2;
  using Act = World<3>::Act;
  BOOST_TEST(world.act(0, Act::take, config) == "");
  for (int round = 0; round < 2'000; ++round) {
    const int first = round % 3;
    BOOST_REQUIRE(world.act((first + 1) % 3, Act::take, config).empty());
    BOOST_REQUIRE(world.act((first + 2) % 3, Act::take, config).empty());
    BOOST_REQUIRE(world.act(first, Act::done, config).empty());
    BOOST_REQUIRE(world.act((first + 1) % 3, Act::take, config).empty());
    BOOST_REQUIRE(world.processes[static_cast<std::size_t>((first + 1) % 3)].calls());
  }
}

BOOST_AUTO_TEST_CASE(no_place_is_lost_when_many_come_and_go) {
  constexpr int many = 60;
  Chance chance(7);
  for (const std::int64_t places : {1, 4, 30}) {
    Config config;
    config.concurrency = places;
    auto world = std::make_unique<World<many>>();
    std::set<std::string> faults;
    for (int step = 0; step < 200'000; ++step) {
      const auto who = static_cast<int>(chance.bits() % many);
      const auto act = static_cast<World<many>::Act>(chance.bits() % 5);
      if (!world->possible(who, act)) continue;
      // Few leave on purpose, so that the queue grows long.
      if (act != World<many>::Act::take && chance.bits() % 3 != 0) continue;
      const std::string fault = world->act(who, act, config);
      if (!fault.empty()) faults.insert(fault);
    }
    for (const std::string& fault : faults) BOOST_ERROR(fault);
  }
}

BOOST_AUTO_TEST_CASE(the_queue_is_bounded_by_the_holders_there_can_be) {
  Config config;
  config.concurrency = 3;
  Limiter::State state;
  std::size_t holders = 0;
  for (int i = 0; i < 300; ++i) {
    const Answer answer = Limiter::step(state, config, ask_for(Ask::What::take, {}, patient), 1);
    if (answer.what != Answer::What::refused) ++holders;
    BOOST_TEST((answer.what == Answer::What::refused) == (i >= int{Limiter::most_holders}));
  }
  BOOST_TEST(holders == Limiter::most_holders);
}

BOOST_AUTO_TEST_CASE(fewer_places_are_waited_for_and_more_are_used) {
  Config config;
  config.concurrency = 3;
  Limiter::State state;
  std::array<Process, 5> processes;
  for (Process& process : processes) {
    carry_out(Limiter::step(state, config, ask_for(Ask::What::take, process, patient), 1).effects,
              process);
  }
  BOOST_TEST(processes[2].calls());
  BOOST_TEST(processes[3].queues());
  config.concurrency = 1;
  for (std::size_t i = 0; i < 2; ++i) {
    Limiter::step(state, config, ask_for(Ask::What::done, processes[i]), 1);
    const Answer answer =
        Limiter::step(state, config, ask_for(Ask::What::take, processes[3], patient), 1);
    BOOST_TEST((answer.what == Answer::What::queued));
  }
  config.concurrency = 0;
  const Answer answer =
      Limiter::step(state, config, ask_for(Ask::What::take, processes[4], patient), 1);
  BOOST_TEST((answer.what == Answer::What::go));
  BOOST_TEST((answer.effects.hold == Hold::drop));
  BOOST_TEST(answer.queue == 1);
  config.concurrency = 2;
  carry_out(
      Limiter::step(state, config, ask_for(Ask::What::take, processes[3], patient), 1).effects,
      processes[3]);
  BOOST_TEST(processes[3].calls());
}

BOOST_AUTO_TEST_CASE(a_refusal_by_rate_leaves_no_place_taken) {
  Config config;
  config.concurrency = 2;
  config.count = 1;
  Limiter::State state;
  Process first;
  Process second;
  carry_out(Limiter::step(state, config, ask_for(Ask::What::take, first), 1).effects, first);
  const Answer refused = Limiter::step(state, config, ask_for(Ask::What::take, second), 1);
  BOOST_TEST((refused.what == Answer::What::refused));
  BOOST_TEST((refused.cause == Cause::rate));
  BOOST_TEST(refused.at_once == 1);
  BOOST_TEST((refused.effects.hold == Hold::leave));
  const Answer waits = Limiter::step(state, config, ask_for(Ask::What::take, second, patient), 1);
  BOOST_TEST((waits.what == Answer::What::go));
  BOOST_TEST(waits.wait == 1'000'000);
  BOOST_TEST(waits.at_once == 2);
  // Whoever has a place may ask for another call in it; when that is refused, the place goes too.
  const Answer again = Limiter::step(state, config, ask_for(Ask::What::take, first), 1);
  BOOST_TEST((again.what == Answer::What::refused));
  BOOST_TEST((again.effects.hold == Hold::drop));
  BOOST_TEST(again.at_once == 1);
}

BOOST_AUTO_TEST_CASE(a_place_that_vanished_is_told_and_a_result_told_twice_frees_nothing) {
  Config config;
  config.concurrency = 1;
  Limiter::State state;
  Process process;
  carry_out(Limiter::step(state, config, ask_for(Ask::What::take, process), 1).effects, process);
  const Answer vanished = Limiter::step(state, config, Limiter::vanished(process.ticket), 1);
  BOOST_TEST((vanished.effects.notes[0].event == Event::vanished));
  BOOST_TEST(vanished.at_once == 0);
  const Answer late = Limiter::step(state, config, ask_for(Ask::What::done, process), 1);
  BOOST_TEST(late.at_once == 0);
  BOOST_TEST(late.remaining == 1);
  // Nor does it free the place of the next one.
  Process next;
  carry_out(Limiter::step(state, config, ask_for(Ask::What::take, next), 1).effects, next);
  BOOST_TEST(Limiter::step(state, config, ask_for(Ask::What::done, process), 1).at_once == 1);
  BOOST_TEST(Limiter::step(state, config, ask_for(Ask::What::cancel, process), 1).at_once == 1);
  BOOST_TEST(Limiter::step(state, config, ask_for(Ask::What::done, next), 1).at_once == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
