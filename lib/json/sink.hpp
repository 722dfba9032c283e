// Who takes what a repairer gives.
#pragma once

#include <cstdint>
#include <string_view>

#include "json/repair.hpp"

namespace gird::json {

/// Takes the output of a repairer, in order. Views are valid until the call returns.
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;

  /// The next bytes of output. Together they are one valid document, or several with a line feed
  /// between them.
  virtual void text(std::string_view bytes) = 0;
  /// Told in the order of offsets, before the bytes that follow the edit are given.
  virtual void repaired(const Repair& repair) = 0;
  /// A document begins here: what is told from now on is about it, until it is complete.
  virtual void begins() {}
  /// A value that stands at the top (depth 0) or directly in a top-level array (depth 1) is
  /// complete: all its bytes were given. What follows is a comma, blanks or an end.
  virtual void completed(std::size_t /*depth*/) {}
  /// A second document begins. Told once, before its repairs and bytes. With `Sequence::array` the
  /// taker puts `[` and a line feed before all it was given so far; the repairer gives the commas
  /// between the documents, and a line feed and `]` at the end.
  virtual void several() {}
};

}  // namespace gird::json
