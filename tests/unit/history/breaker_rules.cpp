// The rules of a breaker, tried with steps that break one of them each.
#include "history/breaker_rules.hpp"

#include <boost/test/unit_test.hpp>

namespace gird::history {
namespace {

using policy::Breaker;
using Mode = Breaker::Mode;
using What = Breaker::Ask::What;

/// Steps made by hand, shown to the rules.
class Story {
 public:
  explicit Story(std::int64_t permits) : config_{.half_open_permits = permits}, rules_(config_) {}

  Story& turns(Mode mode) {
    const Breaker::State before = state_;
    state_.mode = mode;
    ++state_.epoch;
    if (mode == Mode::open) ++state_.opened_total;
    return tell({.what = What::record, .ticket = 1000}, before, {});
  }
  Story& probe(std::int64_t ticket) {
    Breaker::Answer answer;
    answer.probe = true;
    answer.effects = {.hold = policy::Effects::Hold::take, .ticket = ticket};
    return tell({.what = What::admit}, state_, answer);
  }
  Story& call(std::int64_t ticket) {
    Breaker::Answer answer;
    answer.effects = {.hold = policy::Effects::Hold::take, .ticket = ticket};
    return tell({.what = What::admit}, state_, answer);
  }
  Story& ends(std::int64_t ticket, What how = What::record) {
    if (how == What::record) ++state_.calls_total;
    return tell({.what = how, .ticket = ticket}, state_, {});
  }
  /// Its end comes when the epoch is another one, so that it does not count.
  Story& ends_late(std::int64_t ticket) {
    return tell({.what = What::record, .ticket = ticket}, state_, {});
  }
  Story& refuse() {
    ++state_.refused_total;
    Breaker::Answer answer;
    answer.allowed = false;
    return tell({.what = What::admit}, state_, answer);
  }
  Story& at(policy::Micros now) {
    now_ = now;
    return *this;
  }

  /// The complaints when it has ended.
  std::string verdict() {
    rules_.finish(state_);
    std::string all;
    for (const std::string& each : rules_.complaints()) all += each + "\n";
    return all;
  }

  Breaker::State& state() { return state_; }
  BreakerRules& rules() { return rules_; }

 private:
  Story& tell(const Breaker::Ask& ask, const Breaker::State& before, Breaker::Answer answer) {
    answer.before = before.mode;
    answer.after = state_.mode;
    rules_.step(ask, now_, before, answer, state_);
    return *this;
  }

