// From the encodings of JSON to UTF-8.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gird::json {

enum class Encoding : std::uint8_t { utf8, utf16_be, utf16_le, utf32_be, utf32_le };

struct Sniffed {
  Encoding encoding = Encoding::utf8;
  bool marked = false;  ///< a byte order mark is there
};

/// What the first bytes of a text say of its encoding: a byte order mark, or where the NULs are
/// among the first four, since JSON starts with two ASCII characters. Four bytes are always enough;
/// fewer where they already tell, or where the text ends with them. Nothing: more are needed.
/// Source: RFC 4627, section 3.
std::optional<Sniffed> sniff(std::string_view head, bool last);

/// A push decoder. UTF-8 is handed on as it comes, without a copy and without a look at it: whether
/// it is well-formed is for the reader to see, which has to look at each byte anyway
/// (ill_formed.hpp). Other encodings become UTF-8 that starts with U+FEFF, the repairer's sign to
/// report a repair of the encoding; it is put there where the input has none. What has no character
/// becomes bytes that are never UTF-8, so that the reader replaces and reports them: half of a
/// surrogate pair the three that it would have if it were one (surrogates.hpp), a number above
/// U+10FFFF or what is left of a unit at the end the byte 0xFF.
///
/// `Repairer::push(bytes)` is `decoder.push(bytes, take)`, and `finish` is `decoder.finish(take)`
/// and then the engine's own, with `take` giving a view to the engine's window and saying whether
/// to go on.
class Decoder {
 public:
  /// Hands the text of `bytes` to `take(std::string_view)`, which says whether it wants more. Views
  /// are valid during the call. Says whether `take` always did.
  template <typename Take>
  bool push(std::string_view bytes, Take&& take) {
    while (!bytes.empty()) {
      const std::string_view text = next(bytes);
      if (!text.empty() && !take(text)) return false;
    }
    return true;
  }
  /// The input ends here.
  template <typename Take>
  bool finish(Take&& take) {
    const std::string_view text = rest();
    return text.empty() || take(text);
  }

  /// The same for who asks: takes some bytes from the head of `bytes`, which are not empty, and
  /// gives their text, which may be nothing. Valid until the next call, and while the bytes are.
  std::string_view next(std::string_view& bytes);
  /// What is left when the input has ended.
  std::string_view rest();

  /// The encoding, once it is known: it is when text was given.
  [[nodiscard]] std::optional<Sniffed> sniffed() const { return sniffed_; }

 private:
  void decide(Sniffed sniffed);
  [[nodiscard]] bool wide() const;
  void transcode(char byte);
  [[nodiscard]] std::uint32_t unit16(std::size_t i) const;
  void end_unit16();
  void end_unit32();
  void put(std::uint32_t point);

  std::optional<Sniffed> sniffed_;
  std::array<char, 4> held_{};  ///< the head while nothing is known, then a unit that is not whole
  std::size_t holds_ = 0;
  std::string text_;
};

}  // namespace gird::json
