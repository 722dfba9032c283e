// What goes over a connection to Redis: commands, replies, numbers, scripts.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "store/packed.hpp"
#include "store/resp.hpp"
#include "store/script.hpp"
#include "store/sha1.hpp"
#include "unit/store/counter.hpp"

namespace gird::store {
namespace {

BOOST_AUTO_TEST_SUITE(redis_words)

BOOST_AUTO_TEST_CASE(commands_carry_any_bytes) {
  using namespace std::string_view_literals;
  BOOST_TEST(command({"GET", "a\0\r\nb"sv}) == "*2\r\n$3\r\nGET\r\n$5\r\na\0\r\nb\r\n"sv);
  BOOST_TEST(command({""}) == "*1\r\n$0\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(replies_come_in_any_pieces) {
  const std::string_view bytes = "+OK\r\n*3\r\n:-7\r\n$-1\r\n*2\r\n$3\r\na\r\n\r\n-ERR x\r\n";
  ReplyReader reader;
  std::vector<Reply> replies;
  for (const char byte : bytes) {
    reader.feed({&byte, 1});
    while (auto reply = reader.next().value()) replies.push_back(std::move(*reply));
  }
  BOOST_REQUIRE(replies.size() == 2);
  BOOST_TEST(replies[0].text == "OK");
  BOOST_TEST((replies[0].type == Reply::Type::status));
  const auto& list = replies[1].list;
  BOOST_REQUIRE(list.size() == 3);
  BOOST_TEST(list[0].number == -7);
  BOOST_TEST((list[1].type == Reply::Type::nothing));
  BOOST_TEST(list[2].list.at(0).text == "a\r\n");
  BOOST_TEST(list[2].list.at(1).is_error());
  BOOST_TEST(list[2].list.at(1).text == "ERR x");
}

BOOST_AUTO_TEST_CASE(what_is_no_reply_is_an_error) {
  for (const char* bytes : {"HTTP/1.1 400 Bad Request\r\n", "*100001\r\n", "$-7\r\n", ":x\r\n",
                            "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n"}) {
    ReplyReader reader;
    reader.feed(bytes);
    const auto reply = reader.next();
    BOOST_TEST_REQUIRE(!reply.has_value(), bytes);
    BOOST_TEST(reply.error().code == "store-failed");
  }
}

BOOST_AUTO_TEST_CASE(a_reply_without_end_is_cut_off) {
  ReplyReader reader;
  reader.feed("$100000000\r\n");
  const std::string much(1U << 20U, 'x');
  bool refused = false;
  for (int turn = 0; turn < 20 && !refused; ++turn) {
    reader.feed(much);
    refused = !reader.next().has_value();
  }
  BOOST_TEST(refused);
}

BOOST_AUTO_TEST_CASE(digests_are_those_of_the_standard) {
  BOOST_TEST(sha1("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  BOOST_TEST(sha1("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
  BOOST_TEST(sha1("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
             "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
  BOOST_TEST(sha1(std::string(1'000'000, 'a')) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

BOOST_AUTO_TEST_CASE(numbers_come_back_to_the_bit) {
  for (const double number : {0.0, -0.0, 1.0, -1.5, 0.1, 9007199254740991.0, 1e308, 5e-324,
                              std::numeric_limits<double>::infinity()}) {
    std::string bytes;
    pack_number(bytes, number);
    BOOST_TEST(bytes.size() == 8);
    BOOST_TEST(unpack_number(bytes) == number);
    BOOST_TEST(std::signbit(unpack_number(bytes)) == std::signbit(number));
  }
  Counter::State state{1, 2, 3, 4};
  const std::string bytes = packed(kind_of<Counter>(), Part::state, &state);
  Counter::State again;
  BOOST_TEST(unpack(kind_of<Counter>(), Part::state, bytes, &again));
  BOOST_TEST(again.count == 1);
  BOOST_TEST(again.mended == 4);
  BOOST_TEST(!unpack(kind_of<Counter>(), Part::state, bytes + bytes, &again));
  BOOST_TEST(!unpack(kind_of<Counter>(), Part::state, bytes.substr(1), &again));
}

BOOST_AUTO_TEST_CASE(scripts_learn_the_numbers_of_a_machine) {
  const std::string kind = lua_kind(kind_of<Counter>());
  BOOST_TEST(kind.contains("version=3,most_holders=8,"), kind);
  BOOST_TEST(kind.contains("config={size=1,names={\"by\",},counts={-1,}}"), kind);
  BOOST_TEST(kind.contains("kind.fresh_config={1,}"), kind);
  BOOST_TEST(kind.contains("ask={size=2,names={\"what\",\"ticket\",},counts={-1,-1,}}"), kind);
}

BOOST_AUTO_TEST_CASE(scripts_are_embedded_without_comments) {
  BOOST_TEST(lua_source("cell").contains("local function serve"));
  BOOST_TEST(!lua_source("cell").contains("\n--"));
  BOOST_TEST(lua_source("nothing").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
