// The store in files: what it keeps, and what it leaves on the disk.
#include "store/file_store.hpp"

#include <poll.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "policy/breaker.hpp"
#include "unit/store/files.hpp"

namespace gird::store {
namespace {

namespace data = boost::unit_test::data;
using std::chrono::hours;
using std::chrono::seconds;

mode_t mode_of(const std::string& path) {
  struct stat info{};
  BOOST_REQUIRE(::stat(path.c_str(), &info) == 0);
  return info.st_mode & 07777;
}

BOOST_FIXTURE_TEST_SUITE(file_store, Files)

BOOST_AUTO_TEST_CASE(touches_nothing_before_the_first_step) {
  BOOST_TEST(!try_look().has_value());
  BOOST_TEST(store.keys(kind_of<Counter>()).value().empty());
  BOOST_TEST(!store.remove(kind_of<Counter>(), "key", seconds(0)).value());
  BOOST_TEST(::access(directory.c_str(), F_OK) != 0);
}

BOOST_AUTO_TEST_CASE(keeps_what_a_step_made_for_the_next_process) {
  BOOST_TEST(ask().count == 1);
  BOOST_TEST(ask().count == 2);
  FileStore other(directory);
  const Counter::Config config{5};
  BOOST_TEST(other.step<Counter>("key", &config, {}, none).value().count == 7);
  BOOST_TEST(ask().count == 12);
  BOOST_TEST(look().state.count == 12);
  BOOST_TEST(look().config.by == 5);
}

BOOST_AUTO_TEST_CASE(is_for_its_user_alone_whatever_the_umask) {
  const mode_t before = ::umask(0777);
  const auto asked = try_ask();
  ::umask(before);
  BOOST_REQUIRE(asked.has_value());
  BOOST_TEST(mode_of(directory) == 0700);
  BOOST_TEST(mode_of(directory + "/counter") == 0700);
  BOOST_TEST(mode_of(path()) == 0600);
}

BOOST_AUTO_TEST_CASE(has_cells_of_one_block) {
  for (int i = 0; i < 200; ++i) ask(What::note, i);
  struct stat info{};
  BOOST_REQUIRE(::stat(path().c_str(), &info) == 0);
  BOOST_TEST(info.st_size == 4096);
}

BOOST_AUTO_TEST_CASE(does_not_write_what_has_not_changed) {
  ask();
  const std::string before = sys::text_of(path());
  ask(What::peek);
  BOOST_TEST((sys::text_of(path()) == before));
  ask();
  BOOST_TEST((sys::text_of(path()) != before));
}

BOOST_AUTO_TEST_CASE(keeps_the_last_lines_of_its_journal) {
  for (int i = 0; i < 64; ++i) ask(What::note, i);
  BOOST_TEST(look().journal.front().note.value == 0);
  for (int i = 64; i < 150; ++i) ask(What::note, i);
  const auto journal = look().journal;
  BOOST_REQUIRE(journal.size() == 64);
  for (std::size_t i = 0; i < journal.size(); ++i) {
    BOOST_TEST(journal[i].note.value == static_cast<double>(86 + i));
    BOOST_TEST((journal[i].note.event == policy::Event::opened));
    BOOST_TEST((journal[i].note.cause == policy::Cause::time));
    BOOST_TEST((std::chrono::abs(journal[i].time - look().wall) < hours(1)));
  }
}

BOOST_AUTO_TEST_CASE(files_a_hold_under_its_new_ticket_and_forgets_it_when_dropped) {
  Hold hold;
  ask(hold, What::take, 7);
  ask(hold, What::take, 8);
  BOOST_REQUIRE(look().holders.size() == 1);
  BOOST_TEST(look().holders[0].ticket == 8);
  BOOST_TEST(look().holders[0].pid == ::getpid());
  ask(hold, What::drop);
  BOOST_TEST(!static_cast<bool>(hold));
  BOOST_TEST(ask(What::peek).vanished == 0);
  BOOST_TEST(look().holders.empty());
}

BOOST_AUTO_TEST_CASE(knows_who_let_go_without_a_word) {
  {
    Hold hold;
    ask(hold, What::take, 7);
    FileStore other(directory);
    BOOST_TEST(other.step<Counter>("key", nullptr, {What::peek}, none).value().vanished == 0);
  }
  BOOST_TEST(ask(What::peek).vanished == 1);
  BOOST_TEST(look().state.last_vanished == 7);
  BOOST_TEST((look().journal.back().note.event == policy::Event::vanished));
  BOOST_TEST(ask(What::peek).vanished == 1);
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
  for (Hold& hold : holds) ask(hold, What::drop);
  BOOST_TEST(look().holders.empty());
  BOOST_TEST(ask(What::peek).vanished == 1);
}

BOOST_AUTO_TEST_CASE(is_not_confused_by_a_hold_of_a_cell_that_was_deleted) {
  Hold hold;
  ask(hold, What::take, 7);
  BOOST_REQUIRE(::unlink(path().c_str()) == 0);
  BOOST_TEST(ask().count == 1);
  ask(hold, What::drop);
  BOOST_TEST(!static_cast<bool>(hold));
  BOOST_TEST(ask().count == 2);
  BOOST_TEST(ask(What::peek).vanished == 0);
}

BOOST_AUTO_TEST_CASE(goes_on_when_its_folder_was_deleted) {
  ask();
  std::filesystem::remove_all(directory);
  BOOST_TEST(!try_look().has_value());
  BOOST_TEST(ask().count == 1);
  std::filesystem::remove_all(directory);
  FileStore other(directory);
  BOOST_REQUIRE(other.step<Counter>("key", nullptr, {}, none).has_value());
  BOOST_TEST(look().state.count == 1);
}

struct Departure {
  const char* name;
  void (*of)(const std::string& directory);
};
std::ostream& operator<<(std::ostream& out, const Departure& one) { return out << one.name; }

const Departure departures[] = {
    {"the folder is deleted",
     [](const std::string& directory) { std::filesystem::remove_all(directory + "/counter"); }},
    {"all of it is deleted",
     [](const std::string& directory) { std::filesystem::remove_all(directory); }},
    {"the folder is moved",
     [](const std::string& directory) {
       std::filesystem::rename(directory + "/counter", directory + "/old");
     }},
    {"all of it is moved",
     [](const std::string& directory) { std::filesystem::rename(directory, directory + ".old"); }},
};

BOOST_DATA_TEST_CASE(changes_are_seen_in_a_folder_that_was_made_anew, data::make(departures), one) {
  ask();
  for (const std::string_view key : {"", "key"}) {
    const auto changes = store.changes(kind_of<Counter>(), key).value();
    one.of(directory);
    FileStore other(directory);
    BOOST_REQUIRE(other.step<Counter>("key", nullptr, {}, none).has_value());
    // One key may still be of the old folder; the next ones are not.
    for (int seen = 0; seen < 3;) {
      pollfd ready{changes->descriptor(), POLLIN, 0};
      BOOST_REQUIRE(::poll(&ready, 1, 10'000) == 1);
      seen += changes->take().value().empty() ? 0 : 1;
      BOOST_REQUIRE(other.step<Counter>("key", nullptr, {}, none).has_value());
    }
    BOOST_TEST(look().state.count >= 3);
    std::filesystem::remove_all(directory + "/old");
    std::filesystem::remove_all(directory + ".old");
  }
}

BOOST_AUTO_TEST_CASE(removes_what_nobody_holds_or_used) {
  const Kind& kind = kind_of<Counter>();
  Hold hold;
  ask(hold, What::take, 1);
  BOOST_TEST(!store.remove(kind, "key", seconds(0)).value());
  ask(hold, What::drop);
  BOOST_TEST(!store.remove(kind, "key", hours(1)).value());
  BOOST_TEST((look().idle < hours(1)));
  const timespec old[2] = {{1'000'000'000, 0}, {1'000'000'000, 0}};
  BOOST_REQUIRE(::utimensat(AT_FDCWD, path().c_str(), old, 0) == 0);
  BOOST_TEST((look().idle > hours(1)));
  BOOST_TEST(store.remove(kind, "key", hours(1)).value());
  BOOST_TEST(store.keys(kind).value().empty());
  BOOST_TEST(ask().count == 1);
}

BOOST_AUTO_TEST_CASE(keeps_what_was_set_by_hand) {
  using policy::Breaker;
  const Kind& kind = kind_of<Breaker>();
  for (const auto what : {Breaker::Ask::What::hold_open, Breaker::Ask::What::disable,
                          Breaker::Ask::What::trip, Breaker::Ask::What::reset}) {
    Breaker::Ask ask;
    ask.what = what;
    BOOST_REQUIRE(store.step<Breaker>("key", nullptr, ask, none).has_value());
    const bool lasts = what != Breaker::Ask::What::reset;
    BOOST_TEST(store.remove(kind, "key", seconds(0)).value() == !lasts);
  }
}

BOOST_AUTO_TEST_CASE(lists_the_keys_of_cells_alone_in_order) {
  for (const char* key : {"b", "c", "a@host:1"}) {
    BOOST_REQUIRE(store.step<Counter>(key, nullptr, {}, none).has_value());
  }
  for (const char* other : {"state/counter/x.cell.corrupt", "state/counter/.y.cell",
                            "state/counter/z", "state/counter/.cell"}) {
    scratch.file(other, "");
  }
  const std::vector<std::string> wanted{"a@host:1", "b", "c"};
  BOOST_TEST(store.keys(kind_of<Counter>()).value() == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(keeps_no_more_files_open_than_it_needs) {
  const auto open = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
  };
  const auto before = open();
  Hold hold;
  ask(hold, What::take, 1);
  for (int i = 0; i < 100; ++i) {
    BOOST_REQUIRE(store.step<Counter>(std::to_string(i), nullptr, {}, none).has_value());
  }
  BOOST_TEST(open() - before <= 11);
  ask(hold, What::drop);
  BOOST_TEST(ask(What::peek).vanished == 0);
}

BOOST_AUTO_TEST_CASE(refuses_names_that_are_none) {
  for (const std::string& key :
       {std::string(), std::string("../x"), std::string("a/b"), std::string("a\0b", 3),
        std::string(".x"), std::string("-x"), std::string("\xff"), std::string(10240, 'a')}) {
    BOOST_TEST(store.step<Counter>(key, nullptr, {}, none).error().code == "store-key");
    BOOST_TEST(store.look<Counter>(key).error().code == "store-key");
    BOOST_TEST(store.remove(kind_of<Counter>(), key, seconds(0)).error().code == "store-key");
  }
  BOOST_TEST(store.step<Counter>(std::string(128, 'a'), nullptr, {}, none).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
