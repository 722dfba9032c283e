// What a scalar writes.
#include "json/coerce_scalar.hpp"

#include <algorithm>
#include <array>

#include "json/decimal.hpp"
#include "json/string_value.hpp"

namespace gird::json {
namespace {

constexpr std::array<std::string_view, 5> yes{"true", "yes", "y", "on", "1"};
constexpr std::array<std::string_view, 5> no{"false", "no", "n", "off", "0"};
constexpr std::array<std::string_view, 5> nothing{"", "null", "none", "nil", "undefined"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\r\f\v";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Without blanks around it, ASCII letters small.
std::string folded(std::string_view text) {
  std::string out(trimmed(text));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

template <std::size_t Size>
bool is_in(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// Takes digits with single underscores between them from the head of `text`.
std::string take_digits(std::string_view& text) {
  std::string out;
  while (!text.empty()) {
    const bool joint = text[0] == '_' && !out.empty() && text.size() > 1 && is_digit(text[1]);
    if (!joint && !is_digit(text[0])) break;
    if (!joint) out += text[0];
    text.remove_prefix(1);
  }
  return out;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || !any_of.contains(text[0])) return false;
  text.remove_prefix(1);
  return true;
}

std::string without_leading_zeros(std::string digits) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits.empty() ? "0" : digits;
}

std::optional<std::string> from_text(std::string_view text, TypeSet wanted) {
  const std::string word = folded(text);
  if ((wanted & (types::number | types::integer)) != 0) {
    auto number = number_written(text);
    if (number && (wanted & types::number) != 0) return number;
    if (number && Decimal(*number).integer()) {
      const auto small = Decimal(*number).small();
      return small ? std::to_string(*small) : number;
    }
  }
  if ((wanted & types::boolean) != 0 && is_in(yes, word)) return "true";
  if ((wanted & types::boolean) != 0 && is_in(no, word)) return "false";
  if ((wanted & types::null) != 0 && is_in(nothing, word)) return "null";
  return std::nullopt;
}

std::optional<std::string> from_number(std::string_view text, TypeSet wanted) {
  if ((wanted & types::boolean) != 0) {
    const auto small = Decimal(text).small();
    if (small == 0) return "false";
    if (small == 1) return "true";
  }
  if ((wanted & types::string) != 0) return "\"" + std::string(text) + "\"";
  return std::nullopt;
}

/// What a scalar says, whatever its type.
std::string word_of(ValueAt value) {
  std::string room;
  const bool string = value.tape[value.index].is(TokenType::string);
  return folded(string ? string_at(value.tape, value.index, room)
                       : value.tape.text_of(value.index));
}

bool is_scalar(ValueAt value) {
  const TokenType type = value.tape[value.index].type();
  return type != TokenType::array && type != TokenType::object;
}

}  // namespace

std::optional<std::string> number_written(std::string_view text) {
  text = trimmed(text);
  std::string out;
  if (!take(text, "+") && take(text, "-")) out = "-";
  const std::string whole = take_digits(text);
  std::string fraction;
  if (take(text, ".")) fraction = take_digits(text);
  if (whole.empty() && fraction.empty()) return std::nullopt;
  out += without_leading_zeros(whole);
  if (!fraction.empty()) out += "." + fraction;
  if (take(text, "eE")) {
    out += text.starts_with('-') ? "e-" : "e";
    take(text, "+-");
    const std::string exponent = take_digits(text);
    if (exponent.empty()) return std::nullopt;
    out += exponent;
  }
  if (!text.empty()) return std::nullopt;
  return out;
}

std::optional<std::string> scalar_as(ValueAt value, TypeSet wanted) {
  std::string room;
  switch (value.tape[value.index].type()) {
    case TokenType::string: return from_text(string_at(value.tape, value.index, room), wanted);
    case TokenType::number: return from_number(value.tape.text_of(value.index), wanted);
    case TokenType::boolean:
      if ((wanted & types::string) == 0) return std::nullopt;
      return "\"" + std::string(value.tape.text_of(value.index)) + "\"";
    default: return std::nullopt;
  }
}

std::optional<std::size_t> meant_value(ValueAt value, const Tape& schema,
                                       const std::vector<std::size_t>& allowed) {
  if (!is_scalar(value)) return std::nullopt;
  const std::string word = word_of(value);
  std::optional<std::size_t> found;
  for (const std::size_t candidate : allowed) {
    const ValueAt other{schema, candidate};
    if (!is_scalar(other) || word_of(other) != word) continue;
    if (found) return std::nullopt;
    found = candidate;
  }
  return found;
}

}  // namespace gird::json