  Breaker::Config config_;
  Breaker::State state_;
  BreakerRules rules_;
  policy::Micros now_ = 0;
};

bool tells(const std::string& verdict, std::string_view part) {
  return verdict.find(part) != std::string::npos;
}

BOOST_AUTO_TEST_SUITE(history_breaker_rules)

BOOST_AUTO_TEST_CASE(a_proper_life_breaks_no_rule) {
  Story story(2);
  story.refuse().turns(Mode::open).refuse().turns(Mode::half_open).probe(1).probe(2).ends(1);
  story.probe(3).ends(2, What::vanish).ends(3, What::cancel).turns(Mode::closed);
  BOOST_TEST(story.verdict() == "");
  const BreakerRules::Totals& totals = story.rules().totals();
  BOOST_TEST(totals.probes == 3);
  BOOST_TEST(totals.most_probes == 2);
  BOOST_TEST(totals.refused == 2);
  BOOST_TEST(totals.half_opened == 1);
  BOOST_TEST(totals.vanished == 1);
}

BOOST_AUTO_TEST_CASE(one_probe_too_many_is_noticed) {
  Story story(2);
  story.turns(Mode::open).turns(Mode::half_open).probe(1).probe(2).probe(3);
  BOOST_TEST(tells(story.verdict(), "epoch 2 has 3 probes in flight"));
}

BOOST_AUTO_TEST_CASE(probes_of_an_earlier_epoch_take_no_permit_of_this_one) {
  Story story(1);
  story.turns(Mode::open).turns(Mode::half_open).probe(1);
  story.turns(Mode::open).turns(Mode::half_open).probe(2).ends_late(1).ends(2);
  BOOST_TEST(story.verdict() == "");
  // The end of the old one gives none back.
  Story other(1);
  other.turns(Mode::open).turns(Mode::half_open).probe(1);
  other.turns(Mode::open).turns(Mode::half_open).probe(2).ends_late(1).probe(3);
  BOOST_TEST(tells(other.verdict(), "2 probes in flight"));
}

BOOST_AUTO_TEST_CASE(a_ticket_is_not_given_twice_at_once) {
  Story story(3);
  story.turns(Mode::open).turns(Mode::half_open).probe(7).probe(7);
  BOOST_TEST(tells(story.verdict(), "have ticket 7"));
}

BOOST_AUTO_TEST_CASE(two_half_opens_of_an_epoch_are_noticed) {
  Story story(1);
  story.turns(Mode::open).turns(Mode::half_open);
  story.state().mode = Mode::open;
  story.state().epoch = 1;
  BOOST_TEST(tells(story.turns(Mode::half_open).verdict(), "went to half-open twice"));
}

BOOST_AUTO_TEST_CASE(half_open_comes_after_open) {
  Story story(1);
  BOOST_TEST(tells(story.turns(Mode::half_open).verdict(), "another mode than open"));
}

BOOST_AUTO_TEST_CASE(an_epoch_is_one_mode_and_a_mode_one_epoch) {
  Story story(1);
  story.state().epoch = -1;
  Breaker::State before = story.state();
  Breaker::State after = before;
  after.mode = Mode::open;
  BreakerRules& rules = story.rules();
  Breaker::Answer answer;
  answer.after = Mode::open;
  rules.step({.what = What::trip}, 0, before, answer, after);
  BOOST_TEST(tells(rules.complaints().at(0), "without an epoch"));
  before = after;
  ++after.epoch;
  answer.before = Mode::open;
  rules.step({.what = What::trip}, 0, before, answer, after);
  BOOST_TEST(tells(rules.complaints().at(1), "without a change"));
  rules.step({.what = What::trip}, 0, after, {}, after);
  BOOST_TEST(tells(rules.complaints().at(2), "another change"));
}

BOOST_AUTO_TEST_CASE(totals_that_do_not_add_up_are_noticed) {
  for (std::int64_t Breaker::State::* const total :
       {&Breaker::State::calls_total, &Breaker::State::failures_total,
        &Breaker::State::refused_total, &Breaker::State::opened_total}) {
    Story story(1);
    story.turns(Mode::open).refuse().turns(Mode::half_open).probe(1).ends(1);
    --(story.state().*total);
    BOOST_TEST(tells(story.verdict(), "counted"));
  }
}

BOOST_AUTO_TEST_CASE(a_vanished_call_is_a_failure_but_a_vanished_probe_is_nothing) {
  for (const bool probe : {false, true}) {
    Story story(1);
    if (probe)
      story.turns(Mode::open).turns(Mode::half_open).probe(4);
    else
      story.call(4);
    story.ends(4, What::vanish);
    if (!probe) ++story.state().calls_total, ++story.state().failures_total;
    BOOST_TEST(story.verdict() == "");
    BOOST_TEST(story.rules().totals().failed == (probe ? 0 : 1));
  }
}

BOOST_AUTO_TEST_CASE(a_reset_may_begin_another_epoch_of_the_same_mode) {
  Story story(1);
  const Breaker::State before = story.state();
  ++story.state().epoch;
  story.rules().step({.what = What::reset}, 0, before, {}, story.state());
  BOOST_TEST(story.verdict() == "");
}

BOOST_AUTO_TEST_CASE(a_clock_that_goes_back_is_noticed) {
  Story story(1);
  story.at(5).refuse().at(5).refuse();
  BOOST_TEST(story.rules().complaints().empty());
  BOOST_TEST(tells(story.at(4).refuse().verdict(), "clock"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::history
