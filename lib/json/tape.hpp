// A flat array of the tokens of one JSON text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace gird::json {

enum class TokenType : std::uint8_t { null, boolean, number, string, array, object, key };

/// One value or key, 16 bytes. Children follow their container; the value follows its key.
class Token {
 public:
  static constexpr std::uint32_t most_count = 0xFFFFFF;

  Token() = default;
  Token(TokenType type, std::size_t start)
      : offset(static_cast<std::uint32_t>(start)), bits_(static_cast<std::uint32_t>(type)) {}

  std::uint32_t offset = 0;  ///< of the first byte in the text
  std::uint32_t length = 0;  ///< in bytes, quotes and brackets included
  std::uint32_t next = 0;    ///< the token behind this one and all its children

  [[nodiscard]] TokenType type() const { return static_cast<TokenType>(bits_ & 0xFU); }
  [[nodiscard]] bool is(TokenType type) const { return this->type() == type; }
  /// A string or key with an escape in it.
  [[nodiscard]] bool escaped() const { return (bits_ & escaped_bit) != 0; }
  /// A number without a fraction and an exponent.
  [[nodiscard]] bool whole() const { return (bits_ & whole_bit) != 0; }
  [[nodiscard]] bool is_true() const { return (bits_ & true_bit) != 0; }
  /// Items or members; `most_count` stands for any larger number too.
  [[nodiscard]] std::uint32_t count() const { return bits_ >> count_shift; }

  void mark_escaped() { bits_ |= escaped_bit; }
  void mark_whole() { bits_ |= whole_bit; }
  void mark_true() { bits_ |= true_bit; }
  void count_one() {
    if (count() < most_count) bits_ += 1U << count_shift;
  }

 private:
  static constexpr std::uint32_t escaped_bit = 0x10;
  static constexpr std::uint32_t whole_bit = 0x20;
  static constexpr std::uint32_t true_bit = 0x40;
  static constexpr unsigned count_shift = 8;

  std::uint32_t bits_ = 0;
};
static_assert(sizeof(Token) == 16);

/// Where a text is not JSON, and why.
struct SyntaxError {
  std::uint64_t offset = 0;
  std::string what;
};

/// The tokens of a text, which must outlive the tape. Nesting of any depth; no recursion.
class Tape {
 public:
  /// Texts may have so many bytes; longer ones are an error.
  static constexpr std::size_t most_text = 0xFFFFFFF0;

  /// Reads one document with blanks around it by RFC 8259; whether strings are valid UTF-8 is not
  /// looked at. Memory of an earlier document is used again.
  std::expected<void, SyntaxError> read(std::string_view text);

  [[nodiscard]] const Token& operator[](std::size_t index) const { return tokens_[index]; }
  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  /// The whole text.
  [[nodiscard]] std::string_view text() const { return text_; }
  /// The text of one token with everything in it.
  [[nodiscard]] std::string_view text_of(std::size_t index) const {
    return text_.substr(tokens_[index].offset, tokens_[index].length);
  }
  /// What stands between the quotes of a string or key.
  [[nodiscard]] std::string_view inside_of(std::size_t index) const {
    return text_.substr(tokens_[index].offset + 1, tokens_[index].length - 2);
  }
  /// How many items or members a container has.
  [[nodiscard]] std::size_t count_of(std::size_t index) const;

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
};

}  // namespace gird::json
