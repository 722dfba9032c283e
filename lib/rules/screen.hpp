// Which patterns a text may hold, told by their literals in one pass.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gird::rules {

/// A literal of pattern `owner`.
struct Literal {
  std::string_view text;
  std::uint32_t owner = 0;
};

/// Of each literal two neighbouring bytes are looked for, those that are least common in texts:
/// a step of the pass is one look at a table of 65,536 bits, and no step waits for the one before.
/// Where they stand, the literals with these two are compared.
class Screen {
 public:
  /// `numbers` as pack_screen() made them; `texts` is what its literals were cut from.
  Screen(std::span<const std::uint32_t> numbers, const char* texts)
      : numbers_(numbers), texts_(texts) {}

  /// Calls seen(owner) for each literal in `text`, once or more often; upper and lower case of
  /// ASCII are the same. Takes any bytes.
  template <class Seen>
  void look(std::string_view text, const Seen& seen) const {
    if (numbers_.size() <= bits) return;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      const unsigned pair = pair_at(text, at);
      if ((numbers_[pair >> 5U] >> (pair & 31U) & 1U) != 0) compare(text, at, seen);
    }
  }

  static constexpr std::size_t bits = 2048;    ///< numbers with a bit for each pair
  static constexpr std::size_t buckets = 256;  ///< of literals, by a hash of the pair
  static constexpr std::size_t entry_size =
      4;  ///< pair and place in the literal, text, size, owner

  static unsigned pair_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]) |
           static_cast<unsigned>(static_cast<unsigned char>(text[at + 1])) << 8U;
  }
  static unsigned bucket_of(unsigned pair) { return (pair ^ pair >> 7U) % buckets; }
  /// Both bytes in lower case.
  static unsigned folded(unsigned pair) { return fold(pair & 0xFFU) | fold(pair >> 8U) << 8U; }

 private:
  static unsigned fold(unsigned byte) { return byte - 'A' < 26U ? byte + 32U : byte; }

  template <class Seen>
  void compare(std::string_view text, std::size_t at, const Seen& seen) const {
    const unsigned pair = folded(pair_at(text, at));
    const auto starts = numbers_.subspan(bits + bucket_of(pair), 2);
    const auto entries = numbers_.subspan(bits + buckets + 1);
    for (std::size_t n = starts[0]; n < starts[1]; ++n) {
      const auto entry = entries.subspan(n * entry_size, entry_size);
      if ((entry[0] & 0xFFFFU) == pair && stands(text, at, entry)) seen(entry[3]);
    }
  }
  [[nodiscard]] bool stands(std::string_view text, std::size_t at,
                            std::span<const std::uint32_t> entry) const;

  std::span<const std::uint32_t> numbers_;
  const char* texts_;
};

/// The block for `literals`, cut from the bytes behind `texts`, in lower case each and of 3 to
/// 65,535 bytes.
std::vector<std::uint32_t> pack_screen(std::span<const Literal> literals, const char* texts);

}  // namespace gird::rules
