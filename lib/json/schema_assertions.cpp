// The instructions that look at one value and ask no other schema.
#include <algorithm>
#include <charconv>

#include "json/schema_machine.hpp"
#include "json/string_value.hpp"

namespace gird::json {
namespace {

/// The value of a token that is a whole number of few digits.
std::optional<std::int64_t> small_value(const Tape& tape, std::uint32_t token) {
  constexpr std::uint32_t most_digits = 18;
  if (!tape[token].whole() || tape[token].length > most_digits) return std::nullopt;
  const std::string_view text = tape.text_of(token);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool in_order(Op op, std::strong_ordering to_limit) {
  switch (op) {
    case Op::minimum: return to_limit >= 0;
    case Op::maximum: return to_limit <= 0;
    case Op::exclusive_minimum: return to_limit > 0;
    default: return to_limit < 0;
  }
}

}  // namespace

bool SchemaMachine::holds(const Instruction& in, Finding at, bool quiet) {
  bool ok = false;
  switch (in.op) {
    case Op::never: break;
    case Op::type: ok = has_type(static_cast<TypeSet>(in.argument), at.token); break;
    case Op::enumeration:
    case Op::constant: ok = is_one_of(program_->values[in.argument], at.token); break;
    case Op::minimum:
    case Op::maximum:
    case Op::exclusive_minimum:
    case Op::exclusive_maximum:
    case Op::multiple_of: ok = number_holds(in, at.token); break;
    case Op::min_length:
    case Op::max_length: ok = length_holds(in, at.token); break;
    case Op::pattern:
      ok = program_->patterns[in.argument].found_in(string_at(tape_, at.token, room_));
      break;
    case Op::min_items:
    case Op::min_properties: ok = tape_.count_of(at.token) >= in.argument; break;
    case Op::max_items:
    case Op::max_properties: ok = tape_.count_of(at.token) <= in.argument; break;
    case Op::unique_items: return unique_items(at, quiet);
    case Op::required: return required(program_->names[in.argument], at, quiet);
    case Op::dependent_required:
      return dependent_required(program_->dependencies[in.argument], at, quiet);
    case Op::defaults:
      if (!quiet && telling_.defaults) defaults(program_->names[in.argument], at);
      return true;
    default: return true;
  }
  if (!ok) note(at, quiet);
  return ok;
}

bool SchemaMachine::has_type(TypeSet set, std::uint32_t token) const {
  const Token& value = tape_[token];
  if ((set & type_bit(value.type())) != 0) return true;
  if (!value.is(TokenType::number) || (set & types::integer) == 0) return false;
  return value.whole() || Decimal(tape_.text_of(token)).integer();
}

bool SchemaMachine::is_one_of(const ValuesTable& table, std::uint32_t token) {
  const TokenType type = tape_[token].type();
  if (type == TokenType::string || type == TokenType::key) {
    return table.strings.find(string_at(tape_, token, room_)) != KeyTable::none;
  }
  if (table.values.empty()) return false;
  const auto same =
      std::ranges::equal_range(table.values, hashes_.of(token), {}, &ValuesTable::Value::hash);
  const Tape& schema = program_->documents->document(table.document).tape;
  return std::ranges::any_of(same, [&](const ValuesTable::Value& value) {
    return same_value({tape_, token}, {schema, value.token});
  });
}

bool SchemaMachine::number_holds(const Instruction& in, std::uint32_t token) const {
  const NumberLimit& limit = program_->numbers[in.argument];
  const auto small = small_value(tape_, token);
  if (small && limit.small) {
    if (in.op == Op::multiple_of) return *small % *limit.small == 0;
    return in_order(in.op, *small <=> *limit.small);
  }
  const Decimal value(tape_.text_of(token));
  if (in.op == Op::multiple_of) return value.multiple_of(limit.exact);
  return in_order(in.op, value <=> limit.exact);
}

bool SchemaMachine::length_holds(const Instruction& in, std::uint32_t token) {
  const bool least = in.op == Op::min_length;
  const std::size_t bytes = tape_[token].length - 2;
  // A code point has one to four bytes, and an escape more of them: often that settles it.
  if (!least && bytes <= in.argument) return true;
  if (least && bytes < in.argument) return false;
  if (least && !tape_[token].escaped() && bytes / 4 >= in.argument) return true;
  const std::size_t length = code_points(string_at(tape_, token, room_));
  return least ? length >= in.argument : length <= in.argument;
}

bool SchemaMachine::unique_items(Finding at, bool quiet) {
  if (tape_[at.token].count() < 2) return true;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> items;
  for (std::uint32_t i = at.token + 1; i < tape_[at.token].next; i = tape_[i].next) {
    items.emplace_back(hashes_.of(i), i);
  }
  std::ranges::sort(items);
  for (std::size_t i = 1; i < items.size(); ++i) {
    for (std::size_t j = i; j > 0 && items[j - 1].first == items[i].first; --j) {
      if (!same_value({tape_, items[j - 1].second}, {tape_, items[i].second})) continue;
      at.detail = items[i].second;
      note(at, quiet);
      return false;
    }
  }
  return true;
}

/// How many of `names` are no members of `object`; `seen_` tells which are.
std::size_t SchemaMachine::count_missing(const KeyTable& names, std::uint32_t object) {
  std::size_t missing = names.entries().size();
  seen_.assign(missing, 0);
  const std::uint32_t end = tape_[object].next;
  std::uint32_t guess = 0;
  for (std::uint32_t key = object + 1; key < end && missing > 0; key = tape_[key].next) {
    const std::uint32_t place = names.find(string_at(tape_, key, room_), guess);
    if (place == KeyTable::none || seen_[place] != 0) continue;
    seen_[place] = 1;
    --missing;
  }
  return missing;
}

/// One finding for each that is missing.
void SchemaMachine::note_missing(Finding at) {
  for (at.detail = 0; at.detail < seen_.size(); ++at.detail) {
    if (seen_[at.detail] == 0) note(at, false);
  }
}

bool SchemaMachine::required(const KeyTable& names, Finding at, bool quiet) {
  if (count_missing(names, at.token) == 0) return true;
  if (!quiet) note_missing(at);
  return false;
}

void SchemaMachine::defaults(const KeyTable& names, Finding at) {
  if (count_missing(names, at.token) > 0) note_missing(at);
}

bool SchemaMachine::dependent_required(const std::vector<Dependency>& table, Finding at,
                                       bool quiet) {
  bool ok = true;
  for (at.detail = 0; at.detail < table.size(); ++at.detail) {
    const Dependency& row = table[at.detail];
    if (!has_member(at.token, row.key)) continue;
    const bool here = std::ranges::all_of(
        row.keys, [&](const std::string& key) { return has_member(at.token, key); });
    if (here) continue;
    note(at, quiet);
    ok = false;
  }
  return ok;
}

}  // namespace gird::json
