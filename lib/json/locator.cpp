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
  spot_.offset += encoded_size(text);
  count_lines(text);
  passed_ += text.size();
}

void Locator::count_lines(std::string_view text) {
  if (text.empty()) return;
  std::size_t line = 0;
  // Each is looked for again only where it was found, so that neither is looked for twice.
  std::size_t feed = text.find('\n');
  std::size_t carriage = text.find('\r');
  while (feed != text.npos || carriage != text.npos) {
    const std::size_t end = std::min(feed, carriage);
    const bool after_return = end == 0 ? after_return_ : text[end - 1] == '\r';
    if (end == carriage || !after_return) ++spot_.line;
    line = end + 1;
    spot_.column = 1;
    (end == feed ? feed : carriage) = text.find(text[end], line);
  }
  spot_.column += characters_in(text.substr(line));
  after_return_ = text.back() == '\r';
}

std::uint64_t Locator::encoded_size(std::string_view text) const {
  if (sniffed_.encoding == Encoding::utf8) return text.size();
  // What the decoder put in front is not in the input.
  const bool invented = passed_ == 0 && !sniffed_.marked && !text.empty();
  const std::uint64_t characters = characters_in(text) - (invented ? 1 : 0);
  const bool wide =
      sniffed_.encoding == Encoding::utf32_be || sniffed_.encoding == Encoding::utf32_le;
  return wide ? 4 * characters : 2 * (characters + four_byte_characters_in(text));
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
