// Several descriptors that one wait can listen to.
#pragma once

#include "sys/fd.hpp"

namespace gird::sys {

/// Descriptors gathered behind one, which is readable while any of them has something to say.
class Wakes {
 public:
  /// Fault::system, wait-failed.
  static Result<Wakes> open();

  /// Ready when `number` is readable.
  Result<void> add_input(int number);
  /// Ready when something can be written to `number`, a pipe or a socket, or nobody can read it.
  Result<void> add_output(int number);
  /// Ready when nobody can read any more what is written to `number`. Files and terminals, where
  /// that is not known, never are.
  Result<void> add_reader(int number);
  [[nodiscard]] int get() const { return poll_.get(); }

 private:
  explicit Wakes(Fd poll) : poll_(std::move(poll)) {}
  int add(int number, unsigned events);
  Fd poll_;
};

/// Whether nobody can read any more what is written to `number`, a pipe or a socket.
bool reader_gone(int number);

}  // namespace gird::sys
