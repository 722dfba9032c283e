// Redis through gird-net: by name, and with TLS.
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <optional>

#include "store/memory_store.hpp"
#include "store/redis_store.hpp"
#include "sys/real_world.hpp"
#include "sys/tree.hpp"
#include "unit/store/counter.hpp"
#include "unit/store/counter_lua.hpp"
#include "unit/store/redis_server.hpp"

namespace gird::store {
namespace {

using boost::unit_test::precondition;
using std::chrono::seconds;

/// Sets a variable for as long as it lives.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    ::setenv(name, value.c_str(), 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

/// A certificate authority, and certificates that it made.
class Authority {
 public:
  Authority() {
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 "
        "-subj /CN=authority -keyout ca.key -out ca.crt");
  }
  /// Of the names, as "DNS:localhost,IP:127.0.0.1".
  void certify(const std::string& file, const std::string& names, const char* days = "30") const {
    run("openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=server "
        "-keyout " +
        file + ".key -out " + file + ".csr");
    scratch_.file(file + ".ext", "subjectAltName=" + names + "\n");
    run("openssl x509 -req -in " + file + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -days " +
        days + " -extfile " + file + ".ext -out " + file + ".crt");
  }
  /// A directory of trusted certificates, as OpenSSL looks into it.
  [[nodiscard]] std::string directory() const {
    run("mkdir trusted && cp ca.crt trusted && openssl rehash trusted");
    return path("trusted");
  }
  [[nodiscard]] std::string path(const std::string& file) const { return scratch_.path(file); }

 private:
  void run(const std::string& line) const {
    const std::string whole = "cd " + scratch_.path("") + " && " + line + " >> log 2>&1";
    BOOST_TEST_REQUIRE(std::system(whole.c_str()) == 0, sys::text_of(scratch_.path("log")));
  }
  sys::Scratch scratch_;
};

RedisTerms patient() {
  RedisTerms terms;
  terms.patience = terms.long_patience = seconds(20);
  terms.pause = terms.shared_pause = Duration::zero();
  terms.machine = counter_machine;
  return terms;
}

/// A server that speaks TLS on a second port, and how to reach it.
struct Secured {
  Authority authority;
  Variable net{"GIRD_NET", GIRD_NET_PROGRAM};
  std::optional<RedisServer> server;
  std::uint16_t port = RedisServer::free_port();
  sys::RealWorld world;
  Hold none;

