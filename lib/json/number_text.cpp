// Reading numbers of other languages.
#include "json/number_text.hpp"

#include <charconv>

#include "json/letters.hpp"

namespace gird::json {
namespace {

std::size_t digits_at(std::string_view word, std::size_t at) {
  std::size_t i = at;
  while (i < word.size() && is_digit(word[i])) ++i;
  return i - at;
}

/// `1_000` without its underscores; nothing where one does not stand between digits.
std::optional<std::string> without_underscores(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] != '_') {
      out += word[i];
      continue;
    }
    const bool between =
        i > 0 && i + 1 < word.size() && is_digit(word[i - 1]) && is_digit(word[i + 1]);
    if (!between) return std::nullopt;
  }
  return out;
}

std::optional<NumberText> with_base(std::string_view sign, std::string_view digits, int base) {
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return NumberText{NumberForm::mendable, std::string(sign) + std::to_string(value)};
}

int base_of(std::string_view prefix) {
  if (prefix == "0x" || prefix == "0X") return 16;
  if (prefix == "0o" || prefix == "0O") return 8;
  if (prefix == "0b" || prefix == "0B") return 2;
  return 0;
}

/// The parts of a decimal number, each of which may be missing.
struct Parts {
  std::string_view sign, whole, point, fraction, e, e_sign, exponent;
  bool complete = false;  ///< nothing else stands in the word
};

Parts parts_of(std::string_view word) {
  Parts parts;
  std::size_t i = 0;
  const auto take = [&](std::size_t size) {
    const auto part = word.substr(i, size);
    i += size;
    return part;
  };
  const auto take_if = [&](std::string_view of) {
    return take(i < word.size() && of.contains(word[i]) ? 1 : 0);
  };
  parts.sign = take_if("+-");
  parts.whole = take(digits_at(word, i));
  parts.point = take_if(".");
  if (!parts.point.empty()) parts.fraction = take(digits_at(word, i));
  const bool counted = !parts.whole.empty() || !parts.fraction.empty();
  if (counted) parts.e = take_if("eE");
  if (!parts.e.empty()) {
    parts.e_sign = take_if("+-");
    parts.exponent = take(digits_at(word, i));
  }
  parts.complete = i == word.size();
  return parts;
}

std::string_view without_zeros(std::string_view digits) {
  const auto first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? digits.substr(digits.size() - 1) : digits.substr(first);
}

std::string joined(const Parts& parts) {
  std::string out(parts.sign == "-" ? "-" : "");
  out += parts.whole.empty() ? std::string_view("0") : without_zeros(parts.whole);
  if (!parts.point.empty()) {
    out += '.';
    out += parts.fraction.empty() ? std::string_view("0") : parts.fraction;
  }
  if (!parts.e.empty()) {
    out.append(parts.e).append(parts.e_sign);
    out += parts.exponent.empty() ? std::string_view("0") : parts.exponent;
  }
  return out;
}

}  // namespace

std::optional<NumberText> number_in(std::string_view word) {
  const std::string_view sign = word.starts_with('-') ? "-" : "";
  const std::string_view unsigned_word =
      word.substr(word.starts_with('-') || word.starts_with('+') ? 1 : 0);
  if (const int base = base_of(unsigned_word.substr(0, 2))) {
    return with_base(sign, unsigned_word.substr(2), base);
  }
  const bool big = word.size() > 1 && word.ends_with('n');
  const auto digits = without_underscores(word.substr(0, word.size() - (big ? 1 : 0)));
  if (!digits) return std::nullopt;
  const Parts parts = parts_of(*digits);
  const bool counted = !parts.whole.empty() || !parts.point.empty() || parts.sign == "-";
  if (!parts.complete || !counted) return std::nullopt;
  if (big && (parts.whole.empty() || !parts.point.empty() || !parts.e.empty())) return std::nullopt;
  NumberText number{NumberForm::json, joined(parts)};
  if (parts.whole.size() > 1 && parts.whole.starts_with('0')) {
    number.form = NumberForm::leading_zero;
  } else if (number.text != word) {
    number.form = NumberForm::mendable;
  }
  return number;
}

}  // namespace gird::json
