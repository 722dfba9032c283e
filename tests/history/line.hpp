// What a process writes down of every step that it makes a machine take.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "policy/machine.hpp"

namespace gird::history {

namespace detail {

template <class N>
std::uint64_t bits_of(N number) {
  if constexpr (std::is_floating_point_v<N>) {
    return std::bit_cast<std::uint64_t>(static_cast<double>(number));
  } else {
    return static_cast<std::uint64_t>(number);
  }
}

/// The finalizer of splitmix64, which lets every bit reach every other.
inline std::uint64_t mixed(std::uint64_t bits) {
  bits = (bits ^ bits >> 30) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ bits >> 27) * 0x94d049bb133111eb;
  return bits ^ bits >> 31;
}

}  // namespace detail

/// One number for all that a struct of a machine names: two structs with the same digest are taken
/// for the same. Padding does not count. Never 0, which stands for "not known".
template <class T>
std::uint64_t digest_of(const T& object) {
  std::uint64_t sum = 1;
  const auto add = [&](auto number) {
    sum = detail::mixed(sum + 0x9e3779b97f4a7c15 + detail::bits_of(number));
  };
  T::each(object, [&](std::string_view, const auto& field) {
    if constexpr (requires { field.size(); }) {
      for (const auto& each : field) add(each);
    } else {
      add(field);
    }
  });
  return sum == 0 ? 1 : sum;
}

/// When a call returned that never did.
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// One step. Those with the same `call`, one after the other, took effect together or not at all: a
/// step that was asked for, behind those that told the machine who had vanished.
template <class M>
struct Line {
  std::int64_t call = 0;          ///< counted by each process from 1
  std::int64_t invoked = 0;       ///< before the store was asked; nanoseconds of CLOCK_MONOTONIC
  std::int64_t returned = never;  ///< after it had answered
  bool certain =
      false;          ///< took effect; else it may have: the process died, or was told of an error
  bool look = false;  ///< no step, but what was seen after step number `sequence`
  std::int64_t sequence = 0;  ///< which step of the cell this was, from 1; 0: not known
  policy::Micros now = 0;     ///< on the clock of the cell
  typename M::Ask ask = {};
  std::uint64_t answer = 0;  ///< the digest of what the machine answered
  std::uint64_t state = 0;   ///< the digest of what it left; 0: not known
};

}  // namespace gird::history
