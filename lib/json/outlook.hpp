// Looking ahead in a text of which only a window is there.
#pragma once

#include <cstddef>
#include <string_view>

namespace gird::json {

/// A window that remembers whether anybody wanted to look behind its end: what was decided without
/// that is a function of the text, however it was cut.
class Outlook {
 public:
  Outlook(std::string_view window, bool last) : window_(window), last_(last) {}

  [[nodiscard]] std::string_view window() const { return window_; }
  [[nodiscard]] std::size_t size() const { return window_.size(); }
  /// Whether the text ends with the window.
  [[nodiscard]] bool last() const { return last_; }
  /// Whether what was looked at lies behind the window, and the text goes on there.
  [[nodiscard]] bool short_of_text() const { return passed_ && !last_; }

  /// A byte; NUL behind the end.
  char at(std::size_t i) {
    if (i < window_.size()) return window_[i];
    passed_ = true;
    return '\0';
  }
  /// Whether there is a byte.
  bool has(std::size_t i) {
    if (i < window_.size()) return true;
    passed_ = true;
    return false;
  }
  /// Whether `word` stands at `i`.
  bool has(std::size_t i, std::string_view word) {
    const std::string_view there = window_.substr(i < window_.size() ? i : window_.size());
    if (there.size() < word.size() && word.starts_with(there)) passed_ = true;
    return there.starts_with(word);
  }
  /// The first byte from `i` on that is not one of `bytes`, or the end.
  std::size_t skip(std::size_t i, std::string_view bytes) {
    while (i < window_.size() && bytes.contains(window_[i])) ++i;
    if (i >= window_.size()) passed_ = true;
    return i;
  }
  /// The first place of `word` from `i` on, or npos.
  std::size_t find(std::size_t i, std::string_view word) {
    const std::size_t found = window_.find(word, i);
    if (found == std::string_view::npos) passed_ = true;
    return found;
  }

 private:
  std::string_view window_;
  bool last_;
  bool passed_ = false;
};

inline constexpr std::string_view json_blanks = " \t\r\n";
inline constexpr std::string_view line_blanks = " \t\r";

}  // namespace gird::json
