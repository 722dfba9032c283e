// Brackets, commas and colons.
#include "json/grammar.hpp"
#include "json/letters.hpp"
#include "json/quote.hpp"
#include "json/quote_context.hpp"

namespace gird::json {

using enum Confidence;

namespace {

/// The size of an ellipsis; 0 where there is none.
std::size_t ellipsis_size(const Ahead& ahead, std::size_t at) {
  if (ahead.starts(at, "\xE2\x80\xA6")) return 3;
  if (!ahead.starts(at, "...")) return 0;
  std::size_t size = 3;
  while (size < right_context && ahead.at(at + size) == '.') ++size;
  return size;
}

bool is_fence(const Ahead& ahead, std::size_t at) { return ahead.starts(at, "```"); }

std::size_t name_size(const Ahead& ahead, std::size_t at) {
  std::size_t i = at;
  while (i < at + right_context && in_name(ahead.at(i))) ++i;
  return i - at;
}

/// Whether a `{` with this behind it opens a set: `{"a", "b"}`, `{1, 2}`.
bool opens_set(const Ahead& ahead, std::size_t at) {
  std::size_t i = at + gap_at(ahead, at, {}, at + right_context).size;
  if (const std::size_t behind = behind_string(ahead, i)) {
    i = behind;
  } else {
    const std::size_t start = i;
    while (i < start + right_context && in_scalar(ahead.at(i))) ++i;
    if (i == start) return false;
  }
  i += gap_at(ahead, i, {}, i + right_context).size;
  if (ahead.at(i) == '}') return true;
  if (ahead.at(i) != ',') return false;
  i += 1 + gap_at(ahead, i + 1, {}, i + right_context).size;
  return ahead.at(i) != Ahead::end && !key_follows(ahead, i);
}

}  // namespace

Grammar::Step Grammar::before_value(const Ahead& ahead, const Gap& gap) {
  if (gap.size > 0) {
    pass_gap(ahead, gap.size);
    return Step::done;
  }
  const int c = ahead.at(0);
  if (is_opener(c)) return open_value(ahead, c);
  if (quote_at(ahead, 0) && !is_fence(ahead, 0)) return string(ahead, role());
  switch (c) {
    case '(': return paren(ahead);
    case Ahead::end:
    case '}':
    case ']':
    case ')':
    case ',':
    case ';': return missing_value(ahead, c);
    case ':':
    case '=': editor_.remove(Kind::separator, guess, 1); return Step::done;
    case '`': return inner_fence(ahead);
    case '\\':
      if (quote_at(ahead, 1)) return string(ahead, role());
      break;
    case '/': return regular_expression(ahead);
    default: break;
  }
  if (const auto dots = ellipsis_size(ahead, 0)) {
    if (ahead.wants()) return Step::more;
    editor_.remove(Kind::ellipsis, likely, dots);
    return Step::done;
  }
  return word(ahead, role());
}

/// A Markdown fence where a value should stand.
Grammar::Step Grammar::inner_fence(const Ahead& ahead) {
  std::size_t size = 3;
  while (size < right_context && ahead.at(size) == '`') ++size;
  size += name_size(ahead, size);
  if (ahead.wants()) return Step::more;
  editor_.remove(Kind::fence, likely, size);
  return Step::done;
}

Grammar::Step Grammar::open_value(const Ahead& ahead, int c) {
  const bool set =
      c == '{' && (opens_set(ahead, 1) || (!decisions_.keeps_cut_key && opens_cut_key(ahead)));
  const bool first = decisions_.drops_empty_starts && c == '{' && place_.nesting.in_array() &&
                     place_.expected == Expected::value_or_end;
  const bool unfilled = first && ahead.at(1 + gap_at(ahead, 1, gap_rules).size) == ']';
  if (ahead.wants()) return Step::more;
  if (unfilled) {
    editor_.remove(Kind::wrong_brackets, guess, 1);
    return Step::done;
  }
  if (!open(c == '{' && !set)) return Step::done;
  if (set) {
    editor_.replace(Kind::wrong_brackets, likely, 1, "[");
    odd_.push_back({Odd::What::set, place_.nesting.depth()});
  } else {
    editor_.pass(1);
  }
  return Step::done;
}

/// Whether the input ends in or behind the first key: `{"foo`.
bool Grammar::opens_cut_key(const Ahead& ahead) {
  const std::size_t at = 1 + gap_at(ahead, 1, gap_rules).size;
  if (begins_string(ahead, at) && ahead.at(at + 1) == Ahead::end) return false;
  const auto behind = behind_key(ahead, at);
  return behind && ahead.at(*behind + gap_at(ahead, *behind, gap_rules).size) == Ahead::end;
}

bool Grammar::open(bool object) {
  if (place_.nesting.depth() + odd_.size() >= settings_.most_depth) {
    editor_.refuse(Refusal::Why::too_deep,
                   "more than " + std::to_string(settings_.most_depth) + " open brackets");
    return false;
  }
  place_.nesting.open(object);
  // Outside of a document it shows by its first byte alone: in `x(())` it does not.
  here_.any_container = true;
  place_.expected = object ? Expected::key_or_end : Expected::value_or_end;
  return true;
}

/// `c` stands where a value should.
Grammar::Step Grammar::missing_value(const Ahead& ahead, int c) {
  const bool in_object = place_.nesting.in_object() && !in_paren();
  const bool at_top = place_.nesting.depth() == 0;
  if (!in_object && !at_top && (c == ',' || c == ';')) {
    editor_.remove(Kind::extra_comma, certain, 1);
    return Step::done;
  }
  const bool after_comma = place_.expected == Expected::value;
  if (in_object || in_paren() || at_top || after_comma) {
    const Confidence sure = c == Ahead::end || is_closer(c) ? likely : guess;
    editor_.insert(Kind::missing_value, sure,
                   decisions_.missing_value == Missing::empty ? "\"\"" : "null");
    value_done();
    return Step::done;
  }
  if (c == Ahead::end) return cut_off();
  return closer(ahead, {}, c);
}

Grammar::Step Grammar::before_key(const Ahead& ahead, const Gap& gap) {
  const int next = ahead.at(gap.size);
  const bool ends = next == Ahead::end || is_closer(next) || next == ')' ||
                    (is_opener(next) && closes_outer(']'));
  if (ends && place_.expected == Expected::key) {
    // What followed the comma turned out to be nothing.
    editor_.insert(Kind::missing_key, guess, "\"\":null");
    value_done();
    return Step::done;
  }
  if (is_opener(next)) return opener_as_key(ahead, gap);
  if (next == Ahead::end) return cut_off();
  if (next == '}' || next == ']' || next == ')') return closer(ahead, gap, next);
  if (gap.size > 0) {
    pass_gap(ahead, gap.size);
    return Step::done;
  }
  if (is_fence(ahead, 0)) return inner_fence(ahead);
  if (drop_member(ahead)) return Step::done;
  if (ahead.wants()) return Step::more;
  if (quote_at(ahead, 0)) return string(ahead, Role::key);
  switch (next) {
    case ',':
    case ';': editor_.remove(Kind::extra_comma, certain, 1); return Step::done;
    case ':':
      editor_.insert(Kind::missing_key, guess, "\"\"");
      place_.expected = Expected::colon;
      return Step::done;
    case '\\':
      if (quote_at(ahead, 1)) return string(ahead, Role::key);
      break;
    default: break;
  }
  if (const auto dots = ellipsis_size(ahead, 0)) {
    if (ahead.wants()) return Step::more;
    editor_.remove(Kind::ellipsis, likely, dots);
    return Step::done;
  }
  return word(ahead, Role::key);
}

/// `{` or `[` where a key should stand: the object ended before it, or begins twice.
Grammar::Step Grammar::opener_as_key(const Ahead& ahead, const Gap& gap) {
  if (closes_outer(']')) {
    insert_closer(Kind::missing_closer, guess);
    return Step::done;
  }
  pass_gap(ahead, gap.size);
  if (mode_ == Mode::tokens) editor_.remove(Kind::wrong_brackets, guess, 1);
  return Step::done;
}

Grammar::Step Grammar::before_colon(const Ahead& ahead, const Gap& gap) {
  const int c = ahead.at(gap.size);
  if (c == ':' || c == '=') {
    const bool arrow = c == '=' && ahead.at(gap.size + 1) == '>';
    if (ahead.wants()) return Step::more;
    pass_gap(ahead, gap.size);
    if (c == ':') {
      editor_.pass(1);
    } else {
      editor_.replace(Kind::separator, likely, arrow ? 2 : 1, ":");
    }
    place_.expected = Expected::value;
    return Step::done;
  }
  const bool nothing = c == Ahead::end || c == ',' || c == ';' || is_closer(c) || c == ')';
  editor_.insert(Kind::missing_colon, nothing ? guess : likely, ":");
  place_.expected = Expected::value;
  if (nothing) return missing_value(ahead, c);
  return Step::done;
}

Grammar::Step Grammar::after_value(const Ahead& ahead, const Gap& gap) {
  const int c = ahead.at(gap.size);
  if (c == Ahead::end || is_fence(ahead, gap.size)) return cut_off();
  if (c == ',') return comma(ahead, gap);
  if (c == ';') return semicolon(ahead, gap);
  if (is_closer(c) || c == ')') return closer(ahead, gap, c);
  const std::size_t dots = ellipsis_size(ahead, gap.size);
  if (ahead.wants()) return Step::more;
  if (dots > 0 || c == '+') {
    pass_gap(ahead, gap.size);
    editor_.remove(dots > 0 ? Kind::ellipsis : Kind::concatenation, likely, dots > 0 ? dots : 1);
    return Step::done;
  }
  if (c == ':' || c == '=') {
    pass_gap(ahead, gap.size);
    editor_.remove(Kind::separator, guess, 1);
    return Step::done;
  }
  if (c == '\\' && ahead.at(gap.size + 1) == Ahead::end) {
    pass_gap(ahead, gap.size);
    editor_.remove(Kind::escaped_document, likely, 1);
    return Step::done;
  }
  if (place_.nesting.in_object() && is_opener(c)) return opener_as_key(ahead, gap);
  return missing_comma(ahead, gap);
}

Grammar::Step Grammar::missing_comma(const Ahead& ahead, const Gap& gap) {
  if (leaves_member(ahead, gap.size)) return Step::done;
  if (drop_next_member(ahead, gap, gap.size)) return Step::done;
  const std::size_t alone = place_.nesting.in_object() ? lone_value(ahead, gap.size) : 0;
  if (ahead.wants()) return Step::more;
  if (alone > 0) {
    pass_gap(ahead, gap.size);
    editor_.remove(Kind::missing_key, guess, alone);
    return Step::done;
  }
  editor_.insert(Kind::missing_comma, likely, ",");
  place_.expected = place_.nesting.in_object() ? Expected::key : Expected::value;
  return Step::done;
}

Grammar::Step Grammar::semicolon(const Ahead& ahead, const Gap& gap) {
  const std::size_t behind = gap.size + 1;
  const std::size_t at = behind + gap_at(ahead, behind, gap_rules).size;
  const int next = ahead.at(at);
  const bool alone = place_.nesting.in_object() && lone_value(ahead, at) > 0;
  if (drop_next_member(ahead, gap, at)) return Step::done;
  if (ahead.wants()) return Step::more;
  pass_gap(ahead, gap.size);
  const bool last = alone || next == Ahead::end || is_closer(next) || next == ')' || next == ',';
  editor_.replace(Kind::separator, likely, 1, last ? "" : ",");
  if (!last) place_.expected = place_.nesting.in_object() ? Expected::key : Expected::value;
  return Step::done;
}

/// A comma, and what it turns out to be by what stands behind it.
Grammar::Step Grammar::comma(const Ahead& ahead, const Gap& gap) {
  const std::size_t behind = gap.size + 1;
  const std::size_t next = behind + gap_at(ahead, behind, gap_rules).size;
  const int c = ahead.at(next);
  const bool dots = ellipsis_size(ahead, next) > 0;
  const bool alone = place_.nesting.in_object() && lone_value(ahead, next) > 0;
  const bool fence = is_fence(ahead, next);
  const bool key = place_.nesting.in_array() && key_in_array(ahead, next);
  if (ahead.wants()) return Step::more;
  if (is_opener(c) && place_.nesting.in_object() && closes_outer(']')) {
    insert_closer(Kind::missing_closer, guess);
    return Step::done;
  }
  if (key && place_.nesting.objects() > 0 && odd() == nullptr) {
    insert_closer(Kind::missing_closer, guess);
    return Step::done;
  }
  if (leaves_member(ahead, next)) return Step::done;
  if (drop_next_member(ahead, gap, next)) return Step::done;
  if (ahead.wants()) return Step::more;
  pass_gap(ahead, gap.size);
  const bool trailing = c == Ahead::end || is_closer(c) || c == ')' || fence;
  if (trailing || dots || alone || c == ',' || c == ';') {
    const Kind kind = trailing ? Kind::trailing_comma : dots ? Kind::ellipsis : Kind::extra_comma;
    editor_.remove(kind, certain, 1);
    return Step::done;
  }
  editor_.pass(1);
  place_.expected = place_.nesting.in_object() ? Expected::key : Expected::value;
  return Step::done;
}

bool Grammar::key_in_array(const Ahead& ahead, std::size_t at) const {
  return begins_string(ahead, at) && key_follows(ahead, at);
}

/// In `["k": 1, 2]` the object that nobody opened ends before what has no key. Says whether it did.
bool Grammar::leaves_member(const Ahead& ahead, std::size_t at) {
  const Odd* innermost = odd();
  if (innermost == nullptr || innermost->what != Odd::What::member) return false;
  const int c = ahead.at(at);
  if (c < 0 || is_closer(c) || c == ',' || key_follows(ahead, at)) return false;
  if (ahead.wants()) return false;
  insert_closer(Kind::wrong_brackets, likely);
  return true;
}

bool Grammar::closes_outer(int c) const {
  const Nesting& nesting = place_.nesting;
  const std::size_t arrays = nesting.depth() - nesting.objects();
  if (c == '}') return nesting.objects() > (nesting.in_object() ? 1 : 0);
  return arrays > (nesting.in_array() ? 1 : 0);
}

/// What closes the innermost bracket in the input.
int Grammar::closing() {
  const Odd* innermost = odd();
  if (innermost != nullptr) {
    switch (innermost->what) {
      case Odd::What::tuple:
      case Odd::What::paren: return ')';
      case Odd::What::set:
      case Odd::What::member: return '}';
    }
  }
  return place_.nesting.in_object() ? '}' : ']';
}

bool Grammar::any_paren() {
  forget_closed();
  for (const Odd& bracket : odd_) {
    if (bracket.what == Odd::What::tuple || bracket.what == Odd::What::paren) return true;
  }
  return false;
}

Grammar::Step Grammar::closer(const Ahead& ahead, const Gap& gap, int c) {
  if (c == closing()) {
    const bool early = c == '}' && object_goes_on(ahead, gap.size + 1);
    const std::size_t next = c == ']' ? array_goes_on(ahead, gap.size + 1) : 0;
    if (ahead.wants()) return Step::more;
    pass_gap(ahead, gap.size);
    if (mode_ != Mode::tokens) return Step::done;
    if (next > 0) {
      join_arrays(next - gap.size);
      return Step::done;
    }
    if (early) {
      editor_.remove(Kind::extra_closer, guess, 1);
    } else {
      close(Kind::wrong_brackets, likely);
    }
    return Step::done;
  }
  const Odd* innermost = odd();
  const bool member = innermost != nullptr && innermost->what == Odd::What::member;
  const bool outer = c == ')' ? any_paren() : closes_outer(c);
  if (member || outer) {
    insert_closer(member ? Kind::wrong_brackets : Kind::missing_closer, guess);
    return Step::done;
  }
  const std::size_t behind = gap.size + 1;
  const int next = ahead.at(behind + gap_at(ahead, behind, gap_rules).size);
  if (ahead.wants()) return Step::more;
  const bool fits =
      next == Ahead::end || is_closer(next) || (place_.nesting.depth() > 1 && next == ',');
  pass_gap(ahead, gap.size);
  if (fits) {
    close(Kind::wrong_closer, guess);
  } else {
    editor_.remove(Kind::extra_closer, likely, 1);
  }
  return Step::done;
}

/// Where another array begins that belongs to the member whose array ends before `at`, as in
/// `{"a": [1], [2]}`; 0 without one.
std::size_t Grammar::array_goes_on(const Ahead& ahead, std::size_t at) {
  // A last item that is an array says that arrays are items here: that one would be the next.
  if (!place_.nesting.object_around() || odd() != nullptr || behind_array_) return 0;
  const std::size_t comma = at + gap_at(ahead, at, gap_rules).size;
  if (ahead.at(comma) != ',') return 0;
  const std::size_t next = comma + 1 + gap_at(ahead, comma + 1, gap_rules).size;
  if (ahead.at(next) != '[') return 0;
  const int first = ahead.at(next + 1 + gap_at(ahead, next + 1, gap_rules).size);
  return first < 0 || is_closer(first) || first == ',' ? 0 : next;
}

/// The place is at a `]`, and `size` bytes on is the `[` of an array that it goes on with.
void Grammar::join_arrays(std::size_t size) {
  const bool unfilled = place_.expected == Expected::value_or_end;
  editor_.replace(Kind::wrong_brackets, guess, size + 1, unfilled ? "" : ",");
  place_.expected = unfilled ? Expected::value_or_end : Expected::value;
}

/// Whether members follow behind the `}` of a document that ends before `at`: `, "b": 2}`.
bool Grammar::object_goes_on(const Ahead& ahead, std::size_t at) const {
  if (settings_.live || place_.nesting.depth() > 1 || !place_.nesting.in_object()) return false;
  std::size_t i = at;
  while (ahead.at(i) == ' ' || ahead.at(i) == '\t') ++i;
  if (ahead.at(i) != ',') return false;
  const std::size_t key = i + 1 + gap_at(ahead, i + 1, gap_rules).size;
  if (!begins_string(ahead, key)) return false;
  if (decisions_.joins_any_string || key_follows(ahead, key)) return true;
  const std::size_t behind = behind_string(ahead, key);
  return behind > 0 && ahead.at(behind) == ' ' && begins_string(ahead, behind + 1);
}

/// The byte at the place closes the innermost bracket; the repair is needed where it is another one
/// than JSON has there.
void Grammar::close(Kind kind, Confidence confidence) {
  const bool object = place_.nesting.in_object();
  const std::string_view right = object ? "}" : "]";
  if (odd() != nullptr) odd_.pop_back();
  if (editor_.rest().starts_with(right)) {
    editor_.pass(1);
  } else {
    editor_.replace(kind, confidence, 1, right);
  }
  place_.nesting.close();
  value_done();
  behind_array_ = !object;
}

/// Closes the innermost bracket where nothing does.
void Grammar::insert_closer(Kind kind, Confidence confidence) {
  if (odd() != nullptr) odd_.pop_back();
  const bool object = place_.nesting.in_object();
  editor_.insert(kind, confidence, object ? "}" : "]");
  place_.nesting.close();
  value_done();
  behind_array_ = !object;
}

/// The input ends, or its JSON does: all brackets are closed in one repair, however many they are.
Grammar::Step Grammar::cut_off() {
  constexpr std::size_t most = std::size_t{64} * 1024;
  Nesting& nesting = place_.nesting;
  const auto closers = [&nesting] {
    std::string piece;
    while (nesting.depth() > 0 && piece.size() < most) {
      piece += nesting.in_object() ? '}' : ']';
      nesting.close();
    }
    return piece;
  };
  odd_.clear();
  editor_.insert(Kind::missing_end, certain, nesting.depth(), closers);
  value_done();
  return Step::done;
}

}  // namespace gird::json
