// Most texts hold nothing that could be an encoding: that is to be seen fast.
#include <algorithm>
#include <cstring>

#include "text/views_decoders.hpp"

namespace gird::text {
namespace {

using Bytes = unsigned char __attribute__((vector_size(16)));

enum class Kind : std::uint8_t { nothing, trigger, lead };

/// The first bytes of characters that could be overlong, a compatibility form or ignorable are
/// leads: what follows them decides. Others stand for letters.
constexpr std::array<Kind, 256> kinds = [] {
  std::array<Kind, 256> table{};
  for (const unsigned byte : {0x00U, 0x25U, 0x26U, 0x2bU, 0x5cU, 0xc0U, 0xc1U}) {
    table[byte] = Kind::trigger;
  }
  for (unsigned byte = 0xf8; byte < 0xfe; ++byte) table[byte] = Kind::trigger;
  for (const unsigned byte :
       {0xc2U, 0xcdU, 0xd8U, 0xe0U, 0xe1U, 0xe2U, 0xe3U, 0xefU, 0xf0U, 0xf3U}) {
    table[byte] = Kind::lead;
  }
  return table;
}();

/// Whether `second` can follow a lead in what is to be decoded.
bool leads(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xc2: return second == 0xad;
    case 0xcd: return second == 0x8f;
    case 0xd8: return second == 0x9c;
    case 0xe0: return second < 0xa0;
    case 0xe1: return second == 0x85 || second == 0x9e || second == 0xa0;
    case 0xe2: return second <= 0x85 || second == 0x88 || second == 0x92 || second == 0x93;
    case 0xe3: return second == 0x80 || second == 0x85;
    case 0xef: return second >= 0xac;
    default: return true;
  }
}

/// None of these bytes is a trigger nor above ASCII.
bool is_plain(const char* bytes) {
  Bytes v;
  std::memcpy(&v, bytes, sizeof v);
  const Bytes found = (v == '%') | (v == '&') | (v == '\\') | (v == '+') | (v == 0) | (v >= 0x80);
  std::array<std::uint64_t, 2> halves{};
  std::memcpy(halves.data(), &found, sizeof found);
  return (halves[0] | halves[1]) == 0;
}

}  // namespace

std::size_t next_trigger(std::string_view text, std::size_t at) {
  const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  while (true) {
    while (at + sizeof(Bytes) <= text.size() && is_plain(text.data() + at)) at += sizeof(Bytes);
    const std::size_t end = std::min(at + sizeof(Bytes), text.size());
    for (; at < end; ++at) {
      const Kind kind = kinds[byte_at(at)];
      if (kind == Kind::trigger) return at;
      if (kind == Kind::lead && at + 1 < text.size() && leads(byte_at(at), byte_at(at + 1))) {
        return at;
      }
    }
    if (at == text.size()) return at;
  }
}

}  // namespace gird::text
