// A hash of keys that nobody can make to collide.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gird::json {

/// SipHash-2-4 with 128 bits, of bytes that come in pieces. Equal hashes are taken for equal keys:
/// among n keys two different ones share a hash with a probability below n * n / 2^128, which for
/// a million million is 10^-15. That holds for keys made with bad intent as well as long as they
/// were made without knowledge of the secret.
/// Source: J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF", 2012.
class KeyHash {
 public:
  using Secret = std::array<std::uint64_t, 2>;
  struct Value {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const Value&) const = default;
  };

  explicit KeyHash(const Secret& secret);

  void add(std::string_view bytes);
  /// The hash of all bytes. To be called once.
  Value end();

 private:
  void round();
  void block(std::uint64_t word);

  std::array<std::uint64_t, 4> state_;
  std::uint64_t word_ = 0;  ///< the bytes that do not fill a block yet
  std::size_t size_ = 0;    ///< of all
};

}  // namespace gird::json
