#include "rules/screen.hpp"

#include <algorithm>
#include <array>
#include <compare>

namespace gird::rules {
namespace {

bool is_letter(unsigned byte) { return (byte | 32U) - 'a' < 26U; }
bool is_digit(unsigned byte) { return byte - '0' < 10U; }

/// How common a byte is in texts, roughly: 8 for the letters of most words, 1 for rare marks.
unsigned commonness(unsigned byte) {
  static constexpr std::string_view frequent = "etaoinsrhldcu ";
  static constexpr std::string_view marks = ".,-/:_=()\"'\n";
  const char c = static_cast<char>(byte);
  if (frequent.contains(c)) return 8;
  if (is_letter(byte) || is_digit(byte)) return 5;
  return marks.contains(c) ? 3 : 1;
}

/// Where the two neighbours stand that are least common.
std::size_t rarest_pair(std::string_view text) {
  std::size_t best = 0;
  unsigned least = ~0U;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const unsigned pair = Screen::pair_at(text, at);
    const unsigned both = commonness(pair & 0xFFU) * commonness(pair >> 8U);
    if (both < least) {
      least = both;
      best = at;
    }
  }
  return best;
}

struct Entry {
  unsigned bucket;
  std::array<std::uint32_t, Screen::entry_size> numbers;
  auto operator<=>(const Entry&) const = default;
};

/// `pair` with its letters in all the cases that they have.
void set_bits(std::vector<std::uint32_t>& numbers, unsigned pair) {
  const unsigned first = is_letter(pair & 0xFFU) ? 32U : 0U;
  const unsigned second = is_letter(pair >> 8U) ? 32U << 8U : 0U;
  for (const unsigned one : {pair, pair ^ first}) {
    for (const unsigned both : {one, one ^ second}) numbers[both >> 5U] |= 1U << (both & 31U);
  }
}

Entry entry_of(const Literal& literal, const char* texts) {
  const std::size_t at = rarest_pair(literal.text);
  const unsigned pair = Screen::pair_at(literal.text, at);
  return {Screen::bucket_of(pair),
          {static_cast<std::uint32_t>(pair | at << 16U),
           static_cast<std::uint32_t>(literal.text.data() - texts),
           static_cast<std::uint32_t>(literal.text.size()), literal.owner}};
}

}  // namespace

bool Screen::stands(std::string_view text, std::size_t at,
                    std::span<const std::uint32_t> entry) const {
  const std::size_t before = entry[0] >> 16U;
  const std::string_view literal(texts_ + entry[1], entry[2]);
  if (at < before || text.size() - (at - before) < literal.size()) return false;
  return std::ranges::equal(
      text.substr(at - before, literal.size()), literal, {},
      [](char c) { return fold(static_cast<unsigned char>(c)); },
      [](char c) { return unsigned{static_cast<unsigned char>(c)}; });
}

std::vector<std::uint32_t> pack_screen(std::span<const Literal> literals, const char* texts) {
  if (literals.empty()) return {};
  std::vector<std::uint32_t> numbers(Screen::bits + Screen::buckets + 1);
  std::vector<Entry> entries;
  for (const Literal& literal : literals) {
    entries.push_back(entry_of(literal, texts));
    set_bits(numbers, entries.back().numbers[0] & 0xFFFFU);
  }
  std::ranges::sort(entries);
  std::size_t next = 0;
  for (unsigned bucket = 0; bucket <= Screen::buckets; ++bucket) {
    while (next < entries.size() && entries[next].bucket < bucket) ++next;
    numbers[Screen::bits + bucket] = static_cast<std::uint32_t>(next);
  }
  for (const Entry& entry : entries) {
    numbers.insert(numbers.end(), entry.numbers.begin(), entry.numbers.end());
  }
  return numbers;
}

}  // namespace gird::rules
