// Reading a text into tokens: one pass, the open containers linked through their own tokens.
#include "json/tape.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>
#include <optional>

namespace gird::json {
namespace {

constexpr std::uint32_t none = 0xFFFFFFFF;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool ends_run(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

class Reader {
 public:
  Reader(std::string_view text, std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

  std::expected<void, SyntaxError> run() {
    if (document()) return {};
    return std::unexpected(SyntaxError{.offset = at_, .what = std::string(what_)});
  }

 private:
  enum class Next : std::uint8_t { value, item_or_end, member, member_or_end, after };

  bool document() {
    Next next = Next::value;
    do {
      skip_blanks();
      if (at_ == text_.size()) return fail("the document is not complete");
      const std::optional<Next> then = step(next);
      if (!then) return false;
      next = *then;
    } while (next != Next::after || open_ != none);
    skip_blanks();
    return at_ == text_.size() || fail("something stands behind the document");
  }

  std::optional<Next> step(Next next) {
    switch (next) {
      case Next::value: return value();
      case Next::item_or_end: return text_[at_] == ']' ? close() : value();
      case Next::member: return member();
      case Next::member_or_end: return text_[at_] == '}' ? close() : member();
      case Next::after: return after();
    }
    return std::nullopt;
  }

  std::optional<Next> after() {
    const bool object = tokens_[open_].is(TokenType::object);
    if (text_[at_] == ',') {
      ++at_;
      return object ? Next::member : Next::value;
    }
    if (text_[at_] == (object ? '}' : ']')) return close();
    return stop(object ? "a comma or } must stand here" : "a comma or ] must stand here");
  }

  std::optional<Next> value() {
    if (open_ != none && tokens_[open_].is(TokenType::array)) tokens_[open_].count_one();
    switch (text_[at_]) {
      case '"': return string(TokenType::string) ? done() : std::nullopt;
      case '{': return open(TokenType::object);
      case '[': return open(TokenType::array);
      case 't': return literal("true", TokenType::boolean);
      case 'f': return literal("false", TokenType::boolean);
      case 'n': return literal("null", TokenType::null);
      default: return number();
    }
  }

  std::optional<Next> member() {
    if (text_[at_] != '"') return stop("a key must stand here");
    tokens_[open_].count_one();
    if (!string(TokenType::key)) return std::nullopt;
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != ':') return stop("a colon must stand here");
    ++at_;
    return Next::value;
  }

  std::uint32_t start(TokenType type) {
    tokens_.emplace_back(type, at_);
    return static_cast<std::uint32_t>(tokens_.size() - 1);
  }

  std::optional<Next> open(TokenType type) {
    const std::uint32_t index = start(type);
    tokens_[index].next = open_;
    open_ = index;
    ++at_;
    return type == TokenType::object ? Next::member_or_end : Next::item_or_end;
  }

  std::optional<Next> close() {
    Token& token = tokens_[open_];
    const std::uint32_t closed = open_;
    ++at_;
    open_ = token.next;
    token.next = static_cast<std::uint32_t>(tokens_.size());
    token.length = static_cast<std::uint32_t>(at_ - token.offset);
    end_member(closed, token.next);
    return Next::after;
  }

  /// The last token was a scalar.
  std::optional<Next> done() {
    const auto index = static_cast<std::uint32_t>(tokens_.size() - 1);
    tokens_[index].next = index + 1;
    tokens_[index].length = static_cast<std::uint32_t>(at_ - tokens_[index].offset);
    end_member(index, index + 1);
    return Next::after;
  }

  void end_member(std::uint32_t value, std::uint32_t next) {
    if (open_ != none && tokens_[open_].is(TokenType::object)) tokens_[value - 1].next = next;
  }

  std::optional<Next> literal(std::string_view word, TokenType type) {
    if (!text_.substr(at_).starts_with(word)) return stop("this is no value");
    const std::uint32_t index = start(type);
    if (word == "true") tokens_[index].mark_true();
    at_ += word.size();
    return done();
  }

  bool string(TokenType type) { return string_body(start(type)); }

  bool string_body(std::uint32_t index) {
    ++at_;
    for (;;) {
      at_ = end_of_run(at_);
      if (at_ == text_.size()) return fail("a string is not closed");
      if (text_[at_] == '"') break;
      if (text_[at_] != '\\') return fail("a control character stands in a string");
      tokens_[index].mark_escaped();
      if (!escape()) return false;
    }
    ++at_;
    tokens_[index].length = static_cast<std::uint32_t>(at_ - tokens_[index].offset);
    return true;
  }

  bool escape() {
    const std::string_view rest = text_.substr(at_ + 1);
    if (rest.empty()) return fail("a string is not closed");
    if (rest[0] != 'u') {
      if (std::string_view("\"\\/bfnrt").find(rest[0]) == rest.npos) return fail("no such escape");
      at_ += 2;
      return true;
    }
    if (rest.size() < 5) return fail("an escape is not complete");
    for (std::size_t i = 1; i < 5; ++i) {
      if (!is_hex(rest[i])) return fail("no such escape");
    }
    at_ += 6;
    return true;
  }

  /// The next quote, backslash or control character, or the end.
  [[nodiscard]] std::size_t end_of_run(std::size_t at) const {
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i last_control = _mm_set1_epi8(0x1F);
    for (; at + 16 <= text_.size(); at += 16) {
      __m128i block;
      __builtin_memcpy(&block, text_.data() + at, sizeof block);
      const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, last_control), block);
      const __m128i hit = _mm_or_si128(
          control, _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)));
      const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hit));
      if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
    }
#endif
    while (at < text_.size() && !ends_run(text_[at])) ++at;
    return at;
  }

  std::optional<Next> number() {
    const std::uint32_t index = start(TokenType::number);
    if (text_[at_] == '-') ++at_;
    if (!take_digit()) return stop("this is no value");
    if (text_[at_ - 1] != '0') take_digits();
    const std::size_t whole_end = at_;
    if (take('.') && !take_digits()) return stop("a digit must stand here");
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (!take_digits()) return stop("a digit must stand here");
    }
    if (at_ == whole_end) tokens_[index].mark_whole();
    return done();
  }

  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take_digit() {
    if (at_ == text_.size() || !is_digit(text_[at_])) return false;
    ++at_;
    return true;
  }
  bool take_digits() {
    if (!take_digit()) return false;
    while (take_digit()) {
    }
    return true;
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  bool fail(std::string_view what) {
    what_ = what;
    return false;
  }
  std::nullopt_t stop(std::string_view what) {
    what_ = what;
    return std::nullopt;
  }

  std::string_view text_;
  std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  std::uint32_t open_ = none;  ///< the innermost open container; its `next` is the one around it
  std::string_view what_;
};

}  // namespace

std::expected<void, SyntaxError> Tape::read(std::string_view text) {
  text_ = text;
  tokens_.clear();
  if (text.size() > most_text) {
    return std::unexpected(SyntaxError{.offset = most_text, .what = "the document is too long"});
  }
  if (tokens_.capacity() == 0) tokens_.reserve(text.size() / 8 + 16);
  return Reader(text, tokens_).run();
}

std::size_t Tape::count_of(std::size_t index) const {
  const Token& token = tokens_[index];
  if (token.count() < Token::most_count) return token.count();
  std::size_t count = 0;
  for (std::size_t child = index + 1; child < token.next; child = tokens_[child].next) ++count;
  return count;
}

}  // namespace gird::json
