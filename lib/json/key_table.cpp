// Open addressing over the entries.
#include "json/key_table.hpp"

#include <bit>
#include <utility>

#include "json/same_value.hpp"

namespace gird::json {

KeyTable::KeyTable(std::vector<Entry> entries) : entries_(std::move(entries)) {
  slots_.assign(std::bit_ceil(entries_.size() * 2 + 1), none);
  for (std::uint32_t i = 0; i < entries_.size(); ++i) slots_[slot_of(entries_[i].key)] = i;
}

std::size_t KeyTable::slot_of(std::string_view key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_of(key) & mask;
  while (slots_[slot] != none && entries_[slots_[slot]].key != key) slot = (slot + 1) & mask;
  return slot;
}

std::uint32_t KeyTable::find(std::string_view key) const {
  if (entries_.empty()) return none;
  const std::uint32_t entry = slots_[slot_of(key)];
  return entry == none ? none : entries_[entry].value;
}

std::uint32_t KeyTable::find(std::string_view key, std::uint32_t& guess) const {
  if (entries_.empty()) return none;
  const bool guessed = guess < entries_.size() && entries_[guess].key == key;
  const std::uint32_t entry = guessed ? guess : slots_[slot_of(key)];
  if (entry == none) return none;
  guess = entry + 1;
  return entries_[entry].value;
}

}  // namespace gird::json
