// Records out of a stream that arrives in pieces: lines, or what NULs end, or all of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gird::text {

struct RecordText {
  std::string_view text;     ///< without its end; valid during the call
  std::uint64_t number = 0;  ///< from 1
  bool ended = false;        ///< by the end of a record, not by that of the stream
  bool cut = false;          ///< it was longer than the limit; `text` is its head
};

/// Cuts a stream into records. One that is longer than `most` bytes is handed out as its head, so
/// memory is bounded; a record that comes in one piece is not copied.
class Records {
 public:
  using Take = std::function<void(const RecordText& record)>;
  /// Without an `end` all of the stream is one record.
  Records(std::optional<char> end, std::size_t most, Take take)
      : end_(end), most_(most), take_(std::move(take)) {}

  void feed(std::string_view bytes);
  /// The stream is over: hands out what has no end, unless it is nothing. A stream that is one
  /// record is handed out even if it is empty.
  void finish();

 private:
  void keep(std::string_view bytes);
  void hand_out(std::string_view text, bool ended);

  std::optional<char> end_;
  std::size_t most_;
  Take take_;
  std::string part_;
  std::uint64_t count_ = 0;
  bool cut_ = false;
};

}  // namespace gird::text
