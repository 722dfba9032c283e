// Redis servers that do not answer, or not as they should.
#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <thread>

#include "policy/limiter.hpp"
#include "store/memory_store.hpp"
#include "store/redis_store.hpp"
#include "sys/real_world.hpp"
#include "unit/fake_world.hpp"
#include "unit/store/counter.hpp"
#include "unit/store/counter_lua.hpp"
#include "unit/store/redis_server.hpp"

namespace gird::store {
namespace {

using boost::unit_test::precondition;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

boost::test_tools::assertion_result needs_server(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result result(RedisServer::exists());
  result.message() << "there is no redis-server";
  return result;
}

RedisTerms patient() {
  RedisTerms terms;
  terms.patience = terms.long_patience = seconds(20);
  terms.pause = terms.shared_pause = Duration::zero();
  terms.machine = counter_machine;
  return terms;
}

/// Gives up at once where a server does not answer.
RedisTerms hasty() {
  RedisTerms terms = patient();
  terms.patience = terms.long_patience = milliseconds(50);
  return terms;
}

/// A store, and the words to use it in a test. `here` outlives the store's own.
struct User {
  sys::RealWorld world;
  RedisStore store;
  Hold none;

  explicit User(const std::string& url, RedisTerms terms = patient(), std::string directory = "")
      : store(parse_redis_address(url).value(), std::make_unique<MemoryStore>(world), directory,
              world, terms) {}

