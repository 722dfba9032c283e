// How far a large file is read, on a terminal.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sys/world.hpp"

namespace gird {

/// One line on standard error that is drawn over, from the first second on and ten times a second
/// at most, and erased at the end. Draws nothing where there is no terminal, or in CI.
class Progress {
 public:
  Progress(World& world, bool wanted);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { erase(); }

  /// `passed` of `size` bytes were read; a size of 0 is unknown.
  void show(std::string_view file, std::uint64_t passed, std::uint64_t size);
  void erase();

 private:
  World& world_;
  bool wanted_;
  std::optional<Instant> next_;  ///< when it may be drawn
  bool drawn_ = false;
};

}  // namespace gird
