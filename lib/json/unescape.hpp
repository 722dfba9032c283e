// What a string means: its characters, with the escapes taken away.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/utf8.hpp"
#include "json/surrogates.hpp"

namespace gird::json {

/// Reads the inside of a valid string in pieces. A lone half of a surrogate pair becomes the three
/// bytes that UTF-8 would have for it, so that different strings stay different.
/// Source: RFC 8259, section 7.
class Unescape {
 public:
  /// Calls `out(std::string_view)` with what `raw` means, a piece at a time.
  template <class Out>
  void push(std::string_view raw, Out&& out) {
    while (!raw.empty()) {
      const std::size_t plain = length_ > 0 ? 0 : raw.find('\\');
      if (plain > 0) {
        end_pair(out);
        out(raw.substr(0, plain));
        if (plain == raw.npos) return;
      }
      raw.remove_prefix(plain);
      while (!raw.empty() && !complete()) {
        escape_[length_++] = raw[0];
        raw.remove_prefix(1);
      }
      if (complete()) escape(out);
    }
  }

  /// The string ends here.
  template <class Out>
  void finish(Out&& out) {
    end_pair(out);
  }

 private:
  [[nodiscard]] bool complete() const {
    return length_ >= 2 && (escape_[1] != 'u' || length_ == escape_.size());
  }

  template <class Out>
  void escape(Out&& out) {
    length_ = 0;
    if (escape_[1] != 'u') {
      end_pair(out);
      const char meant = meaning(escape_[1]);
      return out(std::string_view(&meant, 1));
    }
    const char32_t unit = unit_of({escape_.data() + 2, 4});
    if (high_ != 0 && low_surrogate(unit)) {
      const char32_t point = character_of(high_, unit);
      high_ = 0;
      return encode(point, out);
    }
    end_pair(out);
    if (high_surrogate(unit)) {
      high_ = unit;
    } else {
      encode(unit, out);
    }
  }

  /// What has been waiting for its second half does so in vain.
  template <class Out>
  void end_pair(Out&& out) {
    if (high_ == 0) return;
    encode(high_, out);
    high_ = 0;
  }

  template <class Out>
  static void encode(char32_t point, Out&& out) {
    std::string bytes;
    append_utf8(bytes, point);
    out(std::string_view(bytes));
  }

  static char meaning(char letter);
  static char32_t unit_of(std::string_view digits);

  std::array<char, 6> escape_{};  ///< what of an escape was seen
  std::size_t length_ = 0;
  char32_t high_ = 0;  ///< the first half of a pair
};

}  // namespace gird::json
