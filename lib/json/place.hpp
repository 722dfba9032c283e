// Where in the grammar of JSON a reader stands.
#pragma once

#include <cstdint>
#include <vector>

namespace gird::json {

/// What may come next. Source: RFC 8259, sections 2 to 5.
enum class Expected : std::uint8_t {
  value,         ///< at the start, after a colon, after a comma in an array
  value_or_end,  ///< after `[`
  key,           ///< after a comma in an object
  key_or_end,    ///< after `{`
  colon,         ///< after a key
  comma_or_end,  ///< after a value inside a container
  nothing,       ///< after a value at the top
};

/// The open brackets, one bit a level.
class Nesting {
 public:
  [[nodiscard]] std::size_t depth() const { return depth_; }
  /// How many of the open brackets are objects.
  [[nodiscard]] std::size_t objects() const { return objects_; }
  [[nodiscard]] bool in_object() const { return depth_ > 0 && bit(depth_ - 1); }
  [[nodiscard]] bool in_array() const { return depth_ > 0 && !bit(depth_ - 1); }
  /// Whether the innermost bracket stands in an object.
  [[nodiscard]] bool object_around() const { return depth_ > 1 && bit(depth_ - 2); }
  void open(bool object) {
    if (depth_ / bits == words_.size()) words_.push_back(0);
    const std::uint64_t mask = std::uint64_t{1} << (depth_ % bits);
    auto& word = words_[depth_ / bits];
    word = object ? word | mask : word & ~mask;
    objects_ += object ? 1 : 0;
    ++depth_;
  }
  /// Needs a depth above 0.
  void close() {
    objects_ -= in_object() ? 1 : 0;
    --depth_;
  }
  void clear() { depth_ = objects_ = 0; }

 private:
  static constexpr std::size_t bits = 64;
  [[nodiscard]] bool bit(std::size_t level) const {
    return (words_[level / bits] >> (level % bits) & 1U) != 0;
  }

  std::vector<std::uint64_t> words_;
  std::size_t depth_ = 0;
  std::size_t objects_ = 0;
};

struct Place {
  Expected expected = Expected::value;
  Nesting nesting;
};

}  // namespace gird::json
