#include "detect/sql_stream.hpp"

#include <algorithm>

#include "detect/part.hpp"

namespace gird::detect::sql {
namespace {

constexpr std::size_t longest = 24;

/// Words of the grammar that no column is named after.
bool is_reserved(Word word) {
  return word == Word::logic || (word >= Word::unite && word <= Word::remove) ||
         word == Word::compare;
}

/// The word that two halves make: filters that remove comments put `un/**/ion` together.
Word joined(std::string_view left, std::string_view right) {
  if (left.size() + right.size() > longest) return Word::none;
  std::array<char, longest> both{};
  const auto middle = std::ranges::copy(left, both.begin()).out;
  std::ranges::copy(right, middle);
  return word_of({both.data(), left.size() + right.size()});
}

}  // namespace

bool Stream::joins(const Token& last, const Token& token) const {
  if (last.kind != Kind::name || token.kind != Kind::name || last.quoted || token.quoted) {
    return false;
  }
  if (last.word != Word::none && is_reserved(last.word)) return false;
  const std::string_view gap = part(text_, last.where.end, token.where.begin - last.where.end);
  return gap.size() >= 4 && gap.starts_with("/*") && gap.ends_with("*/") &&
         joined(text(last), text(token)) != Word::none;
}

/// `union+select`: a plus that the decoder of a form took for itself.
bool Stream::spaces(const Token& token) const {
  if (filled_ < 2 || token.spaced) return false;
  const Token& plus = slot(filled_ - 1);
  if (plus.kind != Kind::operation || plus.spaced || text_[plus.where.begin] != '+') return false;
  return is_reserved(token.word) || is_reserved(slot(filled_ - 2).word);
}

void Stream::push(const Token& token) {
  if (token.kind == Kind::end) {
    ended_ = true;
    return;
  }
  if (filled_ > 0 && filled_ > here_) {
    Token& last = ring_[(filled_ - 1) % size];
    if (token.spaced && joins(last, token)) {
      last.word = joined(text(last), text(token));
      last.kind = last.word == Word::logic ? Kind::logic : Kind::name;
      last.split = true;
      last.where.end = token.where.end;
      return;
    }
    if (spaces(token)) {
      last = token;
      last.spaced = true;
      return;
    }
  }
  ring_[filled_++ % size] = token;
}

}  // namespace gird::detect::sql
