// Lines out of a stream that arrives in pieces.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace gird::text {

/// Cuts a stream into lines (without their newline). A line longer than 64 KiB is handed out in
/// pieces of that length, each beginning with the last 4 KiB of the one before, so that memory
/// stays bounded and a match of less than 4 KiB is never cut in two.
class Lines {
 public:
  using Take = std::function<void(std::string_view line)>;
  explicit Lines(Take take) : take_(std::move(take)) {}

  void feed(std::string_view bytes);
  /// The stream is over: hands out a last line that has no newline.
  void end();

  static constexpr std::size_t longest = 64 << 10;
  static constexpr std::size_t overlap = 4 << 10;

 private:
  Take take_;
  std::string part_;
};

}  // namespace gird::text
