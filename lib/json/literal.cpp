// Literals of other languages.
#include "json/literal.hpp"

#include <algorithm>
#include <array>

namespace gird::json {
namespace {

struct Row {
  std::string_view word;  ///< in lower case
  std::string_view text;
};

constexpr std::array any_case{Row{"true", "true"}, Row{"false", "false"}, Row{"null", "null"},
                              Row{"none", "null"}, Row{"nil", "null"}};
constexpr std::array<std::string_view, 8> no_numbers{"NaN",       "nan", "Infinity", "+Infinity",
                                                     "-Infinity", "inf", "-inf",     "-NaN"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_letters(std::string_view word, std::string_view row) {
  return std::ranges::equal(word, row, {}, lower);
}

}  // namespace

std::optional<Literal> literal_in(std::string_view word) {
  for (const Row& row : any_case) {
    if (word == row.text) return Literal{row.text, std::nullopt};
    if (same_letters(word, row.word)) return Literal{row.text, Kind::literal};
  }
  if (word == "undefined") return Literal{"null", Kind::undefined};
  if (std::ranges::find(no_numbers, word) != no_numbers.end())
    return Literal{"", Kind::not_a_number};
  return std::nullopt;
}

}  // namespace gird::json
