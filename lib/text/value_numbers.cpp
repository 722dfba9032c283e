// Numbers and truth values.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/letters.hpp"
#include "base/number.hpp"
#include "text/value_kinds.hpp"

namespace gird::text {
namespace {

constexpr std::string_view outside = "it is out of range";

/// Whether digits start with a zero that is not all there is: some languages read `010` as eight.
bool has_leading_zero(std::string_view digits) {
  return digits.size() > 1 && digits.front() == '0' && is_digit(digits[1]);
}

/// The parts of `MIN..MAX`; either may be empty.
struct Ends {
  std::string_view least;
  std::string_view most;
};

Result<Ends> ends_of(std::string_view detail) {
  const std::size_t dots = detail.find("..");
  if (dots == std::string_view::npos || detail == "..") {
    return misuse("value-type", "'" + std::string(detail) + "'", "this is no range MIN..MAX",
                  {"int:0..100", "int:1.. has no upper end"});
  }
  return Ends{detail.substr(0, dots), detail.substr(dots + 2)};
}

std::unexpected<Error> upside_down(std::string_view detail) {
  return misuse("value-type", "'" + std::string(detail) + "'", "the range ends before it begins");
}

/// How many bytes of an exponent or a fraction, marked by one of `marks`, `text` starts with; none
/// where the mark is not followed by a digit.
std::optional<std::size_t> part_length(std::string_view text, std::string_view marks,
                                       bool may_be_signed) {
  if (text.empty() || !marks.contains(text.front())) return 0;
  std::size_t at = 1;
  if (may_be_signed && at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  const std::size_t digits = run_of(text.substr(at), is_digit);
  if (digits == 0) return std::nullopt;
  return at + digits;
}

/// The number grammar of RFC 8259.
bool is_json_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t whole = run_of(text, is_digit);
  if (whole == 0 || has_leading_zero(text)) return false;
  text.remove_prefix(whole);
  const auto fraction = part_length(text, ".", false);
  if (!fraction) return false;
  text.remove_prefix(*fraction);
  return part_length(text, "eE", true) == text.size();
}

}  // namespace

NotOne not_int(std::string_view text, const TypeDetail& detail) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || run_of(digits, is_digit) != digits.size()) return "it is no whole number";
  if (has_leading_zero(digits)) return "it has leading zeros, which some read as octal";
  std::int64_t value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) {
    return "it does not fit into 64 bits";
  }
  const bool inside =
      value >= detail.least_whole.value_or(value) && value <= detail.most_whole.value_or(value);
  return inside ? NotOne() : outside;
}

Result<TypeDetail> read_whole_range(std::string_view detail) {
  TypeDetail read;
  if (detail.empty()) return read;
  const auto [least, most] = TRY(ends_of(detail));
  constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  constexpr auto highest = std::numeric_limits<std::int64_t>::max();
  if (!least.empty()) read.least_whole = TRY(parse_integer(least, lowest, highest));
  if (!most.empty()) read.most_whole = TRY(parse_integer(most, lowest, highest));
  if (read.least_whole && read.most_whole && *read.least_whole > *read.most_whole) {
    return upside_down(detail);
  }
  return read;
}

NotOne not_float(std::string_view text, const TypeDetail& detail) {
  if (!is_json_number(text)) return "it is no number";
  // No locale is ever set, so the point is a point; what is too small is zero or nearly so.
  const double value = std::strtod(std::string(text).c_str(), nullptr);
  if (!std::isfinite(value)) return "it is too large for a double";
  const bool inside = value >= detail.least.value_or(value) && value <= detail.most.value_or(value);
  return inside ? NotOne() : outside;
}

Result<TypeDetail> read_range(std::string_view detail) {
  TypeDetail read;
  if (detail.empty()) return read;
  const auto [least, most] = TRY(ends_of(detail));
  if (!least.empty()) read.least = TRY(parse_number(least));
  if (!most.empty()) read.most = TRY(parse_number(most));
  if (read.least && read.most && *read.least > *read.most) return upside_down(detail);
  return read;
}

NotOne not_bool(std::string_view text, const TypeDetail&) {
  static constexpr std::array<std::string_view, 8> words = {"true", "false", "yes", "no",
                                                            "on",   "off",   "1",   "0"};
  const auto same = [&](std::string_view word) { return is_word_in_any_case(text, word); };
  return std::ranges::any_of(words, same) ? NotOne() : "it is neither true nor false";
}

}  // namespace gird::text
