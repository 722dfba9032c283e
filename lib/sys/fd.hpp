// A descriptor with an owner.
#pragma once

#include <unistd.h>

#include <string_view>
#include <utility>

#include "base/result.hpp"

namespace gird::sys {

/// Closes its descriptor when it goes.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int number) : number_(number) {}
  Fd(Fd&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) reset(std::exchange(other.number_, -1));
    return *this;
  }
  ~Fd() { reset(); }

  [[nodiscard]] int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  /// Hands the descriptor over, still open.
  [[nodiscard]] int release() { return std::exchange(number_, -1); }
  void reset(int number = -1) {
    if (number_ >= 0) ::close(number_);
    number_ = number;
  }

 private:
  int number_ = -1;
};

/// Both ends of a new pipe, closed on exec. Fault::system, pipe-failed.
struct Pipe {
  Fd read;
  Fd write;
};
Result<Pipe> make_pipe();

/// Writes all of `bytes`, waiting where `number` is not ready; 0, or the errno that ended it.
int write_all(int number, std::string_view bytes);

/// Makes reads or writes of `number` return EAGAIN instead of waiting. Only for descriptions that
/// nobody else holds.
void never_block(int number);

}  // namespace gird::sys
