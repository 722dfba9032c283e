// Counting characters, lines and encoded bytes.
#include "json/locator.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace gird::json {
namespace {

std::uint64_t four_byte_characters_in(std::string_view bytes) {
  // 0xFF stands for a single unit.
  return static_cast<std::uint64_t>(std::ranges::count_if(bytes, [](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value >= 0xf0 && value < 0xf8;
  }));
}

}  // namespace

void Locator::pass(std::string_view text) {
  for (std::size_t i = 0; passed_ + i < head_.size() && i < text.size(); ++i) {
    head_[passed_ + i] = text[i];
  }
  while (!text.empty()) {
    const bool second_half = after_return_ && text.front() == '\n';
    const std::size_t feed = std::min(text.find('\n'), text.size());
    const std::size_t end = std::min(text.substr(0, feed).find('\r'), feed);
    const std::size_t size = std::min(end + 1, text.size());
    count(text.substr(0, size));
    after_return_ = end < text.size() && text[end] == '\r';
    if (end < text.size()) {
      if (!second_half) ++spot_.line;
      spot_.column = 1;
    }
    text.remove_prefix(size);
  }
}

void Locator::count(std::string_view text) {
  const std::uint64_t characters = characters_in(text);
  // What the decoder put in front is not in the input.
  const bool invented = passed_ == 0 && sniffed_.encoding != Encoding::utf8 && !sniffed_.marked;
  spot_.column += characters;
  spot_.offset += encoded_size(text, characters - (invented ? 1 : 0));
  passed_ += text.size();
}

std::uint64_t Locator::encoded_size(std::string_view text, std::uint64_t characters) const {
  switch (sniffed_.encoding) {
    case Encoding::utf8: return text.size();
    case Encoding::utf16_be:
    case Encoding::utf16_le: return 2 * (characters + four_byte_characters_in(text));
    case Encoding::utf32_be:
    case Encoding::utf32_le: return 4 * characters;
  }
  return text.size();
}

Spot Locator::spot() const {
  Spot spot = spot_;
  const std::string_view head(head_.data(), head_.size());
  if (spot.line == 1 && passed_ >= head.size() && head == "\xef\xbb\xbf") --spot.column;
  return spot;
}

Spot spot_of(std::string_view text, std::uint64_t offset) {
  Locator locator;
  locator.pass(text.substr(0, offset));
  return locator.spot();
}

}  // namespace gird::json
