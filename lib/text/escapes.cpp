// Runs of bytes that pass are copied whole.
#include "text/escapes.hpp"

#include <algorithm>
#include <vector>

namespace gird::text {
namespace {

/// Where the first byte from `at` on is that does not pass.
std::size_t end_of_run(const Escapes& table, std::string_view text, std::size_t at) {
  while (at < text.size() && table.act(text[at]) == Escapes::Act::pass) ++at;
  return at;
}

/// The bytes whose escape starts with a byte, the longest escape first.
class Readings {
 public:
  explicit Readings(const Escapes& table) : table_(table) {
    for (unsigned byte = 0; byte < 0x100; ++byte) {
      const char c = static_cast<char>(byte);
      if (table.act(c) != Escapes::Act::write) continue;
      by_head_[static_cast<unsigned char>(table.text(c)[0])].push_back(c);
    }
    for (auto& row : by_head_) {
      std::ranges::stable_sort(row, std::greater{}, [&](char c) { return table.text(c).size(); });
    }
  }
  /// The byte that the head of `encoded` stands for.
  [[nodiscard]] const char* at(std::string_view encoded) const {
    for (const char& c : by_head_[static_cast<unsigned char>(encoded[0])]) {
      if (encoded.starts_with(table_.text(c))) return &c;
    }
    return nullptr;
  }

 private:
  const Escapes& table_;
  std::array<std::vector<char>, 256> by_head_;
};

}  // namespace

std::string_view why_not(char byte, Beyond beyond) {
  if (byte == '\0') return "a NUL cannot stand there";
  if (byte == '\n' || byte == '\r') return "a line break cannot stand there";
  const auto code = static_cast<unsigned char>(byte);
  if (code < 0x20 || code == 0x7f) return "a control character cannot stand there";
  if (code < 0x80) return "that character cannot stand there";
  return beyond == Beyond::refuse ? "only ASCII can stand there"
                                  : "invalid UTF-8 cannot stand there";
}

std::optional<std::uint32_t> take_hex(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, count)) {
    const unsigned digit = hex_value(c);
    if (digit == 16) return std::nullopt;
    value = value * 16 + digit;
  }
  text.remove_prefix(count);
  return value;
}

std::optional<std::string> without_percent(std::string_view encoded) {
  std::string out;
  while (!encoded.empty()) {
    const char c = encoded[0];
    encoded.remove_prefix(1);
    if (c != '%') {
      out += c;
      continue;
    }
    const auto byte = take_hex(encoded, 2);
    if (!byte) return std::nullopt;
    out += static_cast<char>(*byte);
  }
  return out;
}

std::expected<void, Unsafe> escape(const Escapes& table, std::string_view text, OnUnsafe on_unsafe,
                                   std::string& out, Wide wide) {
  std::size_t at = 0;
  while (true) {
    const std::size_t end = end_of_run(table, text, at);
    out.append(text, at, end - at);
    if (end == text.size()) return {};
    at = end;
    if (table.act(text[at]) == Escapes::Act::write) {
      out += table.text(text[at++]);
      continue;
    }
    Utf8 character;
    if (table.beyond() == Beyond::utf8) character = next_character(text.substr(at));
    const bool beyond = character.valid && character.point >= 0x80;
    const std::string_view bytes = text.substr(at, character.length);
    if (beyond && wide == nullptr) {
      out += bytes;
    } else if (!beyond || !wide(character.point, bytes, out)) {
      if (on_unsafe == OnUnsafe::reject) {
        return std::unexpected(Unsafe{
            at, beyond ? "that character cannot stand there" : why_not(text[at], table.beyond())});
      }
      out += table.instead();
    }
    at += character.length;
  }
}

Encoded escaped(const Escapes& table, std::string_view text, OnUnsafe on_unsafe,
                std::string_view open, std::string_view close, Wide wide) {
  std::string out;
  out.reserve(open.size() + text.size() + text.size() / 8 + close.size());
  out += open;
  const auto done = escape(table, text, on_unsafe, out, wide);
  if (!done) return std::unexpected(done.error());
  out += close;
  return out;
}

std::optional<std::string> unescaped(const Escapes& table, std::string_view encoded,
                                     std::string_view open, std::string_view close) {
  if (encoded.size() < open.size() + close.size() || !encoded.starts_with(open) ||
      !encoded.ends_with(close)) {
    return std::nullopt;
  }
  encoded.remove_prefix(open.size());
  encoded.remove_suffix(close.size());
  const Readings readings(table);
  std::string out;
  while (!encoded.empty()) {
    if (const char* byte = readings.at(encoded)) {
      out += *byte;
      encoded.remove_prefix(table.text(*byte).size());
      continue;
    }
    std::size_t length = 1;
    if (table.act(encoded[0]) != Escapes::Act::pass) {
      const Utf8 character = next_character(encoded);
      if (table.beyond() != Beyond::utf8 || !character.valid || character.point < 0x80) {
        return std::nullopt;
      }
      length = character.length;
    }
    out += encoded.substr(0, length);
    encoded.remove_prefix(length);
  }
  return out;
}

}  // namespace gird::text
