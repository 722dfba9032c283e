// Members without a value, where the settings drop them.
#include "json/grammar.hpp"
#include "json/letters.hpp"
#include "json/quote_context.hpp"

namespace gird::json {

using enum Confidence;

namespace {

/// Behind `:`, `=` or `=>` at `at`; `at` without one.
std::size_t behind_separator(const Ahead& ahead, std::size_t at) {
  if (ahead.at(at) == ':') return at + 1;
  if (ahead.at(at) != '=') return at;
  return at + (ahead.at(at + 1) == '>' ? 2 : 1);
}

std::size_t behind_spaces(const Ahead& ahead, std::size_t at) {
  while (ahead.at(at) == ' ' || ahead.at(at) == '\t') ++at;
  return at;
}

bool ends_member(int c) {
  return c == Ahead::end || c == ',' || c == ';' || c == ')' || is_closer(c);
}

Confidence sure_of(int c) { return c == Ahead::end || is_closer(c) ? likely : guess; }

}  // namespace

/// Where the key at `at` ends; nothing where there is none, or its end is out of sight.
std::optional<std::size_t> Grammar::behind_key(const Ahead& ahead, std::size_t at) {
  if (ahead.at(at) == ':') return at;
  if (ahead.starts(at, "```") || lone_value(ahead, at) > 0) return std::nullopt;
  if (begins_string(ahead, at)) {
    const Opening key = opening(ahead, at, Role::key);
    const StringEnd end = string_end(ahead, key.body, key.rules);
    if (end.how == StringEnd::How::far || joins(ahead, end) > 0) return std::nullopt;
    return end.how == StringEnd::How::closed ? end.behind : end.at;
  }
  const Word word = word_at(ahead, at, {Role::key, in_parens()});
  if (word.far || word.size == 0) return std::nullopt;
  return at + word.size + (word.end_quote ? 1 : 0);
}

/// The member at `at` where it has no value and the settings drop such, or it is the last one and
/// only a key. One whose key or what is behind it goes on out of sight (`Ahead::reach`) is none: it
/// gets null.
std::optional<Grammar::Valueless> Grammar::valueless(const Ahead& ahead, std::size_t at) {
  const bool any = decisions_.missing_value == Missing::drop;
  if ((!any && decisions_.keeps_cut_key) || !place_.nesting.in_object()) return std::nullopt;
  const auto key = behind_key(ahead, at);
  if (!key) return std::nullopt;
  const std::size_t separator = *key + gap_at(ahead, *key, gap_rules).size;
  const std::size_t behind = behind_separator(ahead, separator);
  const std::size_t next = behind + gap_at(ahead, behind, gap_rules).size;
  const int c = ahead.at(next);
  if (!ends_member(c)) return std::nullopt;
  const bool cut = behind == separator && (c == Ahead::end || c == '}');
  if (!any && !cut) return std::nullopt;
  const std::size_t end = behind > separator ? behind : *key;
  return Valueless{.end = behind_spaces(ahead, end), .next = next};
}

/// Before a key: drops a member without a value, and the comma behind it. One that no comma follows
/// is left where a comma was passed before it.
bool Grammar::drop_member(const Ahead& ahead) {
  const auto member = valueless(ahead, 0);
  if (!member) return false;
  const int next = ahead.at(member->next);
  const bool comma = next == ',' || next == ';';
  if (!comma && place_.expected == Expected::key) return false;
  std::size_t end = comma ? member->next + 1 : member->end;
  while (comma && is_blank(ahead.at(end))) ++end;
  if (ahead.wants()) return false;
  editor_.remove(Kind::missing_value, sure_of(next), end);
  return true;
}

/// Behind a value: drops the member at `at` if it has no value, with the comma before it. A word
/// that stands before its key goes, too: {"a": 1, NOTE "b": }
bool Grammar::drop_next_member(const Ahead& ahead, const Gap& gap, std::size_t at) {
  auto member = valueless(ahead, at);
  const bool plain = member.has_value();
  if (!plain && decisions_.missing_value == Missing::drop) {
    const Word word = word_at(ahead, at, {Role::key, in_parens()});
    const auto key = word.size > 0 ? key_behind_word(ahead, at + word.size) : std::nullopt;
    if (key) member = valueless(ahead, *key);
  }
  if (!member || ahead.wants()) return false;
  pass_gap(ahead, gap.size);
  const Confidence sure = plain ? sure_of(ahead.at(member->next)) : guess;
  editor_.remove(Kind::missing_value, sure, member->end - gap.size);
  return true;
}

}  // namespace gird::json
