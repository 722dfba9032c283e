// When two values are the same, however they are written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/tape.hpp"

namespace gird::json {

std::uint64_t hash_of(std::string_view bytes);

/// Hashes of the values of one tape: 1 and 1.0 have the same, and objects whose members stand in
/// another order. Those of containers are made once for the whole tape, in linear time.
class ValueHashes {
 public:
  explicit ValueHashes(const Tape& tape) : tape_(&tape) {}
  /// Forgets what it knew; the tape holds another document.
  void clear() { known_.clear(); }
  std::uint64_t of(std::size_t index);

 private:
  [[nodiscard]] std::uint64_t scalar(std::size_t index);
  [[nodiscard]] std::uint64_t container(std::size_t index) const;

  const Tape* tape_;
  std::vector<std::uint64_t> known_;
  std::string room_;
};

struct ValueAt {
  const Tape& tape;
  std::size_t index;
};

/// Equality of JSON values: numbers by their value, strings by what they say, objects without an
/// order. No recursion. Source: JSON Schema 2020-12 core, section 4.2.2.
bool same_value(ValueAt a, ValueAt b);
/// Whether they differ at most in what their strings say, how large their numbers are and which of
/// true and false their booleans are: objects have the same keys, arrays as many items.
bool same_shape(ValueAt a, ValueAt b);

}  // namespace gird::json
