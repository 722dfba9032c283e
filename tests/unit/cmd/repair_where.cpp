// Lines, columns and excerpts: of a file, and of a pipe that has gone by.
#include "shared/repair_where.hpp"

#include <fcntl.h>

#include <boost/test/unit_test.hpp>
#include <thread>

#include "base/utf8.hpp"
#include "unit/sys/scratch.hpp"

namespace gird {
namespace {

const std::string sample = "{\n  \"\xc3\xa4\xc3\xb6\": 1,\n}\n";

TextInput file_of(const sys::Scratch& scratch, std::string_view text) {
  return TextInput::open(scratch.file("a", text)).value();
}

/// Reads all of `input` and tells `where` of it; the bytes are gone behind each read.
void pass_all(TextInput& input, Where& where) {
  while (true) {
    const auto piece = input.next().value();
    if (piece.empty()) return;
    where.pass(piece);
    where.settle();
  }
}

void check_place(Where& where, std::uint64_t offset, std::uint64_t line, std::uint64_t column) {
  const json::Spot at = where.place_of(offset);
  BOOST_TEST(at.line == line);
  BOOST_TEST(at.column == column);
}

BOOST_AUTO_TEST_SUITE(repair_where)

BOOST_AUTO_TEST_CASE(counts_characters_not_bytes) {
  const sys::Scratch scratch;
  TextInput input = file_of(scratch, sample);
  Where where(input);
  pass_all(input, where);
  check_place(where, 0, 1, 1);
  check_place(where, 4, 2, 3);
  check_place(where, 10, 2, 7);
  check_place(where, 15, 3, 1);
  check_place(where, 17, 4, 1);
}

BOOST_AUTO_TEST_CASE(goes_back_in_a_file) {
  const sys::Scratch scratch;
  constexpr std::uint64_t lines = 20'000;
  constexpr std::uint64_t width = 10;
  std::string text;
  for (std::uint64_t i = 0; i < lines; ++i) text += "\xc3\xa4 23456\n\n";
  BOOST_REQUIRE(text.size() == lines * width);
  TextInput input = file_of(scratch, text);
  Where where(input);
  pass_all(input, where);
  check_place(where, (lines - 1) * width + 3, 2 * lines - 1, 3);
  check_place(where, (lines - 1) * width + 2, 2 * lines - 1, 2);
  // Any order; each jump is over more than one mark.
  for (std::uint64_t i = 0, line = 0; i < 200; ++i, line = (line + 7919) % lines)
    check_place(where, line * width + 9, 2 * line + 2, 1);
  check_place(where, 0, 1, 1);
}

BOOST_AUTO_TEST_CASE(counts_on_when_marks_become_too_many) {
  // More than can be marked at the first distance, and asked for in one step.
  const sys::Scratch scratch;
  std::string text;
  for (int i = 0; i < 40; ++i) text += std::string((1 << 20) - 1, 'a') + "\n";
  TextInput input = file_of(scratch, text);
  Where where(input);
  pass_all(input, where);
  check_place(where, text.size() - 2, 40, (1 << 20) - 1);
  check_place(where, 1 << 20, 2, 1);
  check_place(where, text.size(), 41, 1);
}

/// `text`, which is UTF-8 without characters beyond U+FFFF, as UTF-16LE without a mark.
std::string as_utf16(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const Utf8 character = next_character(text);
    text.remove_prefix(character.length);
    bytes += static_cast<char>(character.point & 0xffU);
    bytes += static_cast<char>(character.point >> 8U);
  }
  return bytes;
}

BOOST_AUTO_TEST_CASE(offsets_are_of_the_bytes_and_columns_of_the_characters_in_utf16_too) {
  const sys::Scratch scratch;
  for (const bool lasting : {false, true}) {
    TextInput input = TextInput::open(scratch.file("a", as_utf16(sample)), lasting).value();
    Where where(input);
    pass_all(input, where);
    BOOST_TEST(input.lasting() == lasting);
    // In front of the text stands what stands for the encoding.
    constexpr std::uint64_t mark = 3;
    BOOST_TEST((where.place_of(mark) == json::Spot{1, 1, 0}));
    BOOST_TEST((where.place_of(mark + 10) == json::Spot{2, 7, 16}));
    const Excerpt excerpt = where.excerpt(mark + 10, 40);
    BOOST_TEST(excerpt.text == "  \"\xc3\xa4\xc3\xb6\": 1,");
    BOOST_TEST(excerpt.column == 6U);
    BOOST_TEST((where.place_of(mark + 15) == json::Spot{3, 1, 26}));
    if (lasting) BOOST_TEST((where.place_of(mark + 4) == json::Spot{2, 3, 8}));
  }
}

BOOST_AUTO_TEST_CASE(keeps_a_place_of_a_pipe_however_much_passes) {
  const sys::Scratch scratch;
  const std::string text = sample + std::string(1 << 20, '\n') + "x";
  TextInput input = TextInput::open(scratch.file("a", as_utf16(text)), false).value();
  BOOST_REQUIRE(!input.lasting());
  Where where(input);
  while (input.passed() < 3 + 11) {
    where.settle();
    where.pass(input.next().value());
  }
  where.keep(3 + 10);
  where.settle();
  pass_all(input, where);
  BOOST_TEST((where.place_of(3 + 10) == json::Spot{2, 7, 16}));
  BOOST_TEST(
      (where.place_of(3 + text.size() - 1) == json::Spot{4 + (1 << 20), 1, 2 * (text.size() - 3)}));
}

BOOST_AUTO_TEST_CASE(goes_back_in_utf16_that_is_kept) {
  const sys::Scratch scratch;
  constexpr std::uint64_t lines = 5'000;
  std::string text;
  for (std::uint64_t i = 0; i < lines; ++i) text += "\xc3\xa4 234567\n";
  TextInput input = TextInput::open(scratch.file("a", as_utf16(text)), true).value();
  Where where(input);
  pass_all(input, where);
  for (std::uint64_t i = 0, line = 0; i < 100; ++i, line = (line + 3331) % lines) {
    const json::Spot at = where.place_of(3 + line * 10 + 2);
    BOOST_TEST((at == json::Spot{line + 1, 2, line * 18 + 2}));
  }
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_not_shown) {
  const sys::Scratch scratch;
  TextInput input = file_of(scratch, "\ufeff{a");
  Where where(input);
  pass_all(input, where);
  for (const std::uint64_t offset : {0, 3}) {
    const Excerpt excerpt = where.excerpt(offset, 40);
    BOOST_TEST(excerpt.text == "{a");
    BOOST_TEST(excerpt.column == 0U);
  }
  BOOST_TEST(where.excerpt(4, 40).column == 1U);
}

BOOST_AUTO_TEST_CASE(lines_may_end_with_carriage_returns) {
  const sys::Scratch scratch;
  TextInput input = file_of(scratch, "[1,\r\n2,\r3]");
  Where where(input);
  pass_all(input, where);
  check_place(where, 6, 2, 2);
  BOOST_TEST(where.excerpt(6, 40).text == "2,");
  check_place(where, 9, 3, 2);
  BOOST_TEST(where.excerpt(9, 40).text == "3]");
}

BOOST_AUTO_TEST_CASE(shows_the_line_with_the_place_in_it) {
  const sys::Scratch scratch;
  TextInput input = file_of(scratch, sample);
  Where where(input);
  const Excerpt excerpt = where.excerpt(10, 40);
  BOOST_TEST(excerpt.text == "  \"\xc3\xa4\xc3\xb6\": 1,");
  BOOST_TEST(excerpt.column == 6U);
  BOOST_TEST(!excerpt.cut_before);
  BOOST_TEST(!excerpt.cut_behind);
}

BOOST_AUTO_TEST_CASE(cuts_long_lines_around_the_place) {
  const sys::Scratch scratch;
  const std::string text = std::string(1000, 'a') + "!" + std::string(1000, 'b');
  TextInput input = file_of(scratch, text);
  Where where(input);
  const Excerpt excerpt = where.excerpt(1000, 30);
  BOOST_TEST(excerpt.text == std::string(20, 'a') + "!" + std::string(9, 'b'));
  BOOST_TEST(excerpt.column == 20U);
  BOOST_TEST(excerpt.cut_before);
  BOOST_TEST(excerpt.cut_behind);
}

BOOST_AUTO_TEST_CASE(knows_the_places_of_a_pipe_that_went_by) {
  sys::Pipe pipe = sys::make_pipe().value();
  std::string text;
  while (text.size() < 300'000) text += "line " + std::to_string(text.size()) + "\n";
  std::thread writer([&] {
    sys::write_all(pipe.write.get(), text);
    pipe.write.reset();
  });
  const sys::Instead instead(0, pipe.read.get());
  TextInput input = TextInput::open("-").value();
  Where where(input);
  pass_all(input, where);
  writer.join();
  const std::uint64_t offset = text.size() - 3;
  const auto line = static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
  const std::size_t start = text.rfind('\n', text.size() - 2) + 1;
  check_place(where, offset, line, offset - start + 1);
  BOOST_TEST(where.excerpt(offset, 40).text == text.substr(start, text.size() - 1 - start));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
