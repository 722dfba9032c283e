// Whether bytes are those that were written.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>

namespace gird::store {

/// Every step can be undone when its word is known, so a change within one word of eight bytes is
/// always noticed, and any other but once in 2^64. Against accidents, not against forgers. Eight
/// bytes at a time, because a cell has hundreds and a decision takes less than a microsecond.
/// Source: the finishing step of MurmurHash3 (A. Appleby), chained.
inline std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t seed) {
  std::uint64_t sum = seed ^ 0x9e3779b97f4a7c15U * (bytes.size() + 1);
  std::uint64_t word = 0;
  const auto mix = [&] {
    sum = (sum ^ word) * 0xff51afd7ed558ccdU;
    sum ^= sum >> 32U;
  };
  for (; bytes.size() >= 8; bytes = bytes.subspan(8)) {
    std::memcpy(&word, bytes.data(), 8);
    mix();
  }
  word = 0;
  std::memcpy(&word, bytes.data(), bytes.size());
  mix();
  return sum;
}

}  // namespace gird::store
