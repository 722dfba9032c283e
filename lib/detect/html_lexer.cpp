#include "detect/html_lexer.hpp"

#include "detect/letters.hpp"
#include "detect/part.hpp"

namespace gird::detect {
namespace {

using letters::is_blank;
using letters::is_digit;
using letters::is_letter;
using letters::lower;

/// Old browsers skipped any control between attributes, not only the standard's five blanks.
bool separates(char c) { return is_blank(c) || c == '/'; }
bool ends_name(char c) { return separates(c) || c == '>' || c == '='; }
bool ends_bare_value(char c) { return is_blank(c) || c == '>'; }
bool is_tag_name(char c) {
  return is_letter(c) || is_digit(c) || c == ':' || c == '-' || c == '_' || c == '.';
}

}  // namespace

bool Attributes::next(Attribute& attribute) {
  at_ = letters::skip(text_, at_, separates);
  if (at_ >= text_.size() || text_[at_] == '>') return false;
  attribute = {};
  read_name(attribute);
  const std::size_t sign = letters::skip(text_, at_, is_blank);
  if (sign < text_.size() && text_[sign] == '=') {
    at_ = sign + 1;
    read_value(attribute);
  }
  return true;
}

void Attributes::read_name(Attribute& attribute) {
  // A '=' that no name precedes is the first byte of a name.
  const std::size_t end = letters::skip(text_, at_ + 1, [](char c) { return !ends_name(c); });
  attribute.name = part(text_, at_, end - at_);
  at_ = end;
}

void Attributes::read_value(Attribute& attribute) {
  attribute.valued = true;
  at_ = letters::skip(text_, at_, is_blank);
  if (at_ >= text_.size()) return;
  const char quote = text_[at_];
  if (quote == '"' || quote == '\'') {
    const std::size_t end = std::min(text_.find(quote, at_ + 1), text_.size());
    attribute.value = part(text_, at_ + 1, end - at_ - 1);
    at_ = std::min(end + 1, text_.size());
    return;
  }
  const std::size_t end = letters::skip(text_, at_, [](char c) { return !ends_bare_value(c); });
  attribute.value = part(text_, at_, end - at_);
  at_ = end;
}

std::string_view tag_name(std::string_view text, std::size_t at) {
  if (at >= text.size() || !is_letter(text[at])) return {};
  return part(text, at, letters::skip(text, at, is_tag_name) - at);
}

std::string_view handler_in(std::string_view name) {
  for (std::size_t at = 0; at + 2 < name.size(); ++at) {
    if (lower(name[at]) != 'o' || lower(name[at + 1]) != 'n') continue;
    if (at > 0 && (is_letter(name[at - 1]) || name[at - 1] == '-' || name[at - 1] == ':')) continue;
    const std::size_t end = letters::skip(name, at, is_letter);
    return end - at > 3 ? part(name, at, end - at) : std::string_view();
  }
  return {};
}

}  // namespace gird::detect
