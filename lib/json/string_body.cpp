// Escapes, control characters and quotes inside strings.
#include "json/string_body.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.hpp"
#include "json/body_length.hpp"
#include "json/ill_formed.hpp"
#include "json/letters.hpp"
#include "json/surrogates.hpp"

namespace gird::json {
namespace {

using enum Confidence;

constexpr auto special = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = true;
  for (std::size_t c = 0x80; c < 0x100; ++c) table[c] = true;
  table['"'] = table['\\'] = true;
  return table;
}();

constexpr bool is_escape(int c) {
  return c > 0 && std::string_view("\"\\/bfnrtu").contains(static_cast<char>(c));
}

std::string escape_of(int c) {
  switch (c) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '\b': return "\\b";
    case '\f': return "\\f";
    default: break;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned>(c);
  return std::string("\\u00") + digits[byte >> 4U] + digits[byte & 15U];
}

class Body {
 public:
  Body(Editor& editor, std::size_t size, const BodyRules& rules)
      : editor_(editor), ahead_(editor.ahead()), size_(size), rules_(rules) {}

  std::size_t write() {
    while (at_ < size_ && !editor_.refusal()) {
      const std::string_view text = ahead_.text();
      std::size_t i = at_;
      while (i < size_ && !special[static_cast<unsigned char>(text[i])]) ++i;
      pass(i - at_);
      if (at_ < size_) mend();
    }
    return at_;
  }

 private:
  void pass(std::size_t size) {
    editor_.pass(size);
    at_ += size;
  }
  void replace(Kind kind, Confidence confidence, std::size_t size, std::string_view with) {
    editor_.replace(kind, confidence, size, with);
    at_ += size;
  }

  /// A character beyond ASCII, or bytes that are none.
  void character() {
    const std::string_view text = ahead_.text().substr(at_);
    if (const std::size_t good = character_length(text)) return pass(good);
    if (const auto unit = surrogate_at(text)) return surrogate(*unit, surrogate_at(text.substr(3)));
    const std::size_t bad = std::min(ill_formed_size(text), size_ - at_);
    replace(Kind::invalid_utf8, guess, bad, "\xEF\xBF\xBD");
  }

  /// Half of a pair has no character. Two of them are how some write one in UTF-8 (CESU-8).
  void surrogate(std::uint32_t unit, std::optional<std::uint32_t> next) {
    if (!next || !high_surrogate(unit) || !low_surrogate(*next))
      return replace(Kind::lone_surrogate, likely, 3, "\xEF\xBF\xBD");
    std::string whole;
    append_utf8(whole, character_of(unit, *next));
    replace(Kind::invalid_utf8, guess, 6, whole);
  }

  void mend() {
    const int c = ahead_.at(at_);
    if (c >= 0x80) return character();
    if (c == '"') {
      // In other quotes a double quote needs its backslash, and nothing was in doubt.
      const bool doubt = rules_.style == QuoteStyle::straight;
      return replace(doubt ? Kind::unescaped_quote : kind_of(rules_.style), certain, 1, "\\\"");
    }
    if (c != '\\') {
      return replace(Kind::unescaped_control, c == 0 ? likely : certain, 1, escape_of(c));
    }
    if (rules_.escaped) return escaped_backslash();
    backslash(1);
  }

  /// One level of escapes is taken off: `\\n` stands for `\n`, `\\\"` for `\"`.
  void escaped_backslash() {
    if (ahead_.at(at_ + 1) != '\\') return backslash(1);
    const bool pair = ahead_.at(at_ + 2) == '\\';
    const int next = ahead_.at(at_ + (pair ? 3 : 2));
    if (pair && (next == '"' || next == '\\')) {
      replace(Kind::escaped_document, likely, 4, next == '"' ? "\\\"" : "\\\\");
    } else if (is_escape(next)) {
      replace(Kind::escaped_document, likely, 1, {});
      backslash(1);
    } else {
      pass(2);
    }
  }

  /// `size`: of what stands before the letter of an escape.
  void backslash(std::size_t size) {
    const int next = ahead_.at(at_ + size);
    if (at_ + size >= size_ && rules_.end != BodyEnd::piece) {
      const std::string_view kept = rules_.end == BodyEnd::input ? "" : "\\\\";
      return replace(Kind::bad_escape, likely, size_ - at_, kept);
    }
    if (next == 'u') return code_point();
    if (is_escape(next)) return pass(size + 1);
    if (next == '\n') return replace(Kind::bad_escape, likely, size + 1, "\\n");
    if (next == 'x' && is_hex(ahead_.at(at_ + 2)) && is_hex(ahead_.at(at_ + 3))) {
      return replace(Kind::bad_escape, likely, 2, "\\u00");
    }
    if (quote_at(ahead_, at_ + size) || ahead_.starts(at_ + size, "\xE2\x80\x9E")) {
      return replace(
          rules_.style == QuoteStyle::straight ? Kind::bad_escape : kind_of(rules_.style), certain,
          size, {});
    }
    // What nobody knows stays: a regular expression, a path, a formula.
    replace(Kind::bad_escape, likely, size, "\\\\");
  }

  void code_point() {
    std::size_t digits = 0;
    while (digits < 4 && is_hex(ahead_.at(at_ + 2 + digits))) ++digits;
    const bool inside = at_ + 6 <= size_ || rules_.end == BodyEnd::piece;
    if (digits == 4 && inside) return pass(6);
    if (at_ + 2 + digits >= size_ && rules_.end == BodyEnd::input) {
      return replace(Kind::bad_escape, likely, size_ - at_, {});
    }
    replace(Kind::bad_escape, likely, 1, "\\\\");
  }

  Editor& editor_;
  Ahead ahead_;
  std::size_t size_;
  const BodyRules& rules_;
  std::size_t at_ = 0;
};

}  // namespace

std::size_t write_body(Editor& editor, std::size_t size, const BodyRules& rules) {
  return Body(editor, size, rules).write();
}

bool plain_body(std::string_view bytes) {
  return !bytes.contains('\\') && body_length(bytes) == bytes.size();
}

}  // namespace gird::json
