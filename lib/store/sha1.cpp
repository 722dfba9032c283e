// SHA-1, as short as RFC 3174 has it.
#include "store/sha1.hpp"

#include <array>
#include <bit>
#include <cstdint>

namespace gird::store {
namespace {

using Words = std::array<std::uint32_t, 5>;

constexpr std::size_t block_size = 64;

void digest_block(Words& hash, const char* block) {
  std::array<std::uint32_t, 80> w{};
  for (std::size_t at = 0; at < 16; ++at) {
    for (std::size_t byte = 0; byte < 4; ++byte) {
      w[at] = w[at] << 8U | static_cast<unsigned char>(block[at * 4 + byte]);
    }
  }
  for (std::size_t at = 16; at < 80; ++at) {
    w[at] = std::rotl(w[at - 3] ^ w[at - 8] ^ w[at - 14] ^ w[at - 16], 1);
  }
  auto [a, b, c, d, e] = hash;
  for (std::size_t at = 0; at < 80; ++at) {
    std::uint32_t mixed = 0;
    if (at < 20) {
      mixed = ((b & c) | (~b & d)) + 0x5a827999U;
    } else if (at < 40) {
      mixed = (b ^ c ^ d) + 0x6ed9eba1U;
    } else if (at < 60) {
      mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcU;
    } else {
      mixed = (b ^ c ^ d) + 0xca62c1d6U;
    }
    const std::uint32_t next = std::rotl(a, 5) + mixed + e + w[at];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  const Words added{a, b, c, d, e};
  for (std::size_t at = 0; at < 5; ++at) hash[at] += added[at];
}

}  // namespace

std::string sha1(std::string_view text) {
  Words hash{0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U, 0xc3d2e1f0U};
  const std::uint64_t bits = text.size() * 8U;
  std::string_view rest = text;
  for (; rest.size() >= block_size; rest.remove_prefix(block_size)) digest_block(hash, rest.data());
  std::string tail(rest);
  tail += '\x80';
  while (tail.size() % block_size != block_size - 8) tail += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) tail += static_cast<char>(bits >> shift & 0xffU);
  for (std::size_t at = 0; at < tail.size(); at += block_size) digest_block(hash, &tail[at]);
  std::string hex;
  for (const std::uint32_t word : hash) {
    for (int shift = 28; shift >= 0; shift -= 4) hex += "0123456789abcdef"[word >> shift & 15U];
  }
  return hex;
}

}  // namespace gird::store
