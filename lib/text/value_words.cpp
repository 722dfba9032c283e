// Names, versions, words and patterns.
#include <algorithm>

#include "base/letters.hpp"
#include "text/split.hpp"
#include "text/value_kinds.hpp"

namespace gird::text {
namespace {

bool is_part(std::string_view word) {
  const auto stands_in_one = [](char c) { return is_alnum(c) || c == '-'; };
  return !word.empty() && run_of(word, stands_in_one) == word.size();
}

/// Whether `word` is a number without leading zeros.
bool is_plain_number(std::string_view word) {
  return !word.empty() && run_of(word, is_digit) == word.size() &&
         (word.size() == 1 || word.front() != '0');
}

/// A pre-release identifier: digits alone are a number.
bool is_release_part(std::string_view word) {
  return is_part(word) && (run_of(word, is_digit) != word.size() || is_plain_number(word));
}

bool are_all(std::string_view dotted, bool (*is_one)(std::string_view)) {
  return std::ranges::all_of(split(dotted, '.'), is_one);
}

}  // namespace

NotOne not_identifier(std::string_view text, const TypeDetail&) {
  const auto stands_in_one = [](char c) { return is_alnum(c) || c == '_'; };
  const bool is_one =
      !text.empty() && !is_digit(text.front()) && run_of(text, stands_in_one) == text.size();
  return is_one ? NotOne() : "it is no letter or _ with letters, digits and _ behind it";
}

NotOne not_filename(std::string_view text, const TypeDetail&) {
  constexpr std::size_t longest = 255;  // NAME_MAX of Linux
  const auto stands_in_one = [](char c) { return is_alnum(c) || c == '.' || c == '_' || c == '-'; };
  if (text.empty() || text.size() > longest) return "it is empty or longer than 255 bytes";
  if (text.front() == '.' || text.front() == '-') return "it starts with a dot or a dash";
  return run_of(text, stands_in_one) == text.size()
             ? NotOne()
             : "it has other characters than letters, digits, . _ and -";
}

NotOne not_uuid(std::string_view text, const TypeDetail&) {
  constexpr std::size_t length = 36;
  constexpr std::string_view why = "it is no UUID, as 123e4567-e89b-12d3-a456-426614174000";
  if (text.size() != length) return why;
  for (std::size_t at = 0; at < length; ++at) {
    const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
    if (dash ? text[at] != '-' : !is_hex(text[at])) return why;
  }
  return {};
}

/// https://semver.org/spec/v2.0.0.html
NotOne not_semver(std::string_view text, const TypeDetail&) {
  const std::size_t plus = text.find('+');
  if (plus != std::string_view::npos && !are_all(text.substr(plus + 1), is_part)) {
    return "its build metadata are no words of letters, digits and -";
  }
  const std::string_view version = text.substr(0, plus);
  const std::size_t dash = version.find('-');
  if (dash != std::string_view::npos && !are_all(version.substr(dash + 1), is_release_part)) {
    return "its pre-release is no words of letters, digits and -, or has leading zeros";
  }
  const std::vector<std::string_view> numbers = split(version.substr(0, dash), '.');
  const bool is_one = numbers.size() == 3 && std::ranges::all_of(numbers, is_plain_number);
  return is_one ? NotOne() : "it is no MAJOR.MINOR.PATCH without leading zeros";
}

NotOne not_word_of(std::string_view text, const TypeDetail& detail) {
  const bool is_one = std::ranges::any_of(detail.words, [&](auto& word) { return word == text; });
  return is_one ? NotOne() : "it is none of the words";
}

Result<TypeDetail> read_words(std::string_view detail) {
  if (detail.empty()) {
    return misuse("value-type", "'enum'", "it needs its words", {"enum:red,green,blue"});
  }
  TypeDetail read;
  for (const std::string_view word : split(detail, ',')) read.words.emplace_back(word);
  return read;
}

NotOne not_matching(std::string_view text, const TypeDetail& detail) {
  return detail.pattern->found_in(text) ? NotOne() : "it does not match the pattern";
}

Result<TypeDetail> read_pattern(std::string_view detail) {
  if (detail.empty()) {
    return misuse("value-type", "'regex'", "it needs its pattern", {"regex:[a-z]{1,20}"});
  }
  TRY(Pattern::compile(detail));  // a mistake is shown in what was typed
  TypeDetail read;
  read.pattern = TRY(Pattern::compile("\\A(?:" + std::string(detail) + ")\\z"));
  return read;
}

}  // namespace gird::text
