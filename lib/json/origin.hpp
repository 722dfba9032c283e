// From places in the output of a repairer back to its input.
#pragma once

#include <cstdint>
#include <deque>

#include "json/repair.hpp"

namespace gird::json {

/// Is told the repairs in their order and answers for any place behind the last one forgotten.
class Origin {
 public:
  void add(const Repair& repair);
  /// The offset in the input of what stands at `output` in the output; for what a repair put there,
  /// the place of the repair.
  [[nodiscard]] std::uint64_t of(std::uint64_t output) const;
  /// Nothing in front of `output` will be asked for any more.
  void forget_before(std::uint64_t output);

 private:
  struct Edit {
    std::uint64_t output, inserted, input, removed;
  };
  std::deque<Edit> edits_;
};

}  // namespace gird::json
