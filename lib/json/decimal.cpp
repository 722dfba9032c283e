// Exact decimal numbers.
#include "json/decimal.hpp"

#include <algorithm>

namespace gird::json {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::int64_t most_exponent = 1'000'000'000'000'000'000;

std::int64_t exponent_of(std::string_view text) {
  if (text.empty()) return 0;
  const bool negative = text[0] == '-';
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  std::int64_t value = 0;
  for (const char c : text) value = std::min(value * 10 + (c - '0'), most_exponent / 10);
  return negative ? -value : value;
}

std::string_view trimmed(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of("0.");
  if (first == digits.npos) return {};
  return digits.substr(first, digits.find_last_not_of("0.") - first + 1);
}

/// Without the point: the digits one after the other.
class Digits {
 public:
  explicit Digits(std::string_view text) : text_(text) {}
  /// 0 behind the last.
  unsigned next() {
    if (!text_.empty() && text_[0] == '.') text_.remove_prefix(1);
    if (text_.empty()) return 0;
    const auto digit = static_cast<unsigned>(text_[0] - '0');
    text_.remove_prefix(1);
    return digit;
  }

 private:
  std::string_view text_;
};

Wide times_mod(Wide a, Wide b, Wide mod) {
  Wide sum = 0;
  for (; b != 0; b >>= 1U) {
    if (b & 1U) sum = (sum + a) % mod;
    a = (a + a) % mod;
  }
  return sum;
}

Wide power_of_ten_mod(std::int64_t exponent, Wide mod) {
  Wide result = 1 % mod;
  Wide base = 10 % mod;
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = times_mod(result, base, mod);
    base = times_mod(base, base, mod);
  }
  return result;
}

}  // namespace

Decimal::Decimal(std::string_view text) {
  negative_ = text.starts_with('-');
  if (negative_) text.remove_prefix(1);
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  const std::int64_t exponent = e == text.size() ? 0 : exponent_of(text.substr(e + 1));
  const std::string_view all = text.substr(0, e);
  digits_ = trimmed(all);
  if (digits_.empty()) {
    negative_ = false;
    return;
  }
  const auto point = static_cast<std::int64_t>(std::min(all.find('.'), all.size()));
  const auto first = static_cast<std::int64_t>(digits_.data() - all.data());
  count_ = static_cast<std::int64_t>(digits_.size()) - (digits_.contains('.') ? 1 : 0);
  // Digits before the point count up, zeros between the point and the first digit count down.
  magnitude_ = exponent + (first < point ? point - first : point + 1 - first);
}

std::optional<std::int64_t> Decimal::small() const {
  if (!integer() || magnitude_ > 18) return std::nullopt;
  Digits digits(digits_);
  std::int64_t value = 0;
  for (std::int64_t i = 0; i < magnitude_; ++i) value = value * 10 + digits.next();
  return negative_ ? -value : value;
}

std::uint64_t Decimal::hash() const {
  constexpr std::uint64_t prime = 0x9E3779B97F4A7C15;
  std::uint64_t hash = static_cast<std::uint64_t>(magnitude_) * 2 + (negative_ ? 1 : 0);
  Digits digits(digits_);
  for (std::int64_t i = 0; i < count_; ++i) {
    hash = (hash ^ (digits.next() + 1)) * prime;
    hash ^= hash >> 29U;
  }
  return hash;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const int sign_a = a.zero() ? 0 : a.negative_ ? -1 : 1;
  const int sign_b = b.zero() ? 0 : b.negative_ ? -1 : 1;
  if (sign_a != sign_b || sign_a == 0) return sign_a <=> sign_b;
  std::strong_ordering order = a.magnitude_ <=> b.magnitude_;
  Digits digits_a(a.digits_);
  Digits digits_b(b.digits_);
  for (std::int64_t i = 0; order == 0 && i < std::max(a.count_, b.count_); ++i) {
    order = digits_a.next() <=> digits_b.next();
  }
  return sign_a > 0 ? order : 0 <=> order;
}

bool Decimal::multiple_of(const Decimal& divisor) const {
  if (zero()) return true;
  const std::int64_t scale = (magnitude_ - count_) - (divisor.magnitude_ - divisor.count_);
  // The last digit is not 0: what is finer than the divisor by a power of ten is no multiple.
  if (scale < 0) return false;
  Digits divisor_digits(divisor.digits_);
  Wide mod = 0;
  for (std::int64_t i = 0; i < divisor.count_; ++i) mod = mod * 10 + divisor_digits.next();
  if (mod == 0) return false;  // nothing but zero is a multiple of zero
  Digits digits(digits_);
  Wide rest = 0;
  for (std::int64_t i = 0; i < count_; ++i) rest = (rest * 10 + digits.next()) % mod;
  return times_mod(rest, power_of_ten_mod(scale, mod), mod) == 0;
}

}  // namespace gird::json