  void serve(const std::string& names) {
    authority.certify("server", names);
    server.emplace(std::vector<std::string>{"--tls-port", std::to_string(port), "--tls-cert-file",
                                            authority.path("server.crt"), "--tls-key-file",
                                            authority.path("server.key"), "--tls-ca-cert-file",
                                            authority.path("ca.crt"), "--tls-auth-clients", "no"});
  }
  RedisStore store(const std::string& host, const std::string& scheme = "rediss") {
    const std::string url = scheme + "://" + host + ":" + std::to_string(port) + "/0";
    return {parse_redis_address(url).value(), std::make_unique<MemoryStore>(world), "", world,
            patient()};
  }
  std::int64_t count(RedisStore& store) {
    const auto answer = store.step<Counter>("key", nullptr, {}, none);
    if (!answer) BOOST_FAIL(answer.error().what + ": " + answer.error().why);
    return answer->count;
  }
  void check_untrusted(RedisStore store, const char* why) {
    const auto answer = store.step<Counter>("key", nullptr, {}, none);
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST(answer.error().code == "store-refused");
    BOOST_TEST(answer.error().why.contains(why), answer.error().why);
    BOOST_TEST(store.complaints().empty());
  }
};

boost::test_tools::assertion_result needs_server(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result result(RedisServer::exists());
  result.message() << "there is no redis-server";
  return result;
}

BOOST_FIXTURE_TEST_SUITE(redis_tls, Secured, *precondition(needs_server))

BOOST_AUTO_TEST_CASE(a_server_is_trusted_by_name_or_number) {
  serve("DNS:localhost,IP:127.0.0.1");
  const Variable trusted("SSL_CERT_FILE", authority.path("ca.crt"));
  RedisStore by_name = store("localhost");
  BOOST_TEST(count(by_name) == 1);
  BOOST_TEST(count(by_name) == 2);
  RedisStore by_number = store("127.0.0.1");
  BOOST_TEST(count(by_number) == 3);
  BOOST_TEST(by_name.complaints().empty());
}

// The usual file has so many certificates that reading it takes longer than a guard waits.
BOOST_AUTO_TEST_CASE(who_is_trusted_by_the_directory_does_not_have_the_file_read) {
  serve("DNS:localhost");
  const Variable trusted("SSL_CERT_DIR", authority.directory());
  const std::string never_read = authority.path("fifo");
  BOOST_TEST_REQUIRE(::mkfifo(never_read.c_str(), 0600) == 0);
  const Variable file("SSL_CERT_FILE", never_read);
  RedisStore one = store("localhost");
  BOOST_TEST(count(one) == 1);
  BOOST_TEST(one.complaints().empty());
}

BOOST_AUTO_TEST_CASE(much_goes_both_ways) {
  serve("DNS:localhost");
  const Variable trusted("SSL_CERT_FILE", authority.path("ca.crt"));
  const RedisAddress address =
      parse_redis_address("rediss://localhost:" + std::to_string(port)).value();
  const Instant deadline = world.now() + seconds(60);
  const auto connection = RedisConnection::open(address, {}, deadline, world).value();
  std::string much;
  for (int line = 0; much.size() < 5'000'000; ++line) much += std::to_string(line) + "\n";
  BOOST_TEST(connection->ask({"SET", "much", much}, deadline).value().text == "OK");
  BOOST_TEST((connection->ask({"GET", "much"}, deadline).value().text == much));
}

BOOST_AUTO_TEST_CASE(changes_are_heard) {
  serve("DNS:localhost");
  const Variable trusted("SSL_CERT_FILE", authority.path("ca.crt"));
  RedisStore one = store("localhost");
  const auto changes = one.changes(kind_of<Counter>(), "").value();
  count(one);
  const auto heard = [&] { return !changes->take().value().empty(); };
  BOOST_TEST(sys::becomes(heard));
}

BOOST_AUTO_TEST_CASE(who_is_not_trusted_is_refused) {
  serve("DNS:localhost,IP:127.0.0.1");
  check_untrusted(store("localhost"), "certificate");
  authority.certify("other", "DNS:localhost");
  const Variable trusted("SSL_CERT_FILE", authority.path("other.crt"));
  check_untrusted(store("localhost"), "certificate");
}

BOOST_AUTO_TEST_CASE(who_has_another_name_is_refused) {
  serve("DNS:example.org,IP:127.0.0.2");
  const Variable trusted("SSL_CERT_FILE", authority.path("ca.crt"));
  check_untrusted(store("localhost"), "hostname mismatch");
  check_untrusted(store("127.0.0.1"), "IP address mismatch");
}

BOOST_AUTO_TEST_CASE(a_server_that_is_away_is_replaced) {
  RedisStore one = store("localhost");
  BOOST_TEST(count(one) == 1);
  BOOST_TEST(one.complaints().at(0).contains("connection refused"));
}

// 127.1 is a number to getaddrinfo(3) alone, so that no name service is needed for the test.
BOOST_AUTO_TEST_CASE(a_name_is_resolved_and_the_connection_passed_on) {
  server.emplace();
  port = server->port();
  RedisStore one = store("127.1", "redis");
  BOOST_TEST(count(one) == 1);
  const auto gone = [] { return sys::children_of_ours().size() <= 1; };
  BOOST_TEST(sys::becomes(gone));  // the server alone is left
  BOOST_TEST(count(one) == 2);
}

BOOST_AUTO_TEST_CASE(a_name_that_nobody_has_is_away) {
  RedisStore one = store("nobody.invalid", "redis");
  BOOST_TEST(count(one) == 1);
  BOOST_TEST(one.complaints().at(0).contains("find nobody.invalid"));
}

BOOST_AUTO_TEST_CASE(without_gird_net_it_is_an_error) {
  const Variable nowhere("GIRD_NET", "/nowhere/gird-net");
  RedisStore one = store("127.1", "redis");
  const auto answer = one.step<Counter>("key", nullptr, {}, none);
  BOOST_TEST_REQUIRE(!answer.has_value());
  BOOST_TEST(answer.error().code == "store-failed");
  BOOST_TEST(answer.error().why == "start /nowhere/gird-net: no such file or directory");
}

/// The number of the client's connection, as the server knows it.
std::string client_of(const RedisServer& server) {
  const std::string list = server.cli("client list");
  const std::size_t line = list.find("cmd=evalsha");
  const std::size_t from = list.rfind("id=", line);
  return line == list.npos ? "" : list.substr(from, list.find(' ', from) - from);
}

// Jobs come and go, and what they leave behind is ended; the helper is no job.
BOOST_AUTO_TEST_CASE(the_helper_is_not_swept_away_with_jobs) {
  serve("DNS:localhost");
  const Variable trusted("SSL_CERT_FILE", authority.path("ca.crt"));
  const std::array<std::string, 3> argv{"sh", "-c", "sleep 1000 & exit 3"};
  sys::Job job;
  job.argv = argv;
  RedisStore one = store("localhost");
  // Once with the helper before the runner, once after it.
  for (int turn = 0; turn < 2; ++turn) {
    RedisStore fresh = store("localhost");
    count(fresh);
    BOOST_TEST(world.run(job).value().outcome.code == 3);
    count(fresh);
    const std::string before = client_of(*server);
    BOOST_TEST(world.sweep(seconds(20)).value() == 0);
    count(fresh);
    BOOST_TEST(client_of(*server) == before);
    BOOST_TEST(!before.empty());
  }
}

BOOST_AUTO_TEST_CASE(the_helper_ends_with_the_store) {
  serve("DNS:localhost");
  const Variable trusted("SSL_CERT_FILE", authority.path("ca.crt"));
  const std::size_t before = sys::descendants({}).size();
  {
    RedisStore one = store("localhost");
    count(one);
    BOOST_TEST(sys::descendants({}).size() == before + 1);
  }
  BOOST_TEST(sys::becomes([&] { return sys::descendants({}).size() == before; }));
}

// A server that takes the connection and never says a word.
BOOST_AUTO_TEST_CASE(the_helper_ends_when_nobody_waits_for_it_any_more) {
  server.emplace();
  port = server->port();
  server->send(SIGSTOP);
  const std::size_t before = sys::descendants({}).size();
  RedisTerms hasty = patient();
  hasty.patience = std::chrono::milliseconds(50);
  RedisStore one(parse_redis_address("rediss://localhost:" + std::to_string(port)).value(),
                 std::make_unique<MemoryStore>(world), "", world, hasty);
  BOOST_TEST(count(one) == 1);
  BOOST_TEST(one.complaints().at(0).contains("no connection in time"));
  BOOST_TEST(sys::becomes([&] { return sys::descendants({}).size() == before; }));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