  Result<Counter::Answer> ask(Hold& hold, What what, std::int64_t ticket = 0) {
    return store.step<Counter>("key", nullptr, {what, ticket}, hold);
  }
  std::int64_t count() {
    const auto answer = ask(none, What::count);
    if (!answer) BOOST_FAIL(answer.error().what + ": " + answer.error().why);
    return answer->count;
  }
  std::string only_complaint() {
    const auto all = store.complaints();
    BOOST_TEST(all.size() == 1);
    return all.empty() ? "" : all.front();
  }
};

const std::string nobody = "redis://127.0.0.1:1/0";

BOOST_AUTO_TEST_SUITE(redis_trouble)

BOOST_AUTO_TEST_CASE(a_dead_server_is_replaced_and_one_line_says_so) {
  User user(nobody);
  BOOST_TEST(user.count() == 1);
  BOOST_TEST(user.count() == 2);
  BOOST_TEST(user.only_complaint() ==
             "redis://127.0.0.1:1/0: connection refused; using the local cells of this machine");
  BOOST_TEST(user.count() == 3);
  BOOST_TEST(user.store.complaints().empty());
}

BOOST_AUTO_TEST_CASE(nobody_else_looks_at_shared_state_for_a_dead_server) {
  User user(nobody);
  user.count();
  const Kind& kind = kind_of<Counter>();
  BOOST_TEST(user.store.look<Counter>("key").error().code == "store-unreachable");
  BOOST_TEST(user.store.keys(kind).error().code == "store-unreachable");
  BOOST_TEST(user.store.remove(kind, "key", seconds(0)).error().code == "store-unreachable");
  BOOST_TEST(user.store.changes(kind, "").error().code == "store-unreachable");
  // Who waits for a cell that is served here watches it here.
  BOOST_TEST(user.store.changes(kind, "key").has_value());
}

BOOST_AUTO_TEST_CASE(where_nobody_serves_the_reason_is_told) {
  sys::RealWorld world;
  RedisStore store(parse_redis_address(nobody).value(),
                   system_error("store-unusable", "state directory", ENOENT), "", world, patient());
  Hold none;
  const auto answer = store.step<Counter>("key", nullptr, {}, none);
  BOOST_TEST_REQUIRE(!answer.has_value());
  BOOST_TEST(answer.error().code == "store-unusable");
}

BOOST_AUTO_TEST_CASE(without_a_connection_nothing_is_tried_for_a_while,
                     *precondition(needs_server)) {
  RedisServer server;
  server.kill();
  RedisTerms terms = patient();
  terms.pause = hours(1);
  User user(server.port_url(), terms);
  BOOST_TEST(user.count() == 1);
  server.start();
  BOOST_TEST(user.count() == 2);
  BOOST_TEST(User(server.port_url()).count() == 1);
}

BOOST_AUTO_TEST_CASE(other_processes_learn_that_a_server_is_away, *precondition(needs_server)) {
  const sys::Scratch scratch;
  RedisServer server;
  server.kill();
  RedisTerms terms = patient();
  terms.shared_pause = hours(1);
  User first(server.port_url(), terms, scratch.path(""));
  first.count();
  server.start();
  const auto noted = [&] {
    const auto file = std::filesystem::directory_iterator(scratch.path(""));
    return std::filesystem::last_write_time(file->path());
  };
  const auto before = noted();
  User second(server.port_url(), terms, scratch.path(""));
  second.count();
  // What is only heard of is not passed on, or it would never end.
  BOOST_TEST((noted() == before));
  BOOST_TEST(second.only_complaint().contains("it was away a moment ago"));
  // The pause is over for this one, who finds the server and lets the others know.
  User third(server.port_url(), patient(), scratch.path(""));
  third.count();
  BOOST_TEST(third.store.complaints().empty());
  User fourth(server.port_url(), terms, scratch.path(""));
  BOOST_TEST(fourth.count() == 2);
  BOOST_TEST(fourth.store.complaints().empty());
}

BOOST_AUTO_TEST_CASE(a_slow_server_is_replaced_and_what_it_was_asked_is_taken_back,
                     *precondition(needs_server)) {
  RedisServer server;
  User user(server.socket_url(), hasty());
  User watcher(server.socket_url());
  // The server knows the script, and a connection is there.
  watcher.count();
  server.send(SIGSTOP);
  Hold hold;
  BOOST_TEST(user.ask(hold, What::take, 7).value().count == 0);
  BOOST_TEST(static_cast<bool>(hold));
  BOOST_TEST(user.only_complaint().contains("no answer in time"));
  server.send(SIGCONT);
  // It carries out both, in turn, before what is asked later.
  BOOST_TEST(watcher.count() == 2);
  const auto look = watcher.store.look<Counter>("key").value().value();
  BOOST_TEST(look.holders.empty());
  BOOST_TEST(look.state.vanished == 0);
}

BOOST_AUTO_TEST_CASE(a_job_that_waits_glances_no_longer_than_a_step_may,
                     *precondition(needs_server)) {
  RedisServer server;
  User watcher(server.socket_url());
  watcher.count();
  RedisTerms terms = patient();
  terms.patience = milliseconds(50);
  terms.pause = hours(1);
  User user(server.socket_url(), terms);
  server.send(SIGSTOP);
  BOOST_TEST(user.store.glance<Counter>("key").error().code == "store-unreachable");
  server.send(SIGCONT);
  BOOST_TEST(user.only_complaint().contains("using the local cells of this machine"));
  // It has found out for the steps that come next, and then looks where they are.
  BOOST_TEST(user.count() == 1);
  BOOST_TEST(user.count() == 2);
  BOOST_TEST(user.store.glance<Counter>("key").value()->state.count == 2);
  BOOST_TEST(watcher.store.glance<Counter>("key").value()->state.count == 1);
}

BOOST_AUTO_TEST_CASE(what_was_begun_here_ends_here, *precondition(needs_server)) {
  RedisServer server;
  server.kill();
  User user(server.socket_url());
  Hold hold;
  BOOST_TEST(user.ask(hold, What::take, 7).has_value());
  BOOST_TEST(static_cast<bool>(hold));
  BOOST_TEST(!hold.renew_within().has_value());
  server.start();
  BOOST_TEST(user.ask(hold, What::drop, 7).has_value());
  BOOST_TEST(!static_cast<bool>(hold));
  // So does a call that has a ticket and no hold; a new call begins there.
  BOOST_TEST(user.ask(user.none, What::note, 7).has_value());
  BOOST_TEST(server.cli("exists gird:counter:key") == "0\n");
  BOOST_TEST(user.count() == 1);
  BOOST_TEST(server.cli("exists gird:counter:key") == "1\n");
}

BOOST_AUTO_TEST_CASE(what_was_begun_there_is_late_here, *precondition(needs_server)) {
  RedisServer server;
  User user(server.socket_url());
  Hold hold;
  BOOST_TEST(user.ask(hold, What::take, 7).has_value());
  server.kill();
  BOOST_TEST(hold.renew().has_value());  // it may still be there
  BOOST_TEST(user.ask(hold, What::note, 7).has_value());
  BOOST_TEST(!static_cast<bool>(hold));
  BOOST_TEST(user.only_complaint().contains("using the local cells of this machine"));
}

using policy::Limiter;

/// A caller of a rate that lets one call through.
struct Caller {
  sys::RealWorld world;
  MemoryStore* local = nullptr;
  RedisStore store;
  Hold none;

