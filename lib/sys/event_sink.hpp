// Where event lines go.
#pragma once

#include <string_view>

#include "sys/fd.hpp"

namespace gird::sys {

/// The end of an event stream. Nothing here ever waits: a line that cannot be taken at once is
/// dropped, for the command must not stand still for its report.
class EventSink {
 public:
  /// `destination` is "stderr", "fd:N", "file:PATH" (appended to) or "unix:PATH" (stream or
  /// datagram). Fault::usage, value-events; Fault::system, events-unusable.
  static Result<EventSink> open(std::string_view destination);

  /// One line, in one write. After dropped lines the next that fits is preceded by nothing: readers
  /// see the gap in `seq`.
  void write(std::string_view line);

 private:
  explicit EventSink(int number) : number_(number) {}
  explicit EventSink(Fd owned) : owned_(std::move(owned)), number_(owned_.get()) {}
  Fd owned_;
  int number_;
};

}  // namespace gird::sys
