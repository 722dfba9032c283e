// The table of well-formed byte sequences.
#include "json/ill_formed.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gird::json {
namespace {

struct Sequence {
  std::size_t size = 0;        ///< 0 for what starts no character
  unsigned char least = 0x80;  ///< of the second byte
  unsigned char most = 0xbf;
};

Sequence sequence_of(unsigned char lead) {
  if (lead < 0x80) return {1};
  if (lead < 0xc2) return {};
  if (lead < 0xe0) return {2};
  if (lead == 0xe0) return {3, 0xa0};
  if (lead == 0xed) return {3, 0x80, 0x9f};
  if (lead < 0xf0) return {3};
  if (lead == 0xf0) return {4, 0x90};
  if (lead < 0xf4) return {4};
  if (lead == 0xf4) return {4, 0x80, 0x8f};
  return {};
}

/// How many of the first bytes, all ASCII, can be passed in steps of 16.
std::size_t ascii_size(std::string_view bytes) {
  std::size_t i = 0;
#ifdef __SSE2__
  for (; i + 16 <= bytes.size(); i += 16) {
    const auto* const at = reinterpret_cast<const __m128i*>(bytes.data() + i);
    if (_mm_movemask_epi8(_mm_loadu_si128(at)) != 0) break;
  }
#endif
  return i;
}

}  // namespace

std::size_t ill_formed_size(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const Sequence sequence = sequence_of(at(0));
  if (sequence.size == 0) return 1;
  for (std::size_t i = 1; i < sequence.size; ++i) {
    if (i == bytes.size()) return i;
    const unsigned char least = i == 1 ? sequence.least : 0x80;
    const unsigned char most = i == 1 ? sequence.most : 0xbf;
    if (at(i) < least || at(i) > most) return i;
  }
  return 0;
}

std::size_t well_formed_size(std::string_view bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80) {
      const std::size_t ascii = ascii_size(bytes.substr(i));
      i += ascii > 0 ? ascii : 1;
      continue;
    }
    if (ill_formed_size(bytes.substr(i)) > 0) return i;
    i += sequence_of(lead).size;
  }
  return i;
}

}  // namespace gird::json
