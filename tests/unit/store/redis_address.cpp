// Addresses of Redis.
#include "store/redis_address.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace gird::store {
namespace {

struct Good {
  const char* text;
  const char* full;
};

std::ostream& operator<<(std::ostream& out, const Good& it) { return out << it.text; }

const Good good[] = {
    {"redis://localhost", "redis://localhost:6379/0"},
    {"redis://localhost/", "redis://localhost:6379/0"},
    {"redis://10.0.0.7:6380", "redis://10.0.0.7:6380/0"},
    {"redis://db_1.example.org:1/15", "redis://db_1.example.org:1/15"},
    {"redis://[::1]:6379/2", "redis://[::1]:6379/2"},
    {"redis://[fe80::1]", "redis://[fe80::1]:6379/0"},
    {"rediss://cache.example.org/3", "rediss://cache.example.org:6379/3"},
    {"redis+unix:///run/redis.sock", "redis+unix:///run/redis.sock?db=0"},
    {"redis+unix:///run/redis.sock?db=4", "redis+unix:///run/redis.sock?db=4"},
    {"redis+unix:///tmp/a%20b%3f?db=0", "redis+unix:///tmp/a%20b%3F?db=0"},
};

BOOST_AUTO_TEST_SUITE(redis_address)

BOOST_DATA_TEST_CASE(is_read_and_written_in_full, good) {
  const auto address = parse_redis_address(sample.text);
  BOOST_TEST_REQUIRE(address.has_value());
  BOOST_TEST(to_text(*address) == sample.full);
  BOOST_TEST(to_text(parse_redis_address(sample.full).value()) == sample.full);
}

struct Bad {
  const char* text;
  const char* why;
};

std::ostream& operator<<(std::ostream& out, const Bad& it) { return out << it.text; }

const Bad bad[] = {
    {"redis://", "there is no host"},
    {"redis:///0", "there is no host"},
    {"redis://:6379", "there is no host"},
    {"redis://host:", "there is no port after the colon"},
    {"redis://host:0", "port 0: "},
    {"redis://host:65536", "port 65536: "},
    {"redis://host:6379x", "port 6379x: "},
    {"redis://host:-1", "port -1: "},
    {"redis://::1/0", "IPv6 stands in brackets"},
    {"redis://[::1", "the bracket is not closed"},
    {"redis://[::g]", "::g is no IPv6 address"},
    {"redis://[::1]x", "only a port can follow the bracket"},
    {"redis://host/one", "database one: "},
    {"redis://host/-1", "database -1: "},
    {"redis://host/1/2", "database 1/2: "},
    {"redis://host/0?db=1", "there is nothing after the number of the database"},
    {"redis://ho st", "'ho st' is no name of a host"},
    {"redis://-host", "-host is no name of a host"},
    {"redis+unix://run/redis.sock", "the path of a socket begins with a slash"},
    {"redis+unix:///run/a?db=x", "database x: "},
    {"redis+unix:///run/a?user=b", "after the path only ?db=N may stand"},
    {"redis+unix:///run/%0", "after % two hexadecimal digits stand"},
    {"redis+unix:///run/%00", "after % two hexadecimal digits stand"},
    {"redis:/host", "not an address of Redis"},
    {"valkey://host", "not an address of Redis"},
};

BOOST_DATA_TEST_CASE(that_is_wrong_says_why, bad) {
  const auto address = parse_redis_address(sample.text);
  BOOST_TEST_REQUIRE(!address.has_value());
  BOOST_TEST(address.error().code == "value-store");
  BOOST_TEST(address.error().why.starts_with(sample.why), address.error().why);
}

BOOST_AUTO_TEST_CASE(holds_no_password_and_shows_none) {
  for (const char* text :
       {"redis://user:s3cret@host:6379/0", "redis://:s3cret@host", "redis://s3cret@host",
        "rediss://a:s3cret@b@host/0", "redis+unix://:s3cret@/run/redis.sock",
        "redis://host/0@s3cret@x", "redis+unix://u:s3cret@host/0"}) {
    const auto address = parse_redis_address(text);
    BOOST_TEST_REQUIRE(!address.has_value());
    const Error& error = address.error();
    BOOST_TEST(!error.what.contains("s3cret"), error.what);
    BOOST_TEST(error.why.contains("no user and no password"), error.why);
    BOOST_TEST(error.hints.at(0).contains("GIRD_REDIS_PASSWORD_FILE"));
  }
}

BOOST_AUTO_TEST_CASE(of_a_socket_is_as_long_as_the_system_takes) {
  const std::string path(106, 'a');
  BOOST_TEST(parse_redis_address("redis+unix:///" + path).has_value());
  BOOST_TEST(!parse_redis_address("redis+unix:///" + path + "a").has_value());
}

BOOST_AUTO_TEST_CASE(is_told_from_other_stores) {
  BOOST_TEST(names_redis("redis://x"));
  BOOST_TEST(names_redis("rediss:"));
  BOOST_TEST(names_redis("redis+unix:x"));
  BOOST_TEST(!names_redis("/var/lib/redis"));
  BOOST_TEST(!names_redis("redis/"));
  BOOST_TEST(!names_redis("memory"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
