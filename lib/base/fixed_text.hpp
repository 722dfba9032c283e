// Short text inside the object itself.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace gird {

/// Text of at most `Size` bytes, held in place. A table of these has no pointers, so that a
/// position-independent program need not touch its pages to relocate them at every start.
/// Text that is too long does not compile.
template <std::size_t Size>
class FixedText {
 public:
  template <std::size_t Length>
    requires(Length <= Size + 1)
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is what it stands for
  consteval FixedText(const char (&text)[Length]) : size_(Length - 1) {
    for (std::size_t i = 0; i + 1 < Length; ++i) text_[i] = text[i];
  }

  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr operator std::string_view() const { return {text_.data(), size_}; }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }

 private:
  std::array<char, Size> text_{};
  std::size_t size_;
};

}  // namespace gird
