// The store in memory.
#include "store/memory_store.hpp"

#include <poll.h>

#include <boost/test/unit_test.hpp>

#include "store/look.hpp"
#include "unit/fake_world.hpp"
#include "unit/store/counter.hpp"

namespace gird::store {
namespace {

using std::chrono::seconds;

struct Memory {
  FakeWorld world;
  MemoryStore store{world};
  Hold none;

  Counter::Answer ask(What what, std::int64_t ticket = 0) { return ask(none, what, ticket); }
  Counter::Answer ask(Hold& hold, What what, std::int64_t ticket = 0) {
    return store.step<Counter>("key", nullptr, {what, ticket}, hold).value();
  }
  Look<Counter> look() { return store.look<Counter>("key").value().value(); }
};

bool readable(int descriptor) {
  pollfd ready{descriptor, POLLIN, 0};
  return ::poll(&ready, 1, 0) == 1;
}

BOOST_FIXTURE_TEST_SUITE(memory_store, Memory)

BOOST_AUTO_TEST_CASE(keeps_what_a_step_made) {
  BOOST_TEST(ask(What::count).count == 1);
  BOOST_TEST(ask(What::count).count == 2);
  BOOST_TEST(look().state.count == 2);
  BOOST_TEST(!store.look<Counter>("other").value().has_value());
}

BOOST_AUTO_TEST_CASE(keeps_the_config_that_was_given_last) {
  const Counter::Config config{5};
  BOOST_TEST(store.step<Counter>("key", &config, {}, none).value().count == 5);
  BOOST_TEST(ask(What::count).count == 10);
  BOOST_TEST(look().config.by == 5);
}

BOOST_AUTO_TEST_CASE(has_the_time_of_its_world) {
  const policy::Micros before = ask(What::peek).now;
  BOOST_TEST(before == micros_of(world.wall()));
  BOOST_REQUIRE(world.sleep(seconds(7)).has_value());
  BOOST_TEST((look().idle == seconds(7)));
  BOOST_TEST(ask(What::peek).now - before == 7'000'000);
}

BOOST_AUTO_TEST_CASE(knows_who_let_go_without_a_word) {
  {
    Hold hold;
    ask(hold, What::take, 7);
    BOOST_TEST(static_cast<bool>(hold));
    BOOST_TEST(ask(What::peek).vanished == 0);
    BOOST_TEST(look().holders.at(0).ticket == 7);
  }
  BOOST_TEST(look().holders.empty());
  BOOST_TEST(ask(What::peek).vanished == 1);
  BOOST_TEST(look().state.last_vanished == 7);
  BOOST_TEST(ask(What::peek).vanished == 1);
}

BOOST_AUTO_TEST_CASE(forgets_who_said_goodbye) {
  Hold hold;
  ask(hold, What::take, 7);
  ask(hold, What::drop);
  BOOST_TEST(!static_cast<bool>(hold));
  BOOST_TEST(ask(What::peek).vanished == 0);
}

BOOST_AUTO_TEST_CASE(files_a_hold_under_its_new_ticket) {
  {
    Hold hold;
    ask(hold, What::take, 7);
    ask(hold, What::take, 8);
    BOOST_TEST(look().holders.size() == 1);
    BOOST_TEST(look().holders.at(0).ticket == 8);
  }
  BOOST_TEST(ask(What::peek).vanished == 1);
  BOOST_TEST(look().state.last_vanished == 8);
}

BOOST_AUTO_TEST_CASE(gives_no_hold_when_every_place_is_taken) {
  std::vector<Hold> holds(Counter::most_holders + 1);
  for (std::size_t i = 0; i < holds.size(); ++i) {
    ask(holds[i], What::take, static_cast<std::int64_t>(i));
    BOOST_TEST(static_cast<bool>(holds[i]) == (i < Counter::most_holders));
  }
  holds[3] = Hold();
  ask(holds.back(), What::take, 99);
  BOOST_TEST(static_cast<bool>(holds.back()));
  BOOST_TEST(look().state.last_vanished == 3);
}

BOOST_AUTO_TEST_CASE(keeps_the_last_lines_of_its_journal) {
  for (int i = 0; i < 100; ++i) ask(What::note, i);
  const auto journal = look().journal;
  BOOST_REQUIRE(journal.size() == 64);
  BOOST_TEST(journal.front().note.value == 36);
  BOOST_TEST(journal.back().note.value == 99);
}

BOOST_AUTO_TEST_CASE(removes_what_nobody_holds_or_used) {
  Hold hold;
  ask(hold, What::take, 1);
  BOOST_TEST(!store.remove(kind_of<Counter>(), "key", seconds(0)).value());
  ask(hold, What::drop);
  BOOST_TEST(!store.remove(kind_of<Counter>(), "key", seconds(5)).value());
  BOOST_REQUIRE(world.sleep(seconds(5)).has_value());
  BOOST_TEST(store.remove(kind_of<Counter>(), "key", seconds(5)).value());
  BOOST_TEST(store.keys(kind_of<Counter>()).value().empty());
  BOOST_TEST(!store.remove(kind_of<Counter>(), "key", seconds(0)).value());
}

BOOST_AUTO_TEST_CASE(lists_keys_in_order) {
  for (const char* key : {"b", "c", "a"}) {
    BOOST_REQUIRE(store.step<Counter>(key, nullptr, {}, none).has_value());
  }
  const std::vector<std::string> wanted{"a", "b", "c"};
  BOOST_TEST(store.keys(kind_of<Counter>()).value() == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(wakes_those_who_watch) {
  const auto one = store.changes(kind_of<Counter>(), "key").value();
  const auto all = store.changes(kind_of<Counter>(), "").value();
  BOOST_TEST(!readable(one->descriptor()));
  BOOST_REQUIRE(store.step<Counter>("other", nullptr, {}, none).has_value());
  BOOST_TEST(!readable(one->descriptor()));
  BOOST_TEST(readable(all->descriptor()));
  ask(What::count);
  BOOST_TEST(readable(one->descriptor()));
  const std::vector<std::string> wanted{"other", "key"};
  BOOST_TEST(all->take().value() == wanted, boost::test_tools::per_element());
  BOOST_TEST(one->take().value().size() == 1);
  BOOST_TEST(!readable(one->descriptor()));
}

BOOST_AUTO_TEST_CASE(refuses_names_that_are_none) {
  for (const std::string& key :
       {std::string(), std::string("../x"), std::string("a/b"), std::string("a\0b", 3),
        std::string(".x"), std::string("-x"), std::string("\xff"), std::string(10240, 'a')}) {
    const auto done = store.step<Counter>(key, nullptr, {}, none);
    BOOST_REQUIRE(!done.has_value());
    BOOST_TEST(done.error().code == "store-key");
    BOOST_TEST(done.error().what.size() < 300);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
