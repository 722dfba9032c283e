// Names to numbers, for looking up keys fast.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gird::json {

/// A hash table that is built once and then asked.
class KeyTable {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  KeyTable() = default;
  struct Entry {
    std::string key;
    std::uint32_t value = none;
  };
  /// The last of several entries with the same key counts.
  explicit KeyTable(std::vector<Entry> entries);

  /// The value of `key`, or `none`.
  [[nodiscard]] std::uint32_t find(std::string_view key) const;
  /// The same, where keys are looked up in about the order of the entries: the entry at `guess` is
  /// looked at first, and `guess` becomes the place behind the one that was found.
  [[nodiscard]] std::uint32_t find(std::string_view key, std::uint32_t& guess) const;
  /// In the order they were given.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

 private:
  [[nodiscard]] std::size_t slot_of(std::string_view key) const;

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  ///< a power of two of them, at most half full
};

}  // namespace gird::json
