// A window over the tokens of a text: a few behind, a few ahead.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "detect/part.hpp"
#include "detect/sql_lexer.hpp"

namespace gird::detect::sql {

class Stream {
 public:
  static constexpr std::size_t reach = 40;  ///< tokens that can be looked ahead to
  static constexpr std::size_t memory = 8;  ///< and behind

  /// `text` stands `begin` bytes behind where spans are counted from.
  Stream(std::string_view text, char quote, std::size_t begin = 0)
      : text_(text), lexer_(text, quote), begin_(begin) {
    fill();
  }

  /// The token `n` ahead; 0 is the one that is read now. Beyond the reach all is end.
  [[nodiscard]] const Token& ahead(std::size_t n) const {
    return n < reach && here_ + n < filled_ ? slot(here_ + n) : end_;
  }
  [[nodiscard]] const Token& behind(std::size_t n) const {
    return n <= here_ ? slot(here_ - n) : start_;
  }
  [[nodiscard]] std::string_view text(const Token& token) const {
    return part(text_, token.where.begin, token.where.end - token.where.begin);
  }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] Span versioned() const { return lexer_.versioned(); }
  void advance() {
    ++here_;
    fill();
  }

 private:
  static constexpr std::size_t size = 64;  // a power of two above reach and memory

  [[nodiscard]] const Token& slot(std::size_t i) const { return ring_[i % size]; }
  void fill() {
    while (!ended_ && filled_ < here_ + reach) push(lexer_.next());
  }
  void push(const Token& token);
  [[nodiscard]] bool joins(const Token& last, const Token& token) const;
  [[nodiscard]] bool spaces(const Token& token) const;

  std::string_view text_;
  Lexer lexer_;
  std::size_t begin_;
  std::array<Token, size> ring_{};
  std::size_t here_ = 0;
  std::size_t filled_ = 0;
  bool ended_ = false;
  Token start_{.kind = Kind::start, .word = {}, .where = {}};
  Token end_{};
};

}  // namespace gird::detect::sql
