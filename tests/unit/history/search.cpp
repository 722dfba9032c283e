// The judge of histories, tried with histories of which the verdict is known.
#include "history/search.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

#include "history/log.hpp"
#include "sys/scratch.hpp"

namespace gird::history {
namespace {

/// A number that grows, and answers with what it was.
struct Tally {
  struct Config {};
  struct State {
    std::int64_t sum = 0;
    static void each(auto& self, auto&& visit) { visit("sum", self.sum); }
  };
  struct Ask {
    std::int64_t amount = 0;  ///< 0 reads
  };
  struct Answer {
    std::int64_t was = 0;
    static void each(auto& self, auto&& visit) { visit("was", self.was); }
  };
  static Answer step(State& state, const Config&, const Ask& ask, policy::Micros) {
    return {std::exchange(state.sum, state.sum + ask.amount)};
  }
};

using Lines = std::vector<Line<Tally>>;
const Tally::Config config;

/// What a process that asked from `begin` to `end` writes down: `amount` was added to `was`.
Line<Tally> line(std::int64_t begin, std::int64_t end, std::int64_t amount, std::int64_t was) {
  Line<Tally> line{.invoked = begin, .returned = end, .certain = true, .ask = {amount}};
  line.answer = digest_of(Tally::Answer{was});
  return line;
}

Line<Tally> in_turn(std::int64_t sequence, Line<Tally> line) {
  line.sequence = sequence;
  return line;
}

/// The process was killed inside of it.
Line<Tally> killed(Line<Tally> line) {
  line.certain = false;
  line.returned = never;
  return line;
}

/// Everything wrong with the logs; empty: nothing.
std::string verdict(std::vector<Lines> logs, std::optional<std::int64_t> sum = {},
                    std::int64_t steps = 0) {
  std::vector<Search<Tally>::Log> views;
  for (Lines& log : logs) {
    std::int64_t call = 0;
    for (Line<Tally>& line : log) {
      if (line.call == 0) line.call = ++call;
    }
    views.emplace_back(log);
  }
  std::optional<Search<Tally>::End> end;
  if (sum) end = Search<Tally>::End{steps, digest_of(Tally::State{*sum})};
  Search<Tally> search(config, views, end);
  return search.accepts() ? "" : search.why_not();
}

bool tells(const std::string& verdict, std::string_view part) {
  return verdict.find(part) != std::string::npos;
}

BOOST_AUTO_TEST_SUITE(history_search)

BOOST_AUTO_TEST_CASE(calls_one_after_the_other_are_a_history) {
  BOOST_TEST(verdict({}) == "");
  BOOST_TEST(verdict({{line(1, 2, 5, 0), line(3, 4, 0, 5)}}) == "");
  BOOST_TEST(verdict({{line(1, 2, 5, 0)}, {line(3, 4, 0, 5)}}) == "");
}

BOOST_AUTO_TEST_CASE(calls_at_once_may_be_told_in_any_order) {
  // The read saw the second of two that overlap it.
  BOOST_TEST(verdict({{line(1, 9, 5, 3)}, {line(1, 9, 3, 0)}, {line(1, 9, 0, 3)}}) == "");
  BOOST_TEST(verdict({{line(1, 9, 5, 0)}, {line(1, 9, 3, 5)}, {line(1, 9, 0, 8)}}) == "");
}

BOOST_AUTO_TEST_CASE(a_stale_read_is_rejected) {
  BOOST_TEST(tells(verdict({{line(1, 2, 5, 0)}, {line(3, 4, 0, 0)}}), "answered otherwise"));
  BOOST_TEST(tells(verdict({{line(1, 2, 5, 0)}, {line(3, 4, 3, 5), line(5, 6, 0, 5)}}),
                   "answered otherwise"));
  // At the same time as the change it would have been right.
  BOOST_TEST(verdict({{line(1, 4, 5, 0)}, {line(3, 4, 0, 0)}}) == "");
}

BOOST_AUTO_TEST_CASE(a_lost_update_is_rejected) {
  // Both added to the same sum.
  BOOST_TEST(verdict({{line(1, 9, 5, 0)}, {line(1, 9, 3, 0)}}) != "");
  BOOST_TEST(tells(verdict({{in_turn(1, line(1, 9, 5, 0))}, {in_turn(1, line(1, 9, 3, 0))}}),
                   "an update is lost"));
  // Nobody noticed, but for the cell.
  BOOST_TEST(verdict({{line(1, 2, 5, 0)}}, 5, 1) == "");
  BOOST_TEST(tells(verdict({{line(1, 2, 5, 0)}}, 0, 0), "the end"));
}

BOOST_AUTO_TEST_CASE(a_step_that_nobody_took_is_rejected) {
  BOOST_TEST(tells(verdict({{in_turn(1, line(1, 2, 5, 0)), in_turn(3, line(3, 4, 1, 5))}}),
                   "an earlier step is missing"));
}

BOOST_AUTO_TEST_CASE(an_order_against_the_clock_is_rejected) {
  BOOST_TEST(tells(verdict({{in_turn(2, line(1, 2, 0, 0))}, {in_turn(1, line(3, 4, 0, 0))}}),
                   "another order"));
  BOOST_TEST(verdict({{in_turn(2, line(1, 3, 0, 0))}, {in_turn(1, line(3, 4, 0, 0))}}) == "");
}

BOOST_AUTO_TEST_CASE(the_state_that_a_step_left_is_compared) {
  Line<Tally> right = line(1, 2, 5, 0);
  right.state = digest_of(Tally::State{5});
  BOOST_TEST(verdict({{right}}) == "");
  right.state = digest_of(Tally::State{6});
  BOOST_TEST(tells(verdict({{right}}), "another state"));
}

BOOST_AUTO_TEST_CASE(a_killed_call_took_effect_or_did_not) {
  const Line<Tally> doomed = killed(line(1, never, 5, 0));
  BOOST_TEST(verdict({{doomed}, {line(3, 4, 0, 0)}}) == "");
  BOOST_TEST(verdict({{doomed}, {line(3, 4, 0, 5)}}) == "");
  BOOST_TEST(verdict({{doomed}, {line(3, 4, 0, 0), line(5, 6, 0, 5)}}) == "");
  // Not for a while and then not any more, nor before it began.
  BOOST_TEST(verdict({{doomed}, {line(3, 4, 0, 5), line(5, 6, 0, 0)}}) != "");
  BOOST_TEST(verdict({{killed(line(3, never, 5, 0))}, {line(1, 2, 0, 5)}}) != "");
  // The cell tells which.
  BOOST_TEST(verdict({{doomed}}, 5, 1) == "");
  BOOST_TEST(verdict({{doomed}}, 0, 0) == "");
  BOOST_TEST(verdict({{doomed}}, 4, 1) != "");
}

BOOST_AUTO_TEST_CASE(a_call_that_failed_took_effect_before_it_returned_or_never) {
  Line<Tally> failed = line(1, 2, 5, 0);
  failed.certain = false;
  BOOST_TEST(verdict({{failed, line(3, 4, 0, 5)}}) == "");
  BOOST_TEST(verdict({{failed, line(3, 4, 0, 0)}}) == "");
  BOOST_TEST(verdict({{failed}, {line(3, 4, 0, 0), line(5, 6, 0, 5)}}) != "");
}

BOOST_AUTO_TEST_CASE(another_may_take_the_turn_of_one_that_was_killed) {
  BOOST_TEST(verdict({{killed(in_turn(1, line(1, never, 5, 0)))},
                      {in_turn(1, line(3, 4, 2, 0)), in_turn(2, line(5, 6, 0, 2))}}) == "");
  BOOST_TEST(
      verdict({{killed(in_turn(1, line(1, never, 5, 0)))}, {in_turn(2, line(3, 4, 0, 5))}}) == "");
}

/// A look at the cell that saw it after step number `sequence`, with this sum.
Line<Tally> look(std::int64_t begin, std::int64_t end, std::int64_t sequence, std::int64_t sum) {
  Line<Tally> line{.invoked = begin, .returned = end, .certain = true};
  line.look = true;
  line.sequence = sequence;
  line.state = digest_of(Tally::State{sum});
  return line;
}

BOOST_AUTO_TEST_CASE(a_look_sees_the_state_of_its_time) {
  const Lines steps{in_turn(1, line(10, 20, 5, 0)), in_turn(2, line(30, 40, 3, 5))};
  BOOST_TEST(verdict({steps, {look(1, 2, 0, 0), look(22, 28, 1, 5), look(50, 60, 2, 8)}}, 8, 2) ==
             "");
  // While a step is being made, both are right.
  BOOST_TEST(verdict({steps, {look(32, 38, 1, 5)}}) == "");
  BOOST_TEST(verdict({steps, {look(32, 38, 2, 8)}}) == "");
}

BOOST_AUTO_TEST_CASE(a_look_at_another_time_or_state_is_rejected) {
  const Lines steps{in_turn(1, line(10, 20, 5, 0)), in_turn(2, line(30, 40, 3, 5))};
  // Stale, and of the future.
  BOOST_TEST(tells(verdict({steps, {look(41, 50, 1, 5)}}), "was over"));
  BOOST_TEST(tells(verdict({steps, {look(22, 28, 2, 8)}}), "another order"));
  BOOST_TEST(tells(verdict({steps, {look(22, 28, 1, 6)}}), "another state"));
  // Two looks that see time go back.
  BOOST_TEST(tells(verdict({steps, {look(32, 34, 2, 8), look(35, 38, 1, 5)}}), "was over"));
}

BOOST_AUTO_TEST_CASE(lines_of_one_call_take_effect_together) {
  Line<Tally> first = line(1, 9, 5, 0);
  Line<Tally> second = line(1, 9, 3, 5);
  first.call = second.call = 1;
  BOOST_TEST(verdict({{first, second}, {line(1, 9, 0, 8)}}) == "");
  // Between the two there is nothing to be seen.
  BOOST_TEST(verdict({{first, second}, {line(1, 9, 0, 5)}}) != "");
  first = killed(first);
  second = killed(second);
  BOOST_TEST(verdict({{first, second}, {line(10, 11, 0, 5)}}) != "");
}

/// A history as a cell makes it: `processes` take turns at random, begin a little before their turn
/// and end a little after it.
std::vector<Lines> made_up(int processes, int steps, bool with_turns, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<Lines> logs(static_cast<std::size_t>(processes));
  std::vector<std::int64_t> free_from(logs.size());
  std::int64_t sum = 0;
  for (std::int64_t step = 1; step <= steps; ++step) {
    const std::size_t who = random() % logs.size();
    const std::int64_t moment = step * 10;
    const std::int64_t begin =
        std::max(free_from[who] + 1, moment - static_cast<std::int64_t>(random() % 40));
    const std::int64_t end = moment + static_cast<std::int64_t>(random() % 9);
    const auto amount = static_cast<std::int64_t>(random() % 3);
    Line<Tally> one = line(begin, end, amount, sum);
    if (with_turns) one.sequence = step;
    logs[who].push_back(one);
    free_from[who] = end;
    sum += amount;
  }
  return logs;
}

BOOST_AUTO_TEST_CASE(what_a_cell_does_is_accepted_with_turns_and_without) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    BOOST_TEST(verdict(made_up(4, 60, true, seed)) == "");
    BOOST_TEST(verdict(made_up(4, 60, false, seed)) == "");
  }
}

