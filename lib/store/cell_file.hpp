// One cell's file, open, and the locks that this process has on it.
#pragma once

#include <sys/stat.h>

#include <bitset>

#include "store/block.hpp"
#include "store/turn.hpp"
#include "sys/fd.hpp"

namespace gird::store {

/// Byte 0 is locked during a step; byte 4096 + N, where the file has ended, by whoever sits at
/// place N of the table. All locks are on one description, so the kernel's answer to "is it
/// locked?" leaves our own out, and those are kept here.
class CellFile final : public Places {
 public:
  explicit CellFile(sys::Fd file) : file_(std::move(file)) {}

  [[nodiscard]] int descriptor() const { return file_.get(); }

  /// Begins a step: 0, EAGAIN when others kept it for all of `limit`, or another errno. A long wait
  /// is written into the header.
  int lock(Duration limit);
  /// Ends it, with all that was left meanwhile.
  void unlock();

  bool occupied(std::size_t place) override;
  bool occupy(std::size_t place) override;
  void leave(std::size_t place) override;
  /// Whether somebody, we included, sits at any place.
  [[nodiscard]] bool any_occupied() const;

  /// The checksum of what this process wrote last: what comes back unchanged needs no mending.
  std::uint64_t written = 0;

 private:
  sys::Fd file_;
  std::bitset<most_numbers / sizeof(Seat)> ours_;
  std::bitset<most_numbers / sizeof(Seat)> left_;
  bool stepping_ = false;
};

/// The time in which a cell can be stepped: it is locked, and unlocked in the end.
class Critical {
 public:
  explicit Critical(CellFile& file) : file_(file) {}
  Critical(const Critical&) = delete;
  Critical& operator=(const Critical&) = delete;
  ~Critical() { file_.unlock(); }

 private:
  CellFile& file_;
};

}  // namespace gird::store
