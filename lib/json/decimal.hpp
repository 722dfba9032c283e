// Numbers as the decimal text that they are: no rounding, any size.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gird::json {

/// A JSON number: ± 0.DIGITS × 10^magnitude, its first and last digit not 0. Views the text.
class Decimal {
 public:
  /// `text` must be a JSON number. Exponents beyond ±10^18 are held at that.
  explicit Decimal(std::string_view text);

  [[nodiscard]] bool zero() const { return count_ == 0; }
  [[nodiscard]] bool negative() const { return negative_; }
  /// Whether it has no fraction: 1.0 and 1e400 have none.
  [[nodiscard]] bool integer() const { return count_ <= magnitude_; }
  /// The value, if it is a whole number of at most 18 digits.
  [[nodiscard]] std::optional<std::int64_t> small() const;
  [[nodiscard]] std::uint64_t hash() const;

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

  /// Significant digits.
  [[nodiscard]] std::int64_t count() const { return count_; }
  /// Exact. `divisor` must be above 0 and have at most `most_divisor` significant digits.
  [[nodiscard]] bool multiple_of(const Decimal& divisor) const;
  static constexpr std::int64_t most_divisor = 36;

 private:
  std::string_view digits_;  ///< from the first digit that is not 0 to the last; may hold a point
  std::int64_t count_ = 0;   ///< digits without the point
  std::int64_t magnitude_ = 0;
  bool negative_ = false;
};

}  // namespace gird::json
