// The inner loops of the fast path: 16 bytes a step where the processor can. Each takes the bytes
// from `at` to `end` and gives where its run ends; none reads at or behind `end`.
#pragma once

#include <bit>
#include <cstddef>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gird::json::runs {

// A call for each token would cost more than the token.
#define GIRD_INLINE [[gnu::always_inline]] inline

GIRD_INLINE bool plain(unsigned char c) { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\'; }
GIRD_INLINE bool digit(char c) { return c >= '0' && c <= '9'; }
GIRD_INLINE bool blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

#ifdef __SSE2__
constexpr std::ptrdiff_t step = 16;

GIRD_INLINE __m128i load(const char* at) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}
GIRD_INLINE unsigned bits(__m128i bytes) { return static_cast<unsigned>(_mm_movemask_epi8(bytes)); }
/// A bit for each byte that is not plain: as signed numbers those above 0x7F are below 0x20 too.
GIRD_INLINE unsigned not_plain(__m128i bytes) {
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  const __m128i outside = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
  return bits(_mm_or_si128(_mm_or_si128(quote, backslash), outside));
}
/// A bit for each byte that is no digit: the digits are moved to the ten lowest signed numbers.
GIRD_INLINE unsigned not_digits(__m128i bytes) {
  const __m128i moved = _mm_add_epi8(bytes, _mm_set1_epi8(0x80 - '0'));
  return bits(_mm_cmpgt_epi8(moved, _mm_set1_epi8(-128 + 9)));
}
GIRD_INLINE unsigned not_spaces(__m128i bytes) {
  return bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '))) ^ 0xFFFFU;
}
#endif

/// Behind the bytes that stand for themselves inside a string.
GIRD_INLINE const char* after_plain(const char* at, const char* end) {
#ifdef __SSE2__
  while (end - at >= step) {
    const unsigned found = not_plain(load(at));
    if (found != 0) return at + std::countr_zero(found);
    at += step;
  }
#endif
  while (at != end && plain(static_cast<unsigned char>(*at))) ++at;
  return at;
}

/// Behind a run of digits. How long they are is hard to predict, so no branch asks for each.
GIRD_INLINE const char* after_digits(const char* at, const char* end) {
#ifdef __SSE2__
  while (end - at >= step) {
    const unsigned found = not_digits(load(at));
    if (found != 0) return at + std::countr_zero(found);
    at += step;
  }
#endif
  while (at != end && digit(*at)) ++at;
  return at;
}

/// Behind blanks. Most often there are none or one; runs stand behind line feeds.
GIRD_INLINE const char* after_blanks(const char* at, const char* end) {
  while (at != end && blank(*at)) {
    ++at;
#ifdef __SSE2__
    while (end - at >= step && *at == ' ') {
      const unsigned found = not_spaces(load(at));
      if (found != 0) {
        at += std::countr_zero(found);
        break;
      }
      at += step;
    }
#endif
  }
  return at;
}

}  // namespace gird::json::runs
