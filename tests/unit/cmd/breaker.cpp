// Breakers as people and machines are told of them, and gird breaker's own errors.
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "dispatch.hpp"
#include "fake_world.hpp"
#include "policy/words.hpp"
#include "shared/breaker_look.hpp"
#include "shared/breaker_metrics.hpp"
#include "shared/breaker_prose.hpp"
#include "shared/breaker_table.hpp"
#include "shared/breaker_watch.hpp"
#include "store/memory_store.hpp"

namespace data = boost::unit_test::data;

namespace gird {
namespace {

using policy::Breaker;
using std::chrono::minutes;
using std::chrono::seconds;
using store::Hold;
using Verb = Breaker::Ask::What;

/// A store in memory whose time a test moves.
struct Bench {
  FakeWorld world;
  store::MemoryStore store{world};

  Breaker::Answer ask(std::string_view key, Verb what, Hold& hold, std::int64_t ticket = 0,
                      Breaker::Ask::Result result = Breaker::Ask::Result::success) {
    Breaker::Ask ask;
    ask.what = what;
    ask.chance = 0.5;
    ask.ticket = ticket;
    ask.result = result;
    auto answer = store.step<Breaker>(key, nullptr, ask, hold);
    BOOST_TEST_REQUIRE(answer.has_value());
    return *answer;
  }
  void set(std::string_view key, Verb what) {
    Hold hold;
    ask(key, what, hold);
  }
  void call(std::string_view key, bool succeeds) {
    Hold hold;
    const auto admitted = ask(key, Verb::admit, hold);
    BOOST_TEST_REQUIRE(admitted.allowed);
    ask(key, Verb::record, hold, admitted.effects.ticket,
        succeeds ? Breaker::Ask::Result::success : Breaker::Ask::Result::failure);
  }
  void pass(Duration span) { BOOST_TEST_REQUIRE(world.sleep(span).has_value()); }
  BreakerView view(const std::string& key) {
    Blanks blanks;
    auto views = breakers_in(store, std::vector{key}, blanks);
    BOOST_TEST_REQUIRE(views.has_value());
    BOOST_TEST_REQUIRE(views->size() == 1);
    return views->front();
  }
};

nlohmann::json brief_json(const BreakerView& view) {
  JsonObject object;
  add_breaker(object, view, Depth::brief);
  return nlohmann::json::parse(object.text());
}

BOOST_AUTO_TEST_SUITE(breaker_command)

BOOST_AUTO_TEST_CASE(a_view_counts_what_happened) {
  Bench bench;
  bench.call("api", true);
  for (int i = 0; i < 3; ++i) bench.call("api", false);
  const BreakerView view = bench.view("api");
  BOOST_TEST((view.state == Breaker::Mode::closed));
  BOOST_TEST(view.failures == 3);
  BOOST_TEST(view.window_calls == 4);
  BOOST_TEST(view.window_failures == 3);
  BOOST_TEST(*view.failure_rate() == 0.75);
  BOOST_TEST(!view.slow_rate().has_value());
  BOOST_TEST(view.calls_total == 4);
  BOOST_TEST(view.failures_total == 3);
  BOOST_TEST(!view.opened.has_value());
  BOOST_TEST(!view.next_try.has_value());
  BOOST_TEST(view.holders.empty());
}

BOOST_AUTO_TEST_CASE(an_open_breaker_tells_since_when_why_and_when_it_tries_next) {
  Bench bench;
  for (int i = 0; i < 5; ++i) bench.call("api", false);
  const Time opened = bench.world.wall();
  bench.pass(seconds(10));
  const BreakerView view = bench.view("api");
  BOOST_TEST((view.state == Breaker::Mode::open));
  BOOST_TEST((*view.opened == opened));
  BOOST_TEST((view.since == opened));
  BOOST_TEST((*view.next_try == opened + seconds(60)));
  BOOST_TEST((view.opening.cause == policy::Cause::failures_in_row));
  BOOST_TEST((view.open_for == seconds(60)));
  BOOST_TEST((view.next_open_for == seconds(120)));
  const auto json = brief_json(view);
  BOOST_TEST(json["state"] == "open");
  BOOST_TEST(json["opened_by"] == "failures-in-row");
  BOOST_TEST(json["opened_value"] == 5);
  BOOST_TEST(json["opened_at"] == to_text(opened));
  BOOST_TEST(json["next_try_at"] == to_text(opened + seconds(60)));
  BOOST_TEST(json["open_for_s"] == 60);
  BOOST_TEST(!json.contains("config"));
}

BOOST_AUTO_TEST_CASE(a_half_open_breaker_remembers_when_it_opened_and_who_probes) {
  Bench bench;
  bench.set("api", Verb::trip);
  const Time opened = bench.world.wall();
  bench.pass(minutes(2));
  Hold hold;
  const auto probe = bench.ask("api", Verb::admit, hold);
  BOOST_TEST_REQUIRE(probe.probe);
  const BreakerView view = bench.view("api");
  BOOST_TEST((view.state == Breaker::Mode::half_open));
  BOOST_TEST((*view.opened == opened));
  BOOST_TEST((view.since == opened + minutes(2)));
  BOOST_TEST(view.probes == 1);
  BOOST_TEST_REQUIRE(view.holders.size() == 1);
  BOOST_TEST(view.holders[0].ticket == probe.effects.ticket);
  BOOST_TEST(brief_json(view)["holders"].size() == 1);
}

BOOST_AUTO_TEST_CASE(json_is_in_the_documented_order) {
  Bench bench;
  bench.set("api", Verb::trip);
  JsonObject object;
  object.add("v", 1);
  add_breaker(object, bench.view("api"), Depth::full);
  std::vector<std::string> keys;
  const auto json = nlohmann::ordered_json::parse(object.text());
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  const std::vector<std::string> expected{
      "v",           "name",       "state",     "since",           "seen_at",
      "failures",    "window",     "opened_at", "opened_by",       "opened_value",
      "next_try_at", "open_for_s", "probes",    "probe_successes", "holders",
      "idle_s",      "totals",     "config",    "journal"};
  BOOST_TEST(keys == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_table_has_a_line_for_each) {
  Bench bench;
  bench.set("api", Verb::trip);
  bench.call("db", true);
  bench.set("mail", Verb::hold_open);
  bench.pass(seconds(12));
  const std::vector views{bench.view("api"), bench.view("db"), bench.view("mail")};
  BOOST_TEST(table_of(views, 80) ==
             "NAME  STATE      FAILURES  RATE  OPEN SINCE  NEXT TRY  HOLDERS\n"
             "api   open              0     -  12s ago     in 48s    -\n"
             "db    closed            0    0%  -           -         -\n"
             "mail  held-open         0     -  12s ago     never     -\n");
}

BOOST_AUTO_TEST_CASE(an_open_time_that_is_over_is_shown_as_such) {
  Bench bench;
  bench.set("api", Verb::trip);
  bench.pass(minutes(3));
  const std::string table = table_of(std::vector{bench.view("api")}, 80);
  BOOST_TEST(table.contains("  open "));
  BOOST_TEST(table.contains("  now "));
  BOOST_TEST(described(bench.view("api")).contains("now: the next call is a probe\n"));
}

BOOST_AUTO_TEST_CASE(a_table_stays_in_its_width_whatever_the_names_are) {
  Bench bench;
  const std::string longest(128, 'n');
  for (const std::string& key : {std::string("a"), std::string(30, 'k'), longest}) {
    bench.set(key, Verb::trip);
  }
  const std::vector views{bench.view("a"), bench.view(std::string(30, 'k')), bench.view(longest)};
  const std::string table = table_of(views, 80);
  BOOST_TEST(table.contains("\n" + longest + "\n"));
  BOOST_TEST(std::ranges::count(table, '\n') == 6);
  for (std::size_t at = 0; at < table.size();) {
    const std::size_t end = table.find('\n', at);
    BOOST_TEST((end - at <= 80 || table.substr(at, end - at) == longest));
    at = end + 1;
  }
}

BOOST_AUTO_TEST_CASE(many_holders_are_counted) {
  BreakerView view;
  view.name = "api";
  for (std::int64_t pid : {4711, 4712, 4713, 4714}) view.holders.push_back({1, pid, ""});
  view.holders[1].host = "other";
  BOOST_TEST(table_of(std::vector{view}, 80).contains("4711 4712@other +2\n"));
}

/// Each state with the words that its explanation must have.
struct Explained {
  Verb verb;
  Duration passed;
  std::vector<const char*> words;
};
std::ostream& operator<<(std::ostream& out, const Explained& it) {
  return out << static_cast<int>(it.verb);
}

const Explained explanations[] = {
    {Verb::trip,
     seconds(20),
     {"api is open, since 20s: set by hand.",
      "the first one that comes in 40s or later is a probe.",
      "2 successful probes in a row close it; one that fails opens it again for about 2m.",
      "gird breaker reset api"}},
    {Verb::trip, minutes(5), {"Its open time is over: the next call is let through as a probe."}},
    {Verb::hold_open,
     seconds(1),
     {"api is held-open, since 1s: somebody set it so.", "Every call is refused.",
      "It stays so until somebody changes it.", "gird breaker release api"}},
    {Verb::hold_closed, seconds(1), {"held-closed", "Calls pass, and their ends are counted."}},
    {Verb::disable, seconds(1), {"disabled", "nothing is counted"}},
    {Verb::metrics_only, seconds(1), {"metrics-only", "only noted"}},
    {Verb::reset,
     seconds(1),
     {"api is closed, since ",
      "It opens after 5 failures in a row (now 0), or when 50% of the "
      "last 20 calls failed, counted from 10 calls on (now no calls).",
      "gird breaker trip api"}},
};

BOOST_DATA_TEST_CASE(every_state_is_explained, data::make(explanations), it) {
  Bench bench;
  bench.set("api", it.verb);
  bench.pass(it.passed);
  std::string text;
  for (const std::string& sentence : explained(bench.view("api"))) text += sentence + "\n";
  for (const char* words : it.words) BOOST_TEST(text.contains(words), text << "lacks: " << words);
}

BOOST_AUTO_TEST_CASE(what_a_host_calls_itself_does_nothing_to_a_terminal) {
  Bench bench;
  bench.set("api", Verb::trip);
  BreakerView view = bench.view("api");
  view.holders = {{1, 0, "\x1b[31mred\xff"}};
  for (const std::string& text : {table_of(std::vector{view}, 80), described(view)}) {
    BOOST_TEST(text.contains("red"));
    BOOST_TEST(!text.contains('\x1b'));
    BOOST_TEST(!text.contains('\xff'));
  }
}

BOOST_AUTO_TEST_CASE(a_watch_may_last_as_long_as_a_number_goes) {
  Bench bench;
  const WatchPlan plan{.names = {}, .count = {}, .timeout = Duration::max(), .lines = true};
  bench.pass(minutes(60));
  bench.world.interrupted_wait = 1;
  const auto exit = watch_breakers(plan, bench.store, bench.world);
  BOOST_TEST((exit && *exit == died_of(SIGTERM)));
  BOOST_TEST((bench.world.waits.back() > Duration::zero()));
}

BOOST_AUTO_TEST_CASE(a_probe_under_way_is_explained) {
  Bench bench;
  bench.set("api", Verb::trip);
  bench.pass(minutes(2));
  Hold hold;
  const auto probe = bench.ask("api", Verb::admit, hold);
  auto sentences = explained(bench.view("api"));
  BOOST_TEST(sentences[1] == "Calls are refused while a probe is under way.");
  bench.ask("api", Verb::record, hold, probe.effects.ticket);
  sentences = explained(bench.view("api"));
  BOOST_TEST(sentences[1] == "The next call is let through as a probe.");
  BOOST_TEST(sentences[2].starts_with("1 successful probe in a row closes it;"));
}

BOOST_AUTO_TEST_CASE(the_next_try_of_a_half_open_one_waits_for_its_permits) {
  BreakerView view;
  view.name = "api";
  view.state = Breaker::Mode::half_open;
  BOOST_TEST(table_of(std::vector{view}, 80).contains("  now "));
  BOOST_TEST(described(view).contains("next try    now: the next call is a probe\n"));
  view.probes = view.config.half_open_permits;
  BOOST_TEST(table_of(std::vector{view}, 80).contains("  when a probe ends  "));
  BOOST_TEST(described(view).contains("next try    when a probe ends\n"));
}

BOOST_AUTO_TEST_CASE(a_ramp_is_told_with_its_share) {
  BreakerView view;
  view.name = "api";
  view.share = 10;
  BOOST_TEST(table_of(std::vector{view}, 80).contains("api   closed, 10%  "));
  BOOST_TEST(described(view).contains("state       closed, 10%\n"));
  BOOST_TEST(described(view).contains("next try    not needed: 10% of the calls pass\n"));
}

BOOST_AUTO_TEST_CASE(refusals_that_are_not_carried_out_are_told) {
  BreakerView view;
  view.name = "api";
  view.config.enforce = 0;
  BOOST_TEST(state_text(view) == "closed");
  BOOST_TEST(!explained(view)[1].contains("efusals"));
  view.state = Breaker::Mode::open;
  BOOST_TEST(state_text(view) == "open, not enforced");
  BOOST_TEST(
      explained(view)[1].ends_with("Refusals are not carried out: those calls pass as well."));
  view.config.enforce = 0.25;
  BOOST_TEST(state_text(view) == "open, 25% enforced");
  BOOST_TEST(explained(view)[1].ends_with(
      "Only 25% of the refusals are carried out: the other calls pass as well."));
  view.state = Breaker::Mode::held_open;
  BOOST_TEST(state_text(view) == "held-open");
}

BOOST_AUTO_TEST_CASE(calls_that_were_killed_or_late_are_explained) {
  BOOST_TEST(in_words({policy::Event::vanished, policy::Cause::none, 0}) ==
             "vanished: a call was killed before it told how it ended; unless it was a probe, it "
             "failed");
  BOOST_TEST(in_words({policy::Event::late, policy::Cause::none, 0}) ==
             "late: a call from before the last change ended; it is not counted");
}

BOOST_AUTO_TEST_CASE(a_rule_on_slow_calls_tells_from_when_it_counts) {
  BreakerView view;
  view.config.slow_call = 2'000'000;
  BOOST_TEST(
      described(view).contains("when 100% of the last 20 calls took longer than 2s, counted from "
                               "10 calls on (now no calls)"));
}

BOOST_AUTO_TEST_CASE(a_description_has_every_fact) {
  Bench bench;
  for (int i = 0; i < 5; ++i) bench.call("api", false);
  const std::string text = described(bench.view("api"));
  for (const char* fact :
       {"name        api\n", "state       open\n", "next try    in 1m (", "last opened 5 failures",
        "failures    5 in a row\n", "window      last 20 calls: 5 calls, 5 failures (100%)\n",
        "opens       after 5 failures in a row (now 5)\n",
        "open time   1m now; 1m at first, times 2 after a failed probe, at most 10m, +-20%\n",
        "closes      after 2 successful probes in a row, 1 at once\n", "holders     none\n",
        "totals      5 calls, 5 failures, 0 refused, opened 1 time\n",
        "opened: 5 failures in a row\n"}) {
    BOOST_TEST(text.contains(fact), text << "lacks: " << fact);
  }
}

BOOST_AUTO_TEST_CASE(history_has_a_line_for_each_transition) {
  Bench bench;
  bench.set("api", Verb::trip);
  const std::string first = to_text(bench.world.wall());
  bench.pass(seconds(1));
  bench.set("api", Verb::reset);
  const std::string second = to_text(bench.world.wall());
  const BreakerView view = bench.view("api");
  BOOST_TEST(history_of(view) ==
             first + "  opened: set by hand\n" + second + "  closed: set by hand\n");
  BOOST_TEST(entry_json("api", view.journal.front()) ==
             R"({"v":1,"name":"api","time":")" + first +
                 R"(","event":"opened","cause":"administrator","message":"opened: set by hand"})");
}

BOOST_AUTO_TEST_CASE(metrics_have_one_state_that_is) {
  Bench bench;
  bench.set("api", Verb::trip);
  bench.set("db", Verb::disable);
  const std::vector views{bench.view("api"), bench.view("db")};
  const std::string text = as_metrics(views, Exposition::prometheus);
  BOOST_TEST(text.contains("\ngird_breaker_state{name=\"api\",state=\"open\"} 1\n"));
  BOOST_TEST(text.contains("\ngird_breaker_state{name=\"api\",state=\"closed\"} 0\n"));
  BOOST_TEST(text.contains("\ngird_breaker_state{name=\"db\",state=\"disabled\"} 1\n"));
  BOOST_TEST(text.contains("\n# TYPE gird_breaker_opened_total counter\n"));
  BOOST_TEST(text.contains("\ngird_breaker_opened_total{name=\"api\"} 1\n"));
  BOOST_TEST(text.contains("\ngird_breaker_opened_timestamp_seconds{name=\"api\"} "));
  BOOST_TEST(!text.contains("gird_breaker_opened_timestamp_seconds{name=\"db\"}"));
  BOOST_TEST(!text.contains("# EOF"));
  const std::string open = as_metrics(views, Exposition::openmetrics);
  BOOST_TEST(open.contains("\n# TYPE gird_breaker_opened counter\n"));
  BOOST_TEST(open.contains("\ngird_breaker_opened_total{name=\"api\"} 1\n"));
  BOOST_TEST(open.ends_with("\n# EOF\n"));
}

BOOST_AUTO_TEST_CASE(labels_are_escaped) {
  BreakerView view;
  view.name = "a\"b\\c\nd";
  const std::string text = as_metrics(std::vector{view}, Exposition::prometheus);
  BOOST_TEST(text.contains("{name=\"a\\\"b\\\\c\\nd\"}"));
}

BOOST_AUTO_TEST_CASE(time_alone_is_no_change) {
  Bench bench;
  bench.set("api", Verb::trip);
  const BreakerView before = bench.view("api");
  bench.pass(minutes(5));
  BOOST_TEST(!differ(before, bench.view("api")));
  Hold hold;
  bench.ask("api", Verb::admit, hold);
  const BreakerView after = bench.view("api");
  BOOST_TEST(differ(before, after));
  const auto news = new_entries(before, after);
  BOOST_TEST_REQUIRE(news.size() == 1);
  BOOST_TEST((news[0].note.event == policy::Event::half_opened));
}

BOOST_AUTO_TEST_CASE(entries_of_one_moment_are_told_apart) {
  Bench bench;
  bench.set("api", Verb::trip);
  const BreakerView before = bench.view("api");
  bench.set("api", Verb::reset);  // in the same moment
  bench.set("api", Verb::disable);
  const auto news = new_entries(before, bench.view("api"));
  BOOST_TEST_REQUIRE(news.size() == 2);
  BOOST_TEST((news[0].note.event == policy::Event::closed));
  BOOST_TEST((news[1].note.event == policy::Event::disabled));
}

BOOST_AUTO_TEST_CASE(a_frame_takes_the_place_of_the_last_and_fits_the_terminal) {
  BOOST_TEST(frame_of("ab\ncd\n", 24, 80, 0) == "ab\x1b[K\ncd\x1b[K\n\x1b[J");
  BOOST_TEST(frame_of("ab\n", 24, 80, 2) == "\x1b[2A\rab\x1b[K\n\x1b[J");
  BOOST_TEST(frame_of("abcdef\n", 24, 4, 0) == "abcd\x1b[K\n\x1b[J");
  BOOST_TEST(frame_of("a\nb\nc\nd\ne\n", 4, 80, 0) ==
             "a\x1b[K\nb\x1b[K\n... 3 more lines\x1b[K\n\x1b[J");
}

BOOST_AUTO_TEST_CASE(the_command_line_is_checked_before_anything_is_touched) {
  const std::vector<std::vector<const char*>> wrong{
      {},
      {"lst"},
      {"show"},
      {"trip"},
      {"explain"},
      {"history"},
      {"show", "a/b"},
      {"show", ""},
      {"show", ".hidden"},
      {"trip", "a\nb"},
      {"list", "--format", "prometheus"},
      {"list", "--json", "--format", "json"},
      {"export", "--format", "text"},
      {"watch", "--format", "json"},
      {"list", "-n", "1"},
      {"watch", "-n", "0"},
      {"list", "-t", "1s"},
      {"trip", "--dry-run", "api"},
      {"gc", "--older-than", "1parsec"},
      {"list", "--older-than", "3d"},
      {"list", "-q", "-v"},
      {"list", "--store", "nowhere"},
  };
  for (auto words : wrong) {
    FakeWorld world;
    const std::string shown = words.empty() ? "nothing" : words.back();
    words.insert(words.begin(), {"gird", "breaker"});
    BOOST_TEST_CONTEXT(shown) {
      BOOST_TEST((dispatch(words, world) == misused));
      BOOST_TEST(world.said.starts_with("gird breaker: "));
      BOOST_TEST(world.printed.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(verbs_are_silent_and_narrate_when_asked) {
  FakeWorld world;
  std::vector<const char*> words{"gird", "breaker", "trip", "--store", "memory", "api"};
  BOOST_TEST((dispatch(words, world) == yes));
  BOOST_TEST(world.printed.empty());
  BOOST_TEST(world.said.empty());
  words.push_back("-v");
  BOOST_TEST((dispatch(words, world) == yes));
  BOOST_TEST(world.said == "gird breaker: api: open, was closed\n");
  words.back() = "--json";
  BOOST_TEST((dispatch(words, world) == yes));
  BOOST_TEST(world.printed ==
             R"({"v":1,"changes":[{"name":"api","before":"closed","state":"open"}]})"
             "\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
