// The standard streams of a command that is run several times.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/choice.hpp"
#include "shared/watch.hpp"
#include "sys/job.hpp"
#include "sys/replay.hpp"
#include "sys/tap.hpp"
#include "sys/world.hpp"

namespace gird {

enum class InputMode { inherit, replay, null };
std::span<const Choice<InputMode>> choices(InputMode);

enum class OutputMode { stream, hold };
std::span<const Choice<OutputMode>> choices(OutputMode);

/// How the streams of each attempt are laid.
struct StreamPlan {
  InputMode input = InputMode::inherit;
  bool hold = false;  ///< keep standard output until the attempt is judged
  std::string failed_output =
      "stderr";  ///< held output of failed attempts: stderr, drop, or a file
  bool pushback_descriptor = false;
};

/// Lays, watches and settles the streams of one attempt after the other.
class Streams {
 public:
  Streams(StreamPlan plan, Watch& watch);

  /// Lays the streams of the next attempt into `job`; variables the child is to have are added to
  /// `variables`. Fault::system: spool-failed, pipe-failed, file-unreadable.
  Result<void> lay(sys::Job& job, std::vector<std::pair<std::string, std::string>>& variables);

  /// The attempt is over: shows held output to the watch. Fault::system, spool-failed.
  Result<void> inspect();
  /// It was the final attempt, and gird is to end with `exit`: its held output leaves, all of it or
  /// nothing. What gird ends with after that: where the reader is gone, by SIGPIPE; where a signal
  /// or the time limit of a guard around comes while a reader is waited for, by that.
  /// Fault::system: held-cut-short, write-failed.
  Result<Exit> leave(Exit exit, World& world);
  /// It was not: its held output goes where that of failed attempts goes.
  /// Fault::system: file-unwritable, write-failed.
  Result<void> set_aside(World& world);

 private:
  class Room;
  /// 0, or the errno of the write that failed.
  int release(Room& room);

  StreamPlan plan_;
  Watch& watch_;
  std::unique_ptr<sys::Replay> replay_;
  std::unique_ptr<sys::Tap> stderr_;
  std::unique_ptr<sys::Tap> pushback_;
  sys::Fd null_;
  sys::Fd held_;
  std::vector<sys::Pump*> pumps_;
};

}  // namespace gird
