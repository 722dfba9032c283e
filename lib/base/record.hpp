// Events: one JSON line for each thing that happened, the same shape in every command.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "base/time.hpp"

namespace gird {

/// An event as a command reports it; `Journal` adds the head that all events share.
/// `event` is one of the names in gird-events(5).
struct Record {
  std::string_view event;
  JsonObject fields = {};
};

/// Numbers the records of one run and writes them as lines of gird-events(5).
class Journal {
 public:
  Journal(std::string_view tool, std::string run) : tool_(tool), run_(std::move(run)) {}

  /// The line for `record`, with its newline, at most 4096 bytes: strings that are too long are
  /// cut and `"truncated":true` is set.
  std::string line(Time now, const Record& record);

  [[nodiscard]] const std::string& run() const { return run_; }

 private:
  std::string tool_;
  std::string run_;
  std::int64_t seq_ = 0;
};

/// Longest event line, so that one write(2) into a pipe is atomic (PIPE_BUF).
inline constexpr std::size_t longest_event = 4096;

/// `json`, an object on one line, with its strings cut so that it is at most `limit` bytes long,
/// and `"truncated":true` as its last key if any was.
std::string cut_strings(std::string json, std::size_t limit);

}  // namespace gird
