// Hashing and comparing values.
#include "json/same_value.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "json/decimal.hpp"
#include "json/string_value.hpp"

namespace gird::json {
namespace {

constexpr std::uint64_t prime = 0x9E3779B97F4A7C15;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * prime;
  return hash ^ hash >> 32U;
}

std::uint64_t seed_of(const Token& token) {
  return mixed(static_cast<std::uint64_t>(token.type()) + 1, token.is_true() ? 2 : 1);
}

/// The keys of an object in an order that does not depend on how it is written.
std::vector<std::pair<std::string, std::size_t>> sorted_members(ValueAt object) {
  std::vector<std::pair<std::string, std::size_t>> members;
  std::string room;
  const Token& token = object.tape[object.index];
  for (std::size_t key = object.index + 1; key < token.next; key = object.tape[key].next) {
    members.emplace_back(string_at(object.tape, key, room), key + 1);
  }
  std::ranges::stable_sort(members, {},
                           [](const auto& member) -> const std::string& { return member.first; });
  return members;
}

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

bool pair_items(ValueAt a, ValueAt b, Pairs& open) {
  std::size_t left = a.index + 1;
  std::size_t right = b.index + 1;
  const std::size_t left_end = a.tape[a.index].next;
  const std::size_t right_end = b.tape[b.index].next;
  while (left < left_end && right < right_end) {
    open.emplace_back(left, right);
    left = a.tape[left].next;
    right = b.tape[right].next;
  }
  return left == left_end && right == right_end;
}

bool pair_members(ValueAt a, ValueAt b, Pairs& open) {
  const auto left = sorted_members(a);
  const auto right = sorted_members(b);
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].first != right[i].first) return false;
    open.emplace_back(left[i].second, right[i].second);
  }
  return true;
}

bool same_string(ValueAt a, ValueAt b) {
  std::string left;
  std::string right;
  return string_at(a.tape, a.index, left) == string_at(b.tape, b.index, right);
}

bool same_scalar(ValueAt a, ValueAt b) {
  const Token& left = a.tape[a.index];
  switch (left.type()) {
    case TokenType::boolean: return left.is_true() == b.tape[b.index].is_true();
    case TokenType::number:
      return Decimal(a.tape.text_of(a.index)) == Decimal(b.tape.text_of(b.index));
    case TokenType::string:
    case TokenType::key: return same_string(a, b);
    default: return true;
  }
}

bool any_scalar(ValueAt, ValueAt) { return true; }

/// Whether these two may be the same, scalars by `same`; what must be the same inside them goes to
/// `open`.
template <class Same>
bool same_here(ValueAt a, ValueAt b, Same same, Pairs& open) {
  const Token& left = a.tape[a.index];
  if (left.type() != b.tape[b.index].type()) return false;
  switch (left.type()) {
    case TokenType::array: return pair_items(a, b, open);
    case TokenType::object: return pair_members(a, b, open);
    default: return same(a, b);
  }
}

template <class Same>
bool same_throughout(ValueAt a, ValueAt b, Same same) {
  Pairs open{{a.index, b.index}};
  while (!open.empty()) {
    const auto [left, right] = open.back();
    open.pop_back();
    if (!same_here({a.tape, left}, {b.tape, right}, same, open)) return false;
  }
  return true;
}

}  // namespace

std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = bytes.size() * prime;
  std::uint64_t word = 0;
  for (; bytes.size() >= sizeof word; bytes.remove_prefix(sizeof word)) {
    std::memcpy(&word, bytes.data(), sizeof word);
    hash = mixed(hash, word);
  }
  word = 0;
  if (!bytes.empty()) std::memcpy(&word, bytes.data(), bytes.size());
  return mixed(hash, word);
}

std::uint64_t ValueHashes::scalar(std::size_t index) {
  const Token& token = (*tape_)[index];
  switch (token.type()) {
    case TokenType::number: return mixed(seed_of(token), Decimal(tape_->text_of(index)).hash());
    case TokenType::string:
    case TokenType::key: return mixed(3, hash_of(string_at(*tape_, index, room_)));
    default: return seed_of(token);
  }
}

std::uint64_t ValueHashes::container(std::size_t index) const {
  const Token& token = (*tape_)[index];
  std::uint64_t hash = seed_of(token);
  for (std::size_t child = index + 1; child < token.next; child = (*tape_)[child].next) {
    if (token.is(TokenType::array)) {
      hash = mixed(hash, known_[child]);
    } else {
      hash += mixed(known_[child], known_[child + 1]);
    }
  }
  return hash;
}

std::uint64_t ValueHashes::of(std::size_t index) {
  const TokenType type = (*tape_)[index].type();
  if (type != TokenType::array && type != TokenType::object) return scalar(index);
  if (known_.empty()) {
    // Children stand behind their container: from the end on, they are known before it.
    known_.resize(tape_->size());
    for (std::size_t i = tape_->size(); i-- > 0;) {
      const TokenType at = (*tape_)[i].type();
      known_[i] = at == TokenType::array || at == TokenType::object ? container(i) : scalar(i);
    }
  }
  return known_[index];
}

bool same_value(ValueAt a, ValueAt b) { return same_throughout(a, b, same_scalar); }

bool same_shape(ValueAt a, ValueAt b) { return same_throughout(a, b, any_scalar); }

}  // namespace gird::json
