// Starting and stopping a Redis server.
#include "unit/store/redis_server.hpp"

#include <arpa/inet.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <cstdio>

namespace gird::store {
namespace {

pid_t spawned(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_t pid = -1;
  return ::posix_spawnp(&pid, argv[0], nullptr, nullptr, argv.data(), environ) == 0 ? pid : -1;
}

std::string output_of(const std::string& line) {
  FILE* pipe = ::popen(line.c_str(), "r");
  std::string text;
  char buffer[4096];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) {
    text.append(buffer, count);
  }
  ::pclose(pipe);
  return text;
}

}  // namespace

bool RedisServer::exists() {
  static const bool found = !output_of("command -v redis-server").empty();
  return found;
}

std::uint16_t RedisServer::free_port() {
  const sys::Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  const std::uint16_t port = ntohs(address.sin_port);
  return port < 55'000 ? port : free_port();
}

RedisServer::RedisServer(std::vector<std::string> options)
    : options_(std::move(options)), port_(free_port()) {
  start();
}

RedisServer::~RedisServer() { kill(); }

void RedisServer::start() {
  std::vector<std::string> words{"redis-server",
                                 "--port",
                                 std::to_string(port_),
                                 "--bind",
                                 "127.0.0.1",
                                 "--unixsocket",
                                 scratch_.path("socket"),
                                 "--save",
                                 "",
                                 "--dir",
                                 scratch_.path(""),
                                 "--repl-diskless-sync-delay",
                                 "0",
                                 "--logfile",
                                 scratch_.path("log")};
  words.insert(words.end(), options_.begin(), options_.end());
  pid_ = spawned(words);
  BOOST_TEST_REQUIRE(pid_ > 0);
  // Any answer will do: it may want a password first.
  const auto answers = [&] {
    const std::string said = cli("ping");
    return said == "PONG\n" || said.contains("NOAUTH");
  };
  BOOST_TEST_REQUIRE(sys::becomes(answers), sys::text_of(scratch_.path("log")));
}

void RedisServer::kill() {
  if (pid_ < 0) return;
  send(SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

void RedisServer::send(int signal) const { ::kill(pid_, signal); }

std::string RedisServer::cli(const std::string& words) const {
  return output_of("redis-cli -s " + scratch_.path("socket") + " " + words + " 2>&1");
}

std::string RedisServer::socket_url() const {
  return "redis+unix://" + scratch_.path("socket") + "?db=0";
}

std::string RedisServer::port_url() const {
  return "redis://127.0.0.1:" + std::to_string(port_) + "/0";
}

RedisAddress RedisServer::address() const { return parse_redis_address(socket_url()).value(); }

void RedisServer::become_replica_of(const RedisServer& other) const {
  cli("replicaof 127.0.0.1 " + std::to_string(other.port()));
  const auto in_step = [&] { return cli("info replication").contains("master_link_status:up"); };
  BOOST_TEST_REQUIRE(sys::becomes(in_step));
}

}  // namespace gird::store
