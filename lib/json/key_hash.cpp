// SipHash.
#include "json/key_hash.hpp"

#include <bit>
#include <cstring>

namespace gird::json {

KeyHash::KeyHash(const Secret& secret)
    : state_{secret[0] ^ 0x736f6d6570736575, secret[1] ^ 0x646f72616e646f6d ^ 0xee,
             secret[0] ^ 0x6c7967656e657261, secret[1] ^ 0x7465646279746573} {}

void KeyHash::round() {
  auto& [a, b, c, d] = state_;
  a += b;
  c += d;
  b = std::rotl(b, 13) ^ a;
  d = std::rotl(d, 16) ^ c;
  a = std::rotl(a, 32);
  c += b;
  a += d;
  b = std::rotl(b, 17) ^ c;
  d = std::rotl(d, 21) ^ a;
  c = std::rotl(c, 32);
}

void KeyHash::block(std::uint64_t word) {
  state_[3] ^= word;
  round();
  round();
  state_[0] ^= word;
}

void KeyHash::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t filled = size_ % 8;
    if (filled == 0 && bytes.size() >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data(), sizeof word);
      if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
      block(word);
      bytes.remove_prefix(8);
      size_ += 8;
      continue;
    }
    word_ |= std::uint64_t{static_cast<unsigned char>(bytes[0])} << (8 * filled);
    bytes.remove_prefix(1);
    if (++size_ % 8 != 0) continue;
    block(word_);
    word_ = 0;
  }
}

KeyHash::Value KeyHash::end() {
  block(word_ | std::uint64_t{size_ & 0xff} << 56);
  const auto half = [this] {
    for (int i = 0; i < 4; ++i) round();
    return state_[0] ^ state_[1] ^ state_[2] ^ state_[3];
  };
  state_[2] ^= 0xee;
  Value value;
  value.low = half();
  state_[1] ^= 0xdd;
  value.high = half();
  return value;
}

}  // namespace gird::json
