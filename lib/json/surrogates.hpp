// Halves of surrogate pairs.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gird::json {

constexpr bool high_surrogate(std::uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool low_surrogate(std::uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

/// What a pair of them stands for.
constexpr std::uint32_t character_of(std::uint32_t high, std::uint32_t low) {
  return 0x10000 + ((high - 0xd800) << 10U) + (low - 0xdc00);
}

/// The surrogate at the head of `bytes`, in the three bytes that it would have in UTF-8 if it were
/// a character. Source: the WTF-8 encoding, simonsapin.github.io/wtf-8.
constexpr std::optional<std::uint32_t> surrogate_at(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (bytes.size() < 3 || at(0) != 0xed || at(1) < 0xa0 || at(1) > 0xbf) return std::nullopt;
  if (at(2) < 0x80 || at(2) > 0xbf) return std::nullopt;
  return 0xd000U | (at(1) & 0x3fU) << 6U | (at(2) & 0x3fU);
}

}  // namespace gird::json
