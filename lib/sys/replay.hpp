// Giving each attempt the same standard input.
#pragma once

#include <memory>
#include <string>

#include "sys/fd.hpp"
#include "sys/pump.hpp"

namespace gird::sys {

/// Standard input, again for every attempt. A file is opened anew at the offset where we found it,
/// and copies nothing. Of a pipe or terminal, what an attempt reads is kept in an unlinked file on
/// the way; memory stays constant however much comes, and nothing is read ahead of the attempt
/// that wants it but one buffer.
class Replay final : public Pump {
 public:
  Replay();

  /// The descriptor for the next attempt's standard input; valid until `started`.
  /// Fault::system, spool-failed, pipe-failed.
  Result<int> next();
  /// The last attempt was this one: a file's own offset moves to where it stopped reading, as if
  /// it had been read directly.
  void settle();

  void started() override;
  void watch(std::vector<pollfd>& list) const override;
  Result<void> turn() override;
  Result<void> finish() override;

 private:
  Result<void> refill();
  [[nodiscard]] bool input_ready() const;

  bool closed_ = false;  ///< there is no standard input
  bool seekable_ = false;
  off_t start_ = 0;
  Fd child_end_;
  Fd spool_;
  bool complete_ = false;  ///< all of the input is in the spool
  off_t spooled_ = 0;
  off_t given_ = 0;  ///< of the spool, to this attempt
  Fd to_;
  std::string pending_;
};

}  // namespace gird::sys
