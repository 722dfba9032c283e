// Telling encodings apart, and units becoming characters.
#include "json/decoder.hpp"

#include "base/utf8.hpp"
#include "json/surrogates.hpp"

namespace gird::json {
namespace {

/// How much text is made before it is handed on.
constexpr std::size_t most_text = std::size_t{16} << 10U;
constexpr std::string_view mark = "\xef\xbb\xbf";

std::optional<Sniffed> sniff_four(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xff\xfe\0\0"sv)) return Sniffed{Encoding::utf32_le, true};
  if (head.starts_with("\0\0\xfe\xff"sv)) return Sniffed{Encoding::utf32_be, true};
  const auto nul = [&](std::size_t i) { return head[i] == '\0'; };
  if (nul(0) && nul(1) && nul(2) && !nul(3)) return Sniffed{Encoding::utf32_be};
  if (!nul(0) && nul(1) && nul(2) && nul(3)) return Sniffed{Encoding::utf32_le};
  if (nul(0) && !nul(1) && nul(2) && !nul(3)) return Sniffed{Encoding::utf16_be};
  if (!nul(0) && nul(1) && !nul(2) && nul(3)) return Sniffed{Encoding::utf16_le};
  return std::nullopt;
}

}  // namespace

std::optional<Sniffed> sniff(std::string_view head, bool last) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(head[i]); };
  if (head.size() >= 4) {
    if (const auto four = sniff_four(head)) return four;
  }
  const bool all = last || head.size() >= 4;
  if (head.size() >= 2) {
    if (byte(0) == 0xfe && byte(1) == 0xff) return Sniffed{Encoding::utf16_be, true};
    if (byte(0) == 0xff && byte(1) == 0xfe && (all || (head.size() == 3 && byte(2) != 0)))
      return Sniffed{Encoding::utf16_le, true};
  }
  if (head.size() == 2 && last && (byte(0) == 0) != (byte(1) == 0)) {
    return Sniffed{byte(0) == 0 ? Encoding::utf16_be : Encoding::utf16_le};
  }
  if (head.size() >= 3 && head.starts_with(mark)) return Sniffed{Encoding::utf8, true};
  const bool plain = head.size() >= 2 && byte(0) != 0 && byte(1) != 0 && byte(0) < 0xef;
  if (all || plain) return Sniffed{};
  return std::nullopt;
}

std::string_view Decoder::next(std::string_view& bytes) {
  if (!sniffed_ && holds_ == 0) {
    // Most inputs are UTF-8 and come in pieces that tell: not a byte of those is held back.
    const auto sniffed = sniff(bytes.substr(0, held_.size()), false);
    if (sniffed && sniffed->encoding == Encoding::utf8) sniffed_ = sniffed;
  }
  if (!sniffed_) {
    held_[holds_++] = bytes.front();
    bytes.remove_prefix(1);
    const std::string_view head(held_.data(), holds_);
    const auto sniffed = sniff(head, false);
    if (!sniffed) return {};
    decide(*sniffed);
    return sniffed->encoding == Encoding::utf8 ? head : std::string_view(text_);
  }
  if (sniffed_->encoding == Encoding::utf8) {
    const std::string_view text = bytes;
    bytes = {};
    return text;
  }
  text_.clear();
  while (!bytes.empty() && text_.size() < most_text) {
    transcode(bytes.front());
    bytes.remove_prefix(1);
  }
  return text_;
}

std::string_view Decoder::rest() {
  text_.clear();
  if (!sniffed_) {
    const std::string_view head(held_.data(), holds_);
    decide(*sniff(head, true));
    if (sniffed_->encoding == Encoding::utf8) return head;
  }
  if (sniffed_->encoding == Encoding::utf8) return {};
  if (!wide() && holds_ >= 2) {
    put(unit16(0));
    holds_ -= 2;
  }
  if (holds_ > 0) text_ += '\xff';
  holds_ = 0;
  return text_;
}

/// What was held to find that out is decoded.
void Decoder::decide(Sniffed sniffed) {
  sniffed_ = sniffed;
  text_.clear();
  if (sniffed.encoding == Encoding::utf8) return;
  if (!sniffed.marked) text_ = mark;
  const auto head = held_;
  const std::size_t size = holds_;
  holds_ = 0;
  for (std::size_t i = 0; i < size; ++i) transcode(head[i]);
}

bool Decoder::wide() const {
  return sniffed_->encoding == Encoding::utf32_be || sniffed_->encoding == Encoding::utf32_le;
}

void Decoder::transcode(char byte) {
  held_[holds_++] = byte;
  if (wide() && holds_ == 4) end_unit32();
  if (!wide() && holds_ % 2 == 0) end_unit16();
}

/// The unit at `i` of what is held.
std::uint32_t Decoder::unit16(std::size_t i) const {
  const auto a = static_cast<unsigned char>(held_[i]);
  const auto b = static_cast<unsigned char>(held_[i + 1]);
  return sniffed_->encoding == Encoding::utf16_be ? a << 8U | b : b << 8U | a;
}

void Decoder::end_unit16() {
  if (holds_ == 4) {
    if (low_surrogate(unit16(2))) {
      put(character_of(unit16(0), unit16(2)));
      holds_ = 0;
      return;
    }
    put(unit16(0));
    held_[0] = held_[2];
    held_[1] = held_[3];
    holds_ = 2;
  }
  if (high_surrogate(unit16(0))) return;
  put(unit16(0));
  holds_ = 0;
}

void Decoder::end_unit32() {
  std::uint32_t point = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t at = sniffed_->encoding == Encoding::utf32_be ? i : 3 - i;
    point = point << 8U | static_cast<unsigned char>(held_[at]);
  }
  put(point);
  holds_ = 0;
}

void Decoder::put(std::uint32_t point) {
  if (point > 0x10ffff) {
    text_ += '\xff';
  } else {
    append_utf8(text_, point);
  }
}

}  // namespace gird::json