  explicit Caller(const std::string& url) : store(make(url)) {}

  RedisStore make(const std::string& url) {
    auto memory = std::make_unique<MemoryStore>(world);
    local = memory.get();
    RedisTerms terms = patient();
    terms.machine = lua_source;
    return {parse_redis_address(url).value(), std::move(memory), "", world, terms};
  }
  Result<Limiter::Answer> ask(Limiter::Ask::What what) {
    Limiter::Config config;
    config.count = 1;
    config.period = 3'600'000'000;
    Limiter::Ask ask;
    ask.what = what;
    return store.step<Limiter>("key", &config, ask, none);
  }
  Result<Limiter::Answer> take() { return ask(Limiter::Ask::What::take); }
};

BOOST_AUTO_TEST_CASE(what_was_taken_here_is_given_back_here, *precondition(needs_server)) {
  RedisServer server;
  server.kill();
  Caller alone(server.socket_url());
  BOOST_TEST(alone.take().value().remaining == 0);
  server.start();
  Caller fleet(server.socket_url());
  BOOST_TEST(fleet.take().value().remaining == 0);
  BOOST_TEST(alone.ask(Limiter::Ask::What::cancel).value().remaining == 1);
  BOOST_TEST(fleet.ask(Limiter::Ask::What::peek).value().remaining == 0);
}

BOOST_AUTO_TEST_CASE(what_was_taken_there_is_not_given_back_here, *precondition(needs_server)) {
  RedisServer server;
  Caller caller(server.socket_url());
  BOOST_TEST(caller.take().value().remaining == 0);
  server.kill();
  const auto cancelled = caller.ask(Limiter::Ask::What::cancel);
  BOOST_TEST_REQUIRE(!cancelled.has_value());
  BOOST_TEST(cancelled.error().code == "store-unreachable");
  BOOST_TEST(!caller.local->look<Limiter>("key").value().has_value());
  BOOST_TEST(caller.store.complaints().empty());
}

BOOST_AUTO_TEST_CASE(a_lease_that_cannot_be_renewed_in_time_is_lost, *precondition(needs_server)) {
  RedisServer server;
  RedisTerms terms = patient();
  terms.lease = milliseconds(1);
  User user(server.socket_url(), terms);
  Hold hold;
  BOOST_TEST(user.ask(hold, What::take, 7).has_value());
  server.kill();
  const auto lost = [&] {
    const auto renewed = hold.renew();
    return !renewed && renewed.error().code == "store-failed";
  };
  BOOST_TEST(sys::becomes(lost));
}

// Restarts.

BOOST_AUTO_TEST_CASE(a_server_that_keeps_its_data_goes_on, *precondition(needs_server)) {
  RedisServer server({"--appendonly", "yes", "--appendfsync", "always"});
  User user(server.socket_url());
  Hold hold;
  BOOST_TEST(user.ask(hold, What::take, 7).has_value());
  BOOST_TEST(user.count() == 1);
  server.kill();
  server.start();
  BOOST_TEST(user.count() == 2);
  BOOST_TEST(hold.renew().has_value());
  BOOST_TEST(user.store.complaints().empty());
}

BOOST_AUTO_TEST_CASE(a_server_that_forgets_begins_anew, *precondition(needs_server)) {
  RedisServer server;
  User user(server.socket_url());
  Hold lost;
  BOOST_TEST(user.ask(lost, What::take, 7).has_value());
  user.count();
  server.kill();
  server.start();
  BOOST_TEST(user.count() == 1);
  Hold present;
  BOOST_TEST(user.ask(present, What::take, 7).has_value());
  BOOST_TEST(user.ask(lost, What::drop, 7).has_value());
  BOOST_TEST(!static_cast<bool>(lost));
  BOOST_TEST(user.store.look<Counter>("key").value()->holders.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_connection_that_was_closed_meanwhile_is_made_again,
                     *precondition(needs_server)) {
  RedisServer server;
  User user(server.socket_url());
  user.count();
  server.cli("client kill type normal");
  BOOST_TEST(user.count() == 2);
  BOOST_TEST(user.store.complaints().empty());
}

// A replica takes over that lacks the last steps, under the address of the server that died.
BOOST_AUTO_TEST_CASE(a_stale_replica_takes_over, *precondition(needs_server)) {
  RedisServer master;
  RedisServer replica;
  User user(master.port_url());
  const policy::Micros before = user.ask(user.none, What::count)->now;
  replica.become_replica_of(master);
  replica.cli("replicaof no one");
  Hold lost;
  BOOST_TEST(user.ask(lost, What::take, 7).has_value());
  BOOST_TEST(user.count() == 2);
  master.kill();
  replica.cli("config set port " + std::to_string(master.port()));
  const auto answer = user.ask(user.none, What::count);
  BOOST_TEST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->count == 2);  // one was lost
  BOOST_TEST(answer->now >= before);
  Hold present;
  BOOST_TEST(user.ask(present, What::take, 7).has_value());
  BOOST_TEST(user.ask(lost, What::drop, 7).has_value());
  BOOST_TEST(user.store.look<Counter>("key").value()->holders.size() == 1);
  BOOST_TEST(user.store.complaints().empty());
}

BOOST_AUTO_TEST_CASE(a_replica_that_takes_no_writes_is_replaced, *precondition(needs_server)) {
  RedisServer master;
  RedisServer replica;
  replica.become_replica_of(master);
  User user(replica.socket_url());
  BOOST_TEST(user.count() == 1);
  BOOST_TEST(user.only_complaint().contains("READONLY"));
}

BOOST_AUTO_TEST_CASE(a_server_without_memory_is_replaced, *precondition(needs_server)) {
  RedisServer server;
  server.cli("config set maxmemory 1");
  User user(server.socket_url());
  BOOST_TEST(user.count() == 1);
  BOOST_TEST(user.only_complaint().contains("OOM"));
}

// What does not go away by itself is an error.

BOOST_AUTO_TEST_CASE(a_cluster_is_no_store, *precondition(needs_server)) {
  RedisServer server({"--cluster-enabled", "yes"});
  User user(server.socket_url());
  const auto answer = user.ask(user.none, What::count);
  BOOST_TEST_REQUIRE(!answer.has_value());
  BOOST_TEST(answer.error().code == "store-failed");
  BOOST_TEST(answer.error().why.contains("Redis Cluster"));
}

BOOST_AUTO_TEST_CASE(a_database_that_is_not_there_is_named, *precondition(needs_server)) {
  RedisServer server;
  User user("redis://127.0.0.1:" + std::to_string(server.port()) + "/99");
  const auto answer = user.ask(user.none, What::count);
  BOOST_TEST_REQUIRE(!answer.has_value());
  BOOST_TEST(answer.error().why == "it has no database 99");
}

BOOST_AUTO_TEST_CASE(databases_are_apart, *precondition(needs_server)) {
  RedisServer server;
  User zero("redis://127.0.0.1:" + std::to_string(server.port()) + "/0");
  User nine("redis://127.0.0.1:" + std::to_string(server.port()) + "/9");
  BOOST_TEST(zero.count() == 1);
  BOOST_TEST(nine.count() == 1);
}

BOOST_AUTO_TEST_CASE(what_is_no_redis_is_an_error) {
  const sys::Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  BOOST_REQUIRE(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
  BOOST_REQUIRE(::listen(listener.get(), 1) == 0);
  ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
  std::jthread web([&] {
    const sys::Fd client(::accept(listener.get(), nullptr, nullptr));
    char buffer[4096];
    BOOST_TEST(::read(client.get(), buffer, sizeof buffer) > 0);
    sys::write_all(client.get(), "HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  User user("redis://127.0.0.1:" + std::to_string(ntohs(address.sin_port)));
  const auto answer = user.ask(user.none, What::count);
  BOOST_TEST_REQUIRE(!answer.has_value());
  BOOST_TEST(answer.error().code == "store-failed");
  BOOST_TEST(answer.error().why == "this is not the protocol of Redis");
}

struct Said {
  const char* text;
  const char* code;
};

std::ostream& operator<<(std::ostream& out, const Said& it) { return out << it.text; }

const Said sayings[] = {
    {"LOADING Redis is loading the dataset in memory", "store-unreachable"},
    {"READONLY You can't write against a read only replica.", "store-unreachable"},
    {"OOM command not allowed when used memory > 'maxmemory'.", "store-unreachable"},
    {"BUSY Redis is busy running a script.", "store-unreachable"},
    {"MISCONF Redis is configured to save RDB snapshots", "store-unreachable"},
    {"MASTERDOWN Link with MASTER is down", "store-unreachable"},
    {"ERR max number of clients reached", "store-unreachable"},
    {"NOAUTH Authentication required.", "store-refused"},
    {"ERR Protocol error: unauthenticated multibulk length", "store-refused"},
    {"WRONGPASS invalid username-password pair", "store-refused"},
    {"NOPERM this user has no permissions to run the 'evalsha' command", "store-refused"},
    {"DENIED Redis is running in protected mode", "store-refused"},
    {"MOVED 3999 127.0.0.1:6381", "store-failed"},
    {"CLUSTERDOWN Hash slot not served", "store-failed"},
    {"ERR unknown command 'EVALSHA'", "store-failed"},
    {"", "store-failed"},
};

BOOST_DATA_TEST_CASE(what_a_server_says_has_a_meaning, sayings) {
  Reply reply;
  reply.type = Reply::Type::error;
  reply.text = sample.text;
  BOOST_TEST(error_of(reply, parse_redis_address("redis://h").value()).code == sample.code);
}

BOOST_AUTO_TEST_CASE(what_a_server_says_is_fit_to_be_printed) {
  Reply reply;
  reply.type = Reply::Type::error;
  reply.text = "ERR a\x1b[31mb\nsecond" + std::string(1000, 'x');
  const Error error = error_of(reply, parse_redis_address("redis://h").value());
  BOOST_TEST(error.why == "a?[31mb");
  reply.text = std::string(1000, 'x');
  BOOST_TEST(error_of(reply, parse_redis_address("redis://h").value()).why.size() == 200);
}

// Credentials.

using Variables = std::map<std::string, std::string, std::less<>>;

Result<Counter::Answer> ask_with(const Variables& variables, const std::string& url) {
  FakeWorld world;
  world.variables = variables;
  RedisStore store(parse_redis_address(url).value(), std::make_unique<MemoryStore>(world), "",
                   world, patient());
  Hold none;
  return store.step<Counter>("key", nullptr, {}, none);
}

void check_refused(const Result<Counter::Answer>& answer) {
  BOOST_TEST_REQUIRE(!answer.has_value());
  const Error& error = answer.error();
  BOOST_TEST(error.code == "store-refused", error.what << ": " << error.why);
  BOOST_TEST(!(error.what + error.why).contains("s3cr"), error.what << ": " << error.why);
}

BOOST_AUTO_TEST_CASE(a_password_comes_by_file_or_environment, *precondition(needs_server)) {
  const RedisServer server({"--requirepass", "s3cret"});
  const std::string file = server.scratch().file("password", "s3cret\n", 0600);
  const std::string wrong = server.scratch().file("wrong", "s3crex\n", 0600);
  server.scratch().file("gird-redis-password", "s3cret", 0600);
  const std::string folder = server.scratch().path("");
  const std::string url = server.socket_url();
  BOOST_TEST(ask_with({{"GIRD_REDIS_PASSWORD", "s3cret"}}, url).has_value());
  BOOST_TEST(ask_with({{"GIRD_REDIS_PASSWORD_FILE", file}}, url).has_value());
  BOOST_TEST(ask_with({{"CREDENTIALS_DIRECTORY", folder}}, url).has_value());
  BOOST_TEST(ask_with({{"GIRD_REDIS_PASSWORD_FILE", file}, {"CREDENTIALS_DIRECTORY", "/x"}}, url)
                 .has_value());
  check_refused(ask_with({}, url));
  check_refused(ask_with({{"GIRD_REDIS_PASSWORD", "s3crex"}}, url));
  check_refused(ask_with({{"GIRD_REDIS_PASSWORD_FILE", wrong}}, url));
  check_refused(ask_with({{"GIRD_REDIS_PASSWORD_FILE", "/nowhere/s"}}, url));
  check_refused(ask_with({{"GIRD_REDIS_PASSWORD_FILE", "/dev/null"}}, url));
  check_refused(ask_with({{"GIRD_REDIS_PASSWORD_FILE", "/"}}, url));
  check_refused(ask_with({{"GIRD_REDIS_USER", "gird"}}, url));
}

BOOST_AUTO_TEST_CASE(a_password_that_nobody_asked_for_is_refused, *precondition(needs_server)) {
  const RedisServer server;
  check_refused(ask_with({{"GIRD_REDIS_PASSWORD", "s3cret"}}, server.socket_url()));
}

// The rights that gird-store(7) names are enough, and each of them is needed for something.
BOOST_AUTO_TEST_CASE(a_user_of_its_own_needs_few_rights, *precondition(needs_server)) {
  const RedisServer server;
  server.cli(
      "acl setuser gird on '>s3cret' resetkeys '~gird:*' resetchannels '&gird:*' -@all "
      "+eval +evalsha +select +time +hmget +hget +hset +exists +pexpire +rename +del +scan "
      "+publish +subscribe +psubscribe");
  FakeWorld world;
  world.variables = {{"GIRD_REDIS_USER", "gird"}, {"GIRD_REDIS_PASSWORD", "s3cret"}};
  RedisStore store(server.address(), std::make_unique<MemoryStore>(world), "", world, patient());
  Hold none;
  server.cli("set gird:counter:key x");
  BOOST_TEST(store.step<Counter>("key", nullptr, {What::note}, none).has_value());
  BOOST_TEST(store.complaints().size() == 1);
  BOOST_TEST(store.look<Counter>("key").value().has_value());
  BOOST_TEST(store.keys(kind_of<Counter>()).value().size() == 1);
  BOOST_TEST(store.changes(kind_of<Counter>(), "").has_value());
  BOOST_TEST(store.changes(kind_of<Counter>(), "key").has_value());
  BOOST_TEST(store.remove(kind_of<Counter>(), "key", seconds(0)).value());
  server.cli("acl setuser gird -hset");
  const auto answer = store.step<Counter>("key", nullptr, {}, none);
  check_refused(answer);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
