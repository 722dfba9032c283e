// Output that waits until it is known whether it may leave.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sys/fd.hpp"

namespace gird::sys {

/// Bytes, and ranges of a file that can be read again, in the order in which they are to leave.
/// What is more than `most_memory` goes into a spool; ranges cost a few bytes each, however long
/// they are.
class Draft {
 public:
  static constexpr std::size_t most_memory = 2 << 20;

  /// `source`: the descriptor of the file that ranges are of, or -1; it must stay open.
  explicit Draft(int source = -1) : source_(source) {}

  /// The `count` bytes at `from` of the source. Needs a source.
  void range(std::uint64_t from, std::uint64_t count);
  void bytes(std::string_view text);
  /// Bytes that leave before all others.
  void front(std::string_view text);

  /// How many bytes are to leave.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] char last_byte() const;
  /// What went wrong while it was kept, if anything did. Fault::system, spool-failed.
  [[nodiscard]] Result<void> kept() const;

  /// Told of the ranges and the bytes, in their order.
  class Visitor {
   public:
    Visitor() = default;
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;
    virtual ~Visitor() = default;
    virtual void range(std::uint64_t from, std::uint64_t count) = 0;
    virtual void bytes(std::string_view text) = 0;
  };
  /// 0, or the errno of what was kept and cannot be read.
  int visit(Visitor& visitor);

  /// Whether it is, byte for byte, what stands at `start` in `file`. False where that cannot be
  /// read.
  bool equals(int file, std::uint64_t start);

  /// Writes all of it to `target`: 0, or the errno of what failed. A source that has become shorter
  /// is ESTALE.
  int leave(int target);

 private:
  struct Head {
    std::uint64_t from;  ///< `literal` for bytes that follow
    std::uint64_t count;
  };
  static constexpr std::uint64_t literal = ~std::uint64_t{0};
  struct Range {
    std::uint64_t from = 0;
    std::uint64_t count = 0;
  };
  class Reader;

  void settle_range();
  void append(std::string_view raw);
  void spill();

  int source_;
  std::uint64_t size_ = 0;
  std::uint64_t items_ = 0;  ///< heads and bytes that were appended
  Range range_;              ///< grows while ranges adjoin
  std::string front_;
  std::string memory_;
  std::size_t open_head_ = std::string::npos;  ///< of bytes that can still grow, in `memory_`
  Fd spool_;
  int fault_ = 0;
  char last_ = 0;
};

}  // namespace gird::sys
