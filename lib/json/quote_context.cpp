// The right context of a quote.
#include "json/quote_context.hpp"

#include <optional>

#include "json/gap.hpp"
#include "json/letters.hpp"
#include "json/literal.hpp"

namespace gird::json {
namespace {

/// A place behind a gap.
struct Next {
  std::size_t at = 0;
  std::size_t gap = 0;
  bool newline = false;
  int c = Ahead::end;
};

Next next_at(const Ahead& ahead, std::size_t from, bool escaped = false) {
  // A `#` behind a quote is a comment only where a blank stands before it.
  const GapRules rules{.escaped = escaped, .hash = is_blank(ahead.at(from))};
  const Gap gap = gap_at(ahead, from, rules, from + right_context);
  if (gap.size >= right_context) return {from + gap.size, gap.size, gap.newline, Ahead::far};
  return {from + gap.size, gap.size, gap.newline, ahead.at(from + gap.size)};
}

/// Behind blanks that JSON has.
Next next_plain(const Ahead& ahead, std::size_t from) {
  Next next{from, 0, false, Ahead::far};
  while (next.gap < right_context && is_blank(ahead.at(from + next.gap))) {
    next.newline |= ahead.at(from + next.gap) == '\n';
    ++next.gap;
  }
  next.at = from + next.gap;
  if (next.gap < right_context) next.c = ahead.at(next.at);
  return next;
}

std::size_t behind_name(const Ahead& ahead, std::size_t at) {
  std::size_t i = at;
  while (i < at + right_context && (in_name(ahead.at(i)) || ahead.at(i) == '-')) ++i;
  return i;
}

bool ellipsis_at(const Ahead& ahead, std::size_t at) { return ahead.starts(at, "..."); }

/// What may stand behind a closing bracket that is one.
bool goes_on(const Next& next) {
  if (next.c < 0 || next.newline) return true;
  return next.c == ',' || next.c == ';' || next.c == ')' || next.c == '`' || next.c == '<' ||
         is_closer(next.c) || is_opener(next.c);
}

/// Behind `"…"` and a comma in an object.
bool comma_in_object(const Ahead& ahead, std::size_t comma) {
  const Next next = next_at(ahead, comma + 1);
  if (next.c < 0 || next.c == ',' || is_closer(next.c) || is_opener(next.c)) return true;
  if (ellipsis_at(ahead, next.at)) return true;
  if (begins_string(ahead, next.at)) {
    return behind_string(ahead, next.at) == 0 || key_follows(ahead, next.at);
  }
  if (key_follows(ahead, next.at)) return true;
  // A word before a key: {"a": "b", COMMENT "c": 1}
  const Next second = next_at(ahead, behind_name(ahead, next.at));
  return second.gap > 0 && begins_string(ahead, second.at) && key_follows(ahead, second.at);
}

/// The same quote again at once, and then what stands behind a string: `72""`.
bool second_quote_closes(const Ahead& ahead, std::size_t at, QuoteStyle style) {
  const Quote quote = quote_at(ahead, at);
  if (!quote || !closes(style, quote.style)) return false;
  const Next next = next_at(ahead, at + quote.size);
  return next.c == Ahead::end || next.c == ',' || is_closer(next.c) || next.c == ':' ||
         next.newline;
}

bool closer_closes(const Ahead& ahead, const Next& next, const OpenBrackets& open) {
  const int opened = next.c == '}' ? open.braces : next.c == ']' ? open.brackets : open.parens;
  const Next behind = next_at(ahead, next.at + 1);
  if (opened > 0 && (behind.c < 0 || behind.newline)) return !begins_string(ahead, behind.at);
  if (opened > 0)
    return behind.c == ',' ? key_follows(ahead, behind.at + 1 + next_at(ahead, behind.at + 1).gap)
                           : is_closer(behind.c);
  return goes_on(behind);
}

bool scalar_follows(const Ahead& ahead, std::size_t at) {
  std::size_t i = at;
  while (i < at + right_context && in_scalar(ahead.at(i))) ++i;
  const std::string_view word = ahead.text(at, std::min(i, ahead.size()));
  const Next next = next_at(ahead, i);
  if (!goes_on(next)) return false;
  return (!word.empty() && (is_digit(word[0]) || word[0] == '-')) || literal_in(word).has_value();
}

bool plus_joins(const Ahead& ahead, const Next& next) {
  return begins_string(ahead, next_at(ahead, next.at + 1).at);
}

bool closes_key(const Ahead& ahead, const Next& next, const StringRules& rules) {
  switch (next.c) {
    case ':':
    case '=':
    case ',':
    case '}':
    case ']':
    case '{':
    case '[': return true;
    case '+': return plus_joins(ahead, next);
    default: break;
  }
  if (next.gap == 0 && second_quote_closes(ahead, next.at, rules.style)) return false;
  if (begins_string(ahead, next.at)) {
    const auto behind = behind_string(ahead, next.at);
    return behind == 0 || goes_on(next_at(ahead, behind));
  }
  return scalar_follows(ahead, next.at);
}

/// For a value anywhere, where one byte behind it decides.
std::optional<bool> closes_value(const Ahead& ahead, const Next& next, const StringRules& rules,
                                 const OpenBrackets& open) {
  switch (next.c) {
    case '}':
    case ']': return closer_closes(ahead, next, open);
    case ')': return open.parens <= 0 && (rules.in_parens || closer_closes(ahead, next, open));
    case '+': return plus_joins(ahead, next);
    case '`': return ahead.starts(next.at, "```");
    case '.': return ellipsis_at(ahead, next.at);
    default: return std::nullopt;
  }
}

bool closes_member(const Ahead& ahead, const Next& next, const StringRules& rules,
                   const OpenBrackets& open) {
  switch (next.c) {
    case ',': return comma_in_object(ahead, next.at);
    case ';': return goes_on(next_at(ahead, next.at + 1)) || comma_in_object(ahead, next.at);
    default: break;
  }
  if (const auto closed = closes_value(ahead, next, rules, open)) return *closed;
  if (next.gap == 0 && second_quote_closes(ahead, next.at, rules.style)) return false;
  return (next.gap > 0 || begins_string(ahead, next.at)) && key_follows(ahead, next.at);
}

bool closes_element(const Ahead& ahead, const Next& next, const StringRules& rules,
                    const OpenBrackets& open) {
  if (next.newline) return true;
  switch (next.c) {
    case ',':
    case ':':
    case ';':
    case '{':
    case '[': return true;
    default: break;
  }
  if (const auto closed = closes_value(ahead, next, rules, open)) return *closed;
  if (next.gap == 0 && second_quote_closes(ahead, next.at, rules.style)) return false;
  if (begins_string(ahead, next.at) || is_digit(next.c)) return true;
  return next.gap > 0 && scalar_follows(ahead, next.at);
}

}  // namespace

std::size_t behind_string(const Ahead& ahead, std::size_t at) {
  const bool escaped = ahead.at(at) == '\\';
  const Quote open = quote_at(ahead, at + (escaped ? 1 : 0));
  if (!open) return 0;
  for (std::size_t i = at + (escaped ? 1 : 0) + open.size; i < at + right_context; ++i) {
    const int c = ahead.at(i);
    if (c < 0 || c == '\n') return 0;
    if (c == '\\' && !(escaped && quote_at(ahead, i + 1))) {
      i += escaped && ahead.at(i + 1) == '\\' ? 3 : 1;
      continue;
    }
    const std::size_t mark = i + (c == '\\' ? 1 : 0);
    if (const Quote quote = quote_at(ahead, mark); quote && closes(open.style, quote.style)) {
      return mark + quote.size;
    }
  }
  return 0;
}

bool begins_string(const Ahead& ahead, std::size_t at) {
  return bool(quote_at(ahead, at + (ahead.at(at) == '\\' ? 1 : 0)));
}

bool key_follows(const Ahead& ahead, std::size_t at) {
  std::size_t behind = behind_string(ahead, at);
  if (begins_string(ahead, at)) {
    if (behind == 0) return false;
  } else {
    behind = behind_name(ahead, at);
    if (behind == at) return false;
    if (const Quote quote = quote_at(ahead, behind)) behind += quote.size;
  }
  const Next next = next_at(ahead, behind);
  if (next.c == Ahead::far) return true;
  if (next.c == ':') return !ahead.starts(next.at, "://");
  return next.c == '=' && ahead.at(next.at + 1) == '>';
}

bool element_follows(const Ahead& ahead, std::size_t at) {
  const auto behind = behind_string(ahead, at);
  if (behind == 0) return true;
  const Next next = next_at(ahead, behind);
  return next.c < 0 || next.c == ',' || is_closer(next.c) || begins_string(ahead, next.at);
}

bool ends_as_valid(const Ahead& ahead, std::size_t behind, Role role) {
  const Next next = next_plain(ahead, behind);
  if (next.c == Ahead::far) return true;
  switch (role) {
    case Role::key: return next.c == ':';
    case Role::member:
      if (next.c == ',') {
        const Next key = next_plain(ahead, next.at + 1);
        return key.c == Ahead::far || (key.c == '"' && key_follows(ahead, key.at));
      }
      return next.c == '}';
    case Role::element:
      if (next.c == ',') {
        const int value = next_plain(ahead, next.at + 1).c;
        return value == Ahead::far || value == '"' || value == '-' || value == 't' ||
               value == 'f' || value == 'n' || is_digit(value) || is_opener(value);
      }
      return next.c == ']';
    case Role::top: return next.c == Ahead::end || next.newline;
  }
  return false;
}

bool closes_string(const Ahead& ahead, std::size_t behind, const StringRules& rules,
                   const OpenBrackets& open) {
  const Next next = next_at(ahead, behind, rules.escaped);
  if (next.c == Ahead::end || next.c == Ahead::far) return true;
  switch (rules.role) {
    case Role::key: return closes_key(ahead, next, rules);
    case Role::member: return closes_member(ahead, next, rules, open);
    case Role::element:
    case Role::top: return closes_element(ahead, next, rules, open);
  }
  return true;
}

}  // namespace gird::json
