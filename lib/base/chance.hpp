// Random numbers that a seed repeats.
#pragma once

#include <cstdint>

namespace gird {

/// A stream of numbers, uniform in [0, 1), the same for the same seed on every machine.
/// Source: G. Steele et al., "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
class Chance {
 public:
  explicit constexpr Chance(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t bits() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ mixed >> 30U) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ mixed >> 27U) * 0x94d049bb133111ebU;
    return mixed ^ mixed >> 31U;
  }

  constexpr double next() { return static_cast<double>(bits() >> 11U) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

}  // namespace gird
