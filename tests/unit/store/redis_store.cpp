// Cells in a Redis server that answers.
#include "store/redis_store.hpp"

#include <poll.h>

#include <boost/test/unit_test.hpp>

#include "policy/breaker.hpp"
#include "store/memory_store.hpp"
#include "sys/real_world.hpp"
#include "unit/store/counter.hpp"
#include "unit/store/counter_lua.hpp"
#include "unit/store/redis_server.hpp"

namespace gird::store {
namespace {

using boost::test_tools::per_element;
using boost::unit_test::precondition;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Slow enough for any machine on which the tests run.
RedisTerms patient() {
  RedisTerms terms;
  terms.patience = terms.long_patience = seconds(20);
  terms.machine = counter_machine;
  return terms;
}

struct Served {
  RedisServer server;
  sys::RealWorld world;
  RedisStore store = another();
  Hold none;

  [[nodiscard]] RedisStore another(RedisTerms terms = patient()) {
    return {server.address(), std::make_unique<MemoryStore>(world), "", world, terms};
  }
  Counter::Answer ask(What what, std::int64_t ticket = 0) { return ask(none, what, ticket); }
  Counter::Answer ask(Hold& hold, What what, std::int64_t ticket = 0) {
    auto answer = store.step<Counter>("key", nullptr, {what, ticket}, hold);
    if (!answer) BOOST_FAIL(answer.error().what + ": " + answer.error().why);
    return *answer;
  }
  Look<Counter> look() { return store.look<Counter>("key").value().value(); }
};

bool has_server(boost::unit_test::test_unit_id) { return RedisServer::exists(); }

boost::test_tools::assertion_result needs_server(boost::unit_test::test_unit_id id) {
  boost::test_tools::assertion_result result(has_server(id));
  result.message() << "there is no redis-server";
  return result;
}

BOOST_AUTO_TEST_SUITE(redis_store, *precondition(needs_server))

BOOST_FIXTURE_TEST_CASE(keeps_what_a_step_made, Served) {
  BOOST_TEST(ask(What::count).count == 1);
  BOOST_TEST(ask(What::count).count == 2);
  BOOST_TEST(look().state.count == 2);
  BOOST_TEST(!store.look<Counter>("other").value().has_value());
  BOOST_TEST(store.complaints().empty());
}

BOOST_FIXTURE_TEST_CASE(is_shared, Served) {
  RedisStore other = another();
  ask(What::count);
  BOOST_TEST(other.step<Counter>("key", nullptr, {}, none).value().count == 2);
}

BOOST_FIXTURE_TEST_CASE(keeps_the_config_that_was_given_last, Served) {
  const Counter::Config config{5};
  BOOST_TEST(store.step<Counter>("key", &config, {}, none).value().count == 5);
  BOOST_TEST(ask(What::count).count == 10);
  BOOST_TEST(look().config.by == 5);
}

BOOST_FIXTURE_TEST_CASE(takes_time_from_the_server, Served) {
  const policy::Micros before = ask(What::count).now;
  BOOST_TEST(std::abs(before - world.wall().time_since_epoch() / std::chrono::microseconds(1)) <
             60'000'000);
  BOOST_TEST(ask(What::peek).now > before);
  BOOST_TEST(look().now > before);
  BOOST_TEST((look().idle < seconds(60)));
}

BOOST_FIXTURE_TEST_CASE(knows_whose_lease_is_over, Served) {
  RedisTerms terms = patient();
  terms.lease = milliseconds(1);
  {
    RedisStore brief = another(terms);
    Hold hold;
    BOOST_REQUIRE(brief.step<Counter>("key", nullptr, {What::take, 7}, hold).has_value());
    BOOST_TEST(static_cast<bool>(hold));
  }
  BOOST_TEST(sys::becomes([&] { return ask(What::peek).vanished == 1; }));
  BOOST_TEST(look().state.last_vanished == 7);
  BOOST_TEST(look().holders.empty());
  BOOST_TEST(ask(What::peek).vanished == 1);
  BOOST_REQUIRE(look().journal.size() == 1);
  BOOST_TEST((look().journal[0].note.event == policy::Event::vanished));
}

BOOST_FIXTURE_TEST_CASE(shows_who_has_a_hold, Served) {
  Hold hold;
  ask(hold, What::take, 7);
  BOOST_REQUIRE(look().holders.size() == 1);
  BOOST_TEST(look().holders[0].ticket == 7);
  BOOST_TEST(look().holders[0].pid == ::getpid());
  BOOST_TEST(look().holders[0].host.empty());
  ask(hold, What::take, 8);
  BOOST_TEST(look().holders.size() == 1);
  BOOST_TEST(look().holders[0].ticket == 8);
  ask(hold, What::drop);
  BOOST_TEST(!static_cast<bool>(hold));
  BOOST_TEST(look().holders.empty());
  BOOST_TEST(ask(What::peek).vanished == 0);
}

BOOST_FIXTURE_TEST_CASE(gives_no_hold_when_every_place_is_taken, Served) {
  std::vector<Hold> holds(Counter::most_holders + 1);
  for (std::size_t at = 0; at < holds.size(); ++at) {
    ask(holds[at], What::take, static_cast<std::int64_t>(at + 1));
    BOOST_TEST(static_cast<bool>(holds[at]) == (at < Counter::most_holders));
  }
  BOOST_TEST(look().holders.size() == Counter::most_holders);
}

BOOST_FIXTURE_TEST_CASE(renews_a_lease, Served) {
  Hold hold;
  ask(hold, What::take, 7);
  BOOST_TEST((hold.renew_within().value() <= seconds(5)));
  BOOST_TEST((hold.renew_within().value() > seconds(0)));
  BOOST_TEST(hold.renew().has_value());
}

BOOST_FIXTURE_TEST_CASE(a_lease_that_is_over_is_not_renewed, Served) {
  RedisTerms terms = patient();
  terms.lease = milliseconds(1);
  RedisStore brief = another(terms);
  Hold hold;
  BOOST_REQUIRE(brief.step<Counter>("key", nullptr, {What::take, 7}, hold).has_value());
  BOOST_TEST(sys::becomes([&] { return ask(What::peek).vanished == 1; }));
  const auto renewed = hold.renew();
  BOOST_TEST_REQUIRE(!renewed.has_value());
  BOOST_TEST(renewed.error().code == "store-failed");
}

// Somebody else may have the ticket by now: what the one who lost it says must not reach them.
BOOST_FIXTURE_TEST_CASE(who_lost_a_lease_has_the_ticket_of_nobody, Served) {
  RedisTerms terms = patient();
  terms.lease = milliseconds(1);
  RedisStore brief = another(terms);
  Hold lost;
  BOOST_REQUIRE(brief.step<Counter>("key", nullptr, {What::take, 7}, lost).has_value());
  BOOST_TEST(sys::becomes([&] { return ask(What::peek).vanished == 1; }));
  Hold present;
  ask(present, What::take, 7);
  BOOST_REQUIRE(brief.step<Counter>("key", nullptr, {What::note, 7}, lost).has_value());
  BOOST_TEST(!static_cast<bool>(lost));
  BOOST_TEST(look().journal.back().note.value == 0);
  BOOST_TEST(look().holders.size() == 1);
  BOOST_TEST(present.renew().has_value());
}

BOOST_FIXTURE_TEST_CASE(keeps_the_last_lines_of_its_journal, Served) {
  for (int turn = 0; turn < 100; ++turn) ask(What::note, turn);
  const auto journal = look().journal;
  BOOST_REQUIRE(journal.size() == 64);
  BOOST_TEST(journal.front().note.value == 36);
  BOOST_TEST(journal.back().note.value == 99);
  BOOST_TEST((journal.back().note.cause == policy::Cause::time));
  BOOST_TEST((journal.back().time <= look().wall));
}

BOOST_FIXTURE_TEST_CASE(lists_keys_in_order, Served) {
  for (const char* key : {"b", "c:1", "a.corrupt"}) {
    BOOST_REQUIRE(store.step<Counter>(key, nullptr, {}, none).has_value());
  }
  server.cli("set gird:counter:bad/key x");
  server.cli("set gird:breaker:other x");
  const std::vector<std::string> wanted{"a.corrupt", "b", "c:1"};
  BOOST_TEST(store.keys(kind_of<Counter>()).value() == wanted, per_element());
}

BOOST_FIXTURE_TEST_CASE(removes_what_nobody_holds_or_used, Served) {
  Hold hold;
  ask(hold, What::take, 1);
  BOOST_TEST(!store.remove(kind_of<Counter>(), "key", seconds(0)).value());
  ask(hold, What::drop);
  BOOST_TEST(!store.remove(kind_of<Counter>(), "key", seconds(3600)).value());
  BOOST_TEST(store.remove(kind_of<Counter>(), "key", seconds(0)).value());
  BOOST_TEST(store.keys(kind_of<Counter>()).value().empty());
  BOOST_TEST(!store.remove(kind_of<Counter>(), "key", seconds(0)).value());
}

BOOST_FIXTURE_TEST_CASE(keeps_what_was_set_by_hand, Served) {
  using policy::Breaker;
  const Kind& kind = kind_of<Breaker>();
  RedisTerms terms = patient();
  terms.machine = RedisTerms().machine;
  RedisStore breakers = another(terms);
  const auto set = [&](Breaker::Ask::What what) {
    Breaker::Ask ask;
    ask.what = what;
    BOOST_REQUIRE(breakers.step<Breaker>("key", nullptr, ask, none).has_value());
  };
  const auto days_left = [&] { return std::stoll(server.cli("ttl gird:breaker:key")) / 86'400; };
  set(Breaker::Ask::What::hold_open);
  BOOST_TEST(days_left() > 30'000);
  BOOST_TEST(!breakers.remove(kind, "key", seconds(0)).value());
  set(Breaker::Ask::What::trip);
  BOOST_TEST(days_left() <= 30);
  BOOST_TEST(!breakers.remove(kind, "key", seconds(0)).value());
  set(Breaker::Ask::What::reset);
  BOOST_TEST(breakers.remove(kind, "key", seconds(0)).value());
}

bool readable(int descriptor) {
  pollfd ready{descriptor, POLLIN, 0};
  return ::poll(&ready, 1, 10'000) == 1;
}

BOOST_FIXTURE_TEST_CASE(tells_watchers_what_changed, Served) {
  const auto one = store.changes(kind_of<Counter>(), "key").value();
  const auto all = store.changes(kind_of<Counter>(), "").value();
  BOOST_REQUIRE(store.step<Counter>("other", nullptr, {}, none).has_value());
  BOOST_TEST(readable(all->descriptor()));
  BOOST_TEST(all->take().value() == std::vector<std::string>{"other"}, per_element());
  ask(What::count);
  BOOST_TEST(readable(one->descriptor()));
  BOOST_TEST(one->take().value() == std::vector<std::string>{"key"}, per_element());
  BOOST_TEST(one->take().value().empty());
  server.kill();
  BOOST_TEST(readable(one->descriptor()));
  BOOST_TEST(one->take().error().code == "store-unreachable");
}

BOOST_FIXTURE_TEST_CASE(a_look_changes_nothing, Served) {
  ask(What::count);
  const std::string before = server.cli("--no-raw dump gird:counter:key");
  look();
  ask(What::peek);
  BOOST_TEST(server.cli("--no-raw dump gird:counter:key") == before);
}

BOOST_FIXTURE_TEST_CASE(cells_that_nobody_uses_go_by_themselves, Served) {
  ask(What::count);
  const int days = std::stoi(server.cli("ttl gird:counter:key")) / 86'400;
  BOOST_TEST((days == 29 || days == 30));
}

BOOST_FIXTURE_TEST_CASE(knows_its_script_after_the_server_forgot_it, Served) {
  ask(What::count);
  server.cli("script flush");
  BOOST_TEST(ask(What::count).count == 2);
}

BOOST_FIXTURE_TEST_CASE(keys_that_name_no_cell_are_refused, Served) {
  for (const std::string& key : {std::string("a/b"), std::string(129, 'a'), std::string()}) {
    const auto answer = store.step<Counter>(key, nullptr, {}, none);
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST(answer.error().code == "store-key");
  }
}

// What a cell may be found as.

BOOST_FIXTURE_TEST_CASE(a_foreign_value_is_set_aside, Served) {
  server.cli("set gird:counter:key precious");
  BOOST_TEST(!store.look<Counter>("key").value().has_value());
  BOOST_TEST(ask(What::count).count == 1);
  const auto complaints = store.complaints();
  BOOST_REQUIRE(complaints.size() == 2);  // the look has seen it too
  BOOST_TEST(complaints[1].contains("gird:corrupt:counter:key"), complaints[1]);
  BOOST_TEST(server.cli("get gird:corrupt:counter:key") == "precious\n");
  BOOST_TEST(ask(What::count).count == 2);
  BOOST_TEST(store.complaints().empty());
}

BOOST_FIXTURE_TEST_CASE(damage_in_any_field_is_repaired, Served) {
  for (const char* field : {"version", "config", "state", "holders", "clock"}) {
    for (const char* value :
         {"''", "x", "'\xff\xff\xff\xff'", "0123456789abcdef0123456789abcdefx"}) {
      const Counter::Config config{1};
      Hold hold;
      auto answer = store.step<Counter>("key", &config, {What::take, 1}, hold);
      BOOST_TEST_REQUIRE(answer.has_value());
      server.cli("hset gird:counter:key " + std::string(field) + " " + value);
      answer = store.step<Counter>("key", nullptr, {}, none);
      if (!answer) BOOST_FAIL(field << "=" << value << ": " << answer.error().why);
      const auto complaints = store.complaints();
      BOOST_TEST(complaints.size() == 1, field << "=" << value);
      server.cli("flushall");
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_damaged_journal_costs_only_the_journal, Served) {
  ask(What::note, 1);
  server.cli("hset gird:counter:key journal xxx");
  ask(What::count);
  ask(What::note, 2);
  BOOST_TEST(look().state.count == 1);
  BOOST_TEST(look().journal.size() == 1);
}

BOOST_FIXTURE_TEST_CASE(a_newer_cell_is_left_alone, Served) {
  ask(What::count);
  server.cli("hset gird:counter:key version 4");
  const auto answer = store.step<Counter>("key", nullptr, {}, none);
  BOOST_TEST_REQUIRE(!answer.has_value());
  BOOST_TEST(answer.error().code == "store-newer");
  BOOST_TEST(server.cli("hget gird:counter:key version") == "4\n");
}

BOOST_FIXTURE_TEST_CASE(an_older_cell_begins_anew, Served) {
  Hold hold;
  ask(hold, What::take, 7);
  ask(What::note, 1);
  ask(What::count);
  server.cli("hset gird:counter:key version 2 forgotten 1");
  BOOST_TEST(!store.look<Counter>("key").value().has_value());
  BOOST_TEST(ask(What::count).count == 1);
  BOOST_TEST(server.cli("hget gird:counter:key version") == "3\n");
  BOOST_TEST(store.complaints().empty());
  // Nothing of the older one is left, and it still ends by itself.
  BOOST_TEST(look().holders.empty());
  BOOST_TEST(look().journal.empty());
  BOOST_TEST(server.cli("hexists gird:counter:key forgotten") == "0\n");
  BOOST_TEST(server.cli("pttl gird:counter:key") != "-1\n");
}

BOOST_FIXTURE_TEST_CASE(a_state_that_cannot_be_is_mended, Served) {
  ask(What::count);
  server.cli(
      "eval \"return redis.call('hset','gird:counter:key','state',"
      "struct.pack('<dddd',-5,0,0,0))\" 0");
  BOOST_TEST(ask(What::peek).count == 0);
  BOOST_TEST(look().state.mended == 1);
}

// The clock of a cell goes on by what the server's does, and never back.
BOOST_FIXTURE_TEST_CASE(a_clock_that_was_set_back_loses_that_time_once, Served) {
  const policy::Micros before = ask(What::count).now;
  server.cli(
      "eval \"local t=redis.call('time'); local now=t[1]*1e6+t[2]; "
      "redis.call('hset','gird:counter:key','clock',"
      "struct.pack('<dd',now+5e6,now+1e12))\" 0");
  const policy::Micros after = ask(What::count).now;
  BOOST_TEST(after - before >= 5'000'000);
  BOOST_TEST(after - before < 60'000'000);
  BOOST_TEST(ask(What::count).now > after);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
