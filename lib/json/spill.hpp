// Where bytes wait that do not fit into memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gird::json {

/// A place outside of memory, an unlinked file for instance. What fails there is handed on by
/// whoever uses it.
class Spill {
 public:
  Spill() = default;
  Spill(const Spill&) = delete;
  Spill& operator=(const Spill&) = delete;
  virtual ~Spill() = default;

  /// Puts bytes behind all that were put here before.
  virtual Result<void> append(std::string_view bytes) = 0;
  /// Fills `into` with what stands from `at` on, which was appended before.
  virtual Result<void> read(std::uint64_t at, std::span<char> into) = 0;
  /// Forgets everything: the next byte is at 0 again.
  virtual Result<void> clear() = 0;
};

/// The first bytes stay in memory, up to a budget; the others go to a spill. A spill that failed is
/// not asked again: from then on nothing is kept, and nothing read.
class Hoard {
 public:
  Hoard(Spill& spill, std::size_t budget) : spill_(&spill), budget_(budget) {}

  /// Where the next byte will stand.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Puts bytes behind the others; where they stand.
  std::uint64_t append(std::string_view bytes);
  /// Some of what stands from `at` on, at most `most` bytes, at least one; it may be in `buffer`,
  /// and is valid until the next call of any function here. Nothing where the spill failed.
  std::string_view read(std::uint64_t at, std::size_t most, std::string& buffer);
  /// Fills all of `into`; false where the spill failed.
  bool read_all(std::uint64_t at, std::span<char> into);
  void clear();
  /// What the spill said, if it failed.
  [[nodiscard]] const Result<void>& state() const { return state_; }

 private:
  Spill* spill_;
  std::size_t budget_;
  std::string memory_;
  std::uint64_t size_ = 0;
  Result<void> state_;
};

}  // namespace gird::json
