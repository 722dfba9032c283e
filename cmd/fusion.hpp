// Guards whose command is another guard, in one process.
#pragma once

#include "sys/within.hpp"

namespace gird {

/// The world of a wrapper. A command that is gird itself, by inode and not by name, and is another
/// wrapper there, is not executed: it is run in this process, in a world that shows it what it
/// would find as a process of its own. Nobody can tell but by counting processes. Executed all the
/// same is what has its streams redirected or watched, what `Job::fuse` keeps apart, and what
/// stands deeper than `deepest`.
class Fusing final : public sys::Within {
 public:
  static constexpr int deepest = 16;  ///< a guard takes some kilobytes of stack

  /// `depth` is the number of guards of this process around this one.
  Fusing(World& around, int depth) : Within(around), depth_(depth) {}

  Result<sys::Ended> run(const sys::Job& job) override;

 private:
  Result<sys::Ended> run_inside(const sys::Job& job, std::span<const char* const> words);

  int depth_;
};

}  // namespace gird