BOOST_AUTO_TEST_CASE(any_answer_that_is_changed_is_noticed) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    std::vector<Lines> logs = made_up(3, 30, true, seed);
    Lines& log = logs[seed % 3];
    if (log.empty()) continue;
    Line<Tally>& victim = log[seed % log.size()];
    victim.answer = digest_of(Tally::Answer{1000});
    BOOST_TEST(verdict(logs) != "");
    victim.sequence = 0;
    BOOST_TEST(verdict(logs) != "");
  }
}

BOOST_AUTO_TEST_CASE(the_order_is_told_step_by_step) {
  const std::vector<Lines> logs{{line(1, 9, 5, 3)}, {line(1, 9, 3, 0)}};
  Search<Tally> search(config, {logs[0], logs[1]});
  BOOST_REQUIRE(search.accepts());
  BOOST_TEST(search.calls() == 2U);
  BOOST_TEST(search.handovers() == 1U);
  std::vector<std::int64_t> sums;
  search.walk([&](const Line<Tally>& line, const Tally::State& before, const Tally::Answer& answer,
                  const Tally::State& after) {
    BOOST_TEST(answer.was == before.sum);
    BOOST_TEST(after.sum == before.sum + line.ask.amount);
    sums.push_back(after.sum);
  });
  BOOST_TEST(sums == (std::vector<std::int64_t>{3, 8}));
}

BOOST_AUTO_TEST_CASE(a_log_is_read_as_it_was_written) {
  const sys::Scratch scratch;
  Log<Tally> log = Log<Tally>::made(scratch.path("log"), 4);
  log.begin();
  log.note({.sequence = 1, .ask = {5}});
  log.note({.sequence = 2, .ask = {6}});
  log.end(true);
  log.begin();
  log.note({.sequence = 3, .ask = {7}});
  log.end(false);
  log.begin();
  log.note({.sequence = 4, .ask = {8}});
  const Log<Tally> read = Log<Tally>::opened(scratch.path("log"));
  BOOST_REQUIRE(read.lines().size() == 4U);
  BOOST_TEST(read.failed() == 1);
  const std::int64_t calls[] = {1, 1, 2, 3};
  const bool certain[] = {true, true, false, false};
  for (std::size_t i = 0; i < 4; ++i) {
    const Line<Tally>& line = read.lines()[i];
    BOOST_TEST(line.call == calls[i]);
    BOOST_TEST(line.certain == certain[i]);
    BOOST_TEST(line.sequence == static_cast<std::int64_t>(i) + 1);
    BOOST_TEST(line.invoked > 0);
    BOOST_TEST((line.returned == never) == (i == 3));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::history
