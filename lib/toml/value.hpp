// What a TOML document says, with the place of every key and value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gird::toml {

/// Counted from 1; a column is a character.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  bool operator==(const Place&) const = default;
};

struct Entry;
struct Value;
using List = std::vector<Value>;

/// By the order of the keys.
struct Table {
  std::vector<Entry> entries;
  /// Nothing where the key is not there.
  [[nodiscard]] const Entry* find(std::string_view key) const;
};

/// A date, a time or both: nothing of gird takes one, so it is not read further.
struct Date {};

struct Value {
  std::variant<Date, bool, std::int64_t, double, std::string, List, Table> is;
  Place place;

  /// Nothing where it is of another type.
  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&is);
  }
};

struct Entry {
  std::string key;
  Place place;
  Value value;
};

}  // namespace gird::toml
