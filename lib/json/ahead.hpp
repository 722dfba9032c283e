// What a step may see of the input: so many bytes, and what stands behind them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace gird::json {

/// The bytes from a reader's place on, at most `reach` of them. Whoever looks behind the bytes that
/// have come yet is noted: what was concluded from such a look must be dropped and tried again with
/// more input. So a conclusion never depends on how the input was cut.
class Ahead {
 public:
  static constexpr int end = -1;    ///< the input ends here
  static constexpr int later = -2;  ///< not here yet
  static constexpr int far = -3;    ///< out of reach
  static constexpr std::size_t reach = std::size_t{64} << 10U;

  /// `last`: nothing comes after `text`.
  Ahead(std::string_view text, bool last)
      : text_(text.substr(0, reach)), last_(last && text.size() <= reach) {}

  /// The byte at `i`, or what stands there instead of one (all negative).
  [[nodiscard]] int at(std::size_t i) const {
    if (i < text_.size()) return static_cast<unsigned char>(text_[i]);
    return behind();
  }
  [[nodiscard]] bool starts(std::size_t i, std::string_view what) const {
    for (std::size_t k = 0; k < what.size(); ++k) {
      if (at(i + k) != static_cast<unsigned char>(what[k])) return false;
    }
    return true;
  }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(std::size_t from, std::size_t to) const {
    return text_.substr(from, to - from);
  }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  [[nodiscard]] bool last() const { return last_; }
  /// Whether a look went behind what has come yet.
  [[nodiscard]] bool wants() const { return wants_; }

 private:
  [[nodiscard]] int behind() const {
    if (last_) return end;
    if (text_.size() == reach) return far;
    wants_ = true;
    return later;
  }

  std::string_view text_;
  bool last_;
  mutable bool wants_ = false;
};

}  // namespace gird::json
