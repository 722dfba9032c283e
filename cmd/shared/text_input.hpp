// The text of an input, whatever its encoding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "json/decoder.hpp"
#include "sys/input.hpp"

namespace gird {

/// An input as UTF-8. One that is UTF-8, or no text at all, is handed on as it is; UTF-16 and
/// UTF-32 are decoded as json::Decoder does it, with U+FEFF in front.
class TextInput {
 public:
  /// `lasting`: the text can be read again, for which an unlinked file is made where the input
  /// itself does not serve. Fault::system: file-unreadable, spool-failed.
  static Result<TextInput> open(const std::string& file, bool lasting = false);

  /// The next of the text; empty at the end. Valid until the next call.
  /// Fault::system, file-unreadable.
  Result<std::string_view> next();

  /// Of the input; known when some of the text was handed on, or it has ended.
  [[nodiscard]] json::Sniffed sniffed() const {
    return decoder_.sniffed().value_or(json::Sniffed{});
  }
  /// Whether the text is not the bytes of the input.
  [[nodiscard]] bool transcoded() const { return sniffed().encoding != json::Encoding::utf8; }

  /// Whether the text can be read again, from `number` at `start`.
  [[nodiscard]] bool lasting() const { return kept_ || (raw_.lasting() && plain_); }
  [[nodiscard]] int number() const { return readable().number(); }
  [[nodiscard]] std::uint64_t start() const { return readable().start(); }
  /// How much of the text was handed on, and all of it; 0 where that is not known.
  [[nodiscard]] std::uint64_t passed() const { return passed_; }
  [[nodiscard]] std::uint64_t size() const { return lasting() ? readable().size() : 0; }
  /// The bytes that the text is made of. With `lasting` they can be read again, too.
  [[nodiscard]] const sys::Input& bytes() const { return raw_; }

 private:
  explicit TextInput(sys::Input raw) : raw_(std::move(raw)) {}

  [[nodiscard]] const sys::Input& readable() const { return kept_ ? *kept_ : raw_; }
  [[nodiscard]] bool starts_as_utf8() const;
  Result<std::string_view> decoded();

  sys::Input raw_;
  bool plain_ = true;               ///< a file that can be read again is UTF-8
  std::optional<sys::Input> kept_;  ///< the text, where it is not
  json::Decoder decoder_;
  std::string_view piece_;  ///< what was read and is not decoded
  bool ended_ = false;
  std::uint64_t passed_ = 0;
};

}  // namespace gird
