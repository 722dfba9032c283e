// Output that waits: bytes and ranges come out in their order, however much there is.
#include "sys/draft.hpp"

#include <boost/test/unit_test.hpp>
#include <cerrno>

#include "scratch.hpp"
#include "sys/files.hpp"

namespace gird::sys {
namespace {

std::string numbers(std::size_t least) {
  std::string bytes;
  while (bytes.size() < least) bytes += std::to_string(bytes.size()) + '\n';
  return bytes;
}

std::string left(Draft& draft, const Scratch& scratch) {
  const std::string path = scratch.path("out");
  const Fd file = create_file(path).value();
  BOOST_TEST(draft.leave(file.get()) == 0);
  return text_of(path);
}

Fd source_of(const Scratch& scratch, std::string_view text) {
  return Fd(::open(scratch.file("source", text).c_str(), O_RDONLY | O_CLOEXEC));
}

BOOST_AUTO_TEST_SUITE(draft)

BOOST_AUTO_TEST_CASE(of_nothing_is_nothing) {
  const Scratch scratch;
  Draft draft;
  BOOST_TEST(draft.size() == 0U);
  BOOST_TEST(left(draft, scratch).empty());
}

BOOST_AUTO_TEST_CASE(keeps_bytes_in_order_beyond_its_memory) {
  const Scratch scratch;
  Draft draft;
  std::string all;
  while (all.size() < 3 * Draft::most_memory) {
    const std::string piece = numbers(70'000);
    draft.bytes(piece);
    all += piece;
  }
  BOOST_TEST(draft.kept().has_value());
  BOOST_TEST(draft.size() == all.size());
  BOOST_TEST(draft.last_byte() == '\n');
  BOOST_TEST((left(draft, scratch) == all));
}

BOOST_AUTO_TEST_CASE(joins_ranges_that_adjoin) {
  const Scratch scratch;
  const Fd source = source_of(scratch, "0123456789");
  Draft draft(source.get());
  draft.range(2, 3);
  draft.range(5, 0);
  draft.range(5, 4);
  BOOST_TEST(draft.equals(source.get(), 2));
  BOOST_TEST(!draft.equals(source.get(), 3));
  BOOST_TEST(draft.last_byte() == '8');
  BOOST_TEST(left(draft, scratch) == "2345678");
}

BOOST_AUTO_TEST_CASE(mixes_ranges_and_bytes) {
  const Scratch scratch;
  const Fd source = source_of(scratch, "0123456789");
  Draft draft(source.get());
  draft.bytes("[");
  draft.range(8, 2);
  draft.range(0, 2);
  draft.bytes("-");
  draft.bytes("+");
  draft.range(5, 1);
  BOOST_TEST(!draft.equals(source.get(), 0));
  BOOST_TEST(draft.size() == 8U);
  BOOST_TEST(left(draft, scratch) == "[8901-+5");
}

BOOST_AUTO_TEST_CASE(begins_with_what_was_put_to_the_front) {
  const Scratch scratch;
  const Fd source = source_of(scratch, "0123456789");
  for (const int number : {-1, source.get()}) {
    Draft draft(number);
    draft.bytes("a");
    draft.front("[");
    draft.bytes("b");
    BOOST_TEST(draft.size() == 3U);
    BOOST_TEST(left(draft, scratch) == "[ab");
  }
  Draft draft(source.get());
  draft.range(0, 3);
  draft.front("[");
  BOOST_TEST(!draft.equals(source.get(), 0));
  BOOST_TEST(left(draft, scratch) == "[012");
}

BOOST_AUTO_TEST_CASE(equals_a_file_with_the_same_bytes_wherever_its_own_come_from) {
  const Scratch scratch;
  const std::string text = numbers(3 * Draft::most_memory);
  const Fd source = source_of(scratch, text);
  const Fd other(::open(scratch.file("other", ">" + text).c_str(), O_RDONLY | O_CLOEXEC));
  for (const int number : {-1, source.get(), other.get()}) {
    Draft draft(number);
    for (std::size_t at = 3; at < text.size(); at += 50'000) {
      const std::size_t count = std::min<std::size_t>(50'000, text.size() - at);
      if (number == other.get() && at % 3 == 0)
        draft.range(at + 1, count);
      else
        draft.bytes(std::string_view(text).substr(at, count));
    }
    draft.front(text.substr(0, 3));
    BOOST_TEST(draft.equals(source.get(), 0));
    BOOST_TEST(draft.equals(other.get(), 1));
    BOOST_TEST(!draft.equals(other.get(), 0));
    draft.bytes("!");
    BOOST_TEST(!draft.equals(source.get(), 0));
    BOOST_TEST((left(draft, scratch) == text + "!"));
  }
}

BOOST_AUTO_TEST_CASE(mixes_more_than_its_memory_holds) {
  const Scratch scratch;
  const std::string text = numbers(1 << 20);
  const Fd source = source_of(scratch, text);
  Draft draft(source.get());
  std::string all;
  for (std::size_t i = 0; i < 300'000; ++i) {
    const std::size_t from = i * 7919 % 1'000'000;
    const std::size_t count = i % 1000 == 0 ? 200'000 % (text.size() - from) : i % 13;
    draft.range(from, count);
    all.append(text, from, count);
    const std::string word(i % 5, static_cast<char>('a' + i % 26));
    draft.bytes(word);
    all += word;
  }
  BOOST_TEST(draft.size() == all.size());
  BOOST_TEST((left(draft, scratch) == all));
}

BOOST_AUTO_TEST_CASE(tells_that_its_source_became_shorter) {
  const Scratch scratch;
  const Fd source = source_of(scratch, "0123456789");
  for (const bool mixed : {false, true}) {
    Draft draft(source.get());
    if (mixed) draft.bytes("x");
    draft.range(5, 6);
    const Fd file = create_file(scratch.path("out")).value();
    BOOST_TEST(draft.leave(file.get()) == ESTALE);
  }
}

BOOST_AUTO_TEST_CASE(tells_that_its_target_is_full) {
  const Fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  Draft draft;
  draft.bytes("too much");
  BOOST_TEST(draft.leave(full.get()) == ENOSPC);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
