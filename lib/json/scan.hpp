// Long strings are looked through sixteen bytes at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gird::json {

/// Where the first quote or backslash stands from `from` on; the size where there is none.
inline std::size_t quote_or_backslash(std::string_view text, std::size_t from) {
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  for (; text.size() - from >= 16; from += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
    const __m128i hits =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask != 0) return from + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (from < text.size() && text[from] != '"' && text[from] != '\\') ++from;
  return from;
}

/// Where the first byte that is not ASCII stands from `from` on; the size where there is none.
inline std::size_t not_ascii(std::string_view text, std::size_t from) {
#ifdef __SSE2__
  for (; text.size() - from >= 16; from += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(bytes));
    if (mask != 0) return from + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (from < text.size() && static_cast<unsigned char>(text[from]) < 0x80) ++from;
  return from;
}

inline bool is_blank(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

/// Looks for the end of a string that may have begun in an earlier piece.
class StringWalk {
 public:
  /// Where `text` goes on behind the closing quote, or `npos` where the string does not end in it.
  /// `from` is in the string, behind its opening quote.
  std::size_t behind(std::string_view text, std::size_t from) {
    if (escaped_ && from < text.size()) {
      escaped_ = false;
      ++from;
    }
    for (;; from += 2) {
      if (from > text.size()) break;
      from = quote_or_backslash(text, from);
      if (from == text.size()) return std::string_view::npos;
      if (text[from] == '"') return from + 1;
    }
    escaped_ = true;
    return std::string_view::npos;
  }

 private:
  bool escaped_ = false;  ///< the last piece ended with a backslash
};

}  // namespace gird::json
