// What a text says once its encodings are taken off: `%2527` as `'`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gird::text {

/// What was taken off.
enum class Coding : std::uint8_t {
  url,        ///< %27
  percent_u,  ///< %u0027
  html,       ///< &apos; &#39; &#x27, with or without the semicolon
  hex,        ///< \x27
  unicode,    ///< \u0027 \u{27} \U00000027
  octal,      ///< \047 \0047
  overlong,   ///< a character in more bytes of UTF-8 than it needs
  utf7,       ///< +ADw-
  base64,     ///< a whole token, of either alphabet
  json,       ///< a string of a JSON document
  width,      ///< a compatibility form of ASCII: full-width, mathematical, in a circle
  nul,        ///< NUL bytes between the others
  ignorable,  ///< characters that show nothing: zero-width, tags, variation selectors, directions
  plus,       ///< a + that was a space in a form
};
inline constexpr std::size_t codings = 14;
std::string_view name_of(Coding coding);

/// Bytes `begin` to `end` (not included) of a text.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Stretch&) const = default;
};

/// Round by round, what was taken off on the way from the text to a view.
class Steps {
 public:
  static constexpr std::size_t most = 6;

  void add(std::uint16_t set) { sets_.at(count_++) = set; }
  [[nodiscard]] std::size_t count() const { return count_; }
  /// Whether `coding` was taken off in any round, or in round `at`.
  [[nodiscard]] bool has(Coding coding) const;
  [[nodiscard]] bool has(std::size_t at, Coding coding) const {
    return (sets_.at(at) >> static_cast<unsigned>(coding) & 1U) != 0;
  }
  /// A word for each round: "url", "url+html".
  [[nodiscard]] std::vector<std::string> words() const;

 private:
  std::array<std::uint16_t, most> sets_{};
  std::uint8_t count_ = 0;
};

/// A decoded form of the text, or of a string in it.
struct View {
  std::string_view text;
  Steps steps;
  // Where it came from; for Views.
  std::uint32_t parent = 0;
  std::size_t first_run = 0;
  std::size_t end_run = 0;
};

/// Takes encodings off texts, one text after another; keeps its memory for the next one.
///
/// A round takes off all that it finds, side by side: `%3cimg&#32;src\x3d` is read in one. At most
/// `rounds` of them; views are at most four times as long together as the text (and 4 KiB more),
/// and time is linear in it. A text with nothing to decode is only looked at, without memory.
///
/// - The strings of a JSON document (keys too) that need it become views of their own; past the
///   first few all others share one, line by line.
/// - `+` is left alone while anything else is decoded, since it is more often a sign than a space.
///   Where all else is done and a word has it between its bytes at least twice (once, if % was
///   taken off), one more view has spaces there.
/// - Decoded views are for looking: what is written is made from the text itself.
class Views {
 public:
  static constexpr std::size_t rounds = 5;
  static constexpr std::size_t most_strings = 8;  ///< of a JSON document, as views of their own
  static constexpr std::size_t most = 64;         ///< views of one text

  /// The views of `text`, itself not among them, in the order of their rounds. They and `text` are
  /// needed until the next call. None for a text of 2 GiB or more.
  std::span<const View> of(std::string_view text);

  /// Which bytes of the text the bytes `where` of `view` were read from. With hundreds of thousands
  /// of escapes in a text the answer may become a longer stretch, never a wrong one.
  [[nodiscard]] Stretch raw(const View& view, Stretch where) const;

  /// Bytes `view` on were written from bytes `from` on, `out` of them from each `in`; from all up
  /// to the next run where `in` is 0.
  struct Run {
    std::uint32_t view = 0;
    std::uint32_t from = 0;
    std::uint32_t in = 1;
    std::uint32_t out = 1;
  };

 private:
  class Tape;

  void look(std::uint32_t parent, std::string_view text, const Steps& steps);
  bool take_strings(std::uint32_t parent, std::string_view text, const Steps& steps);
  bool take_encodings(std::uint32_t parent, std::string_view text, const Steps& steps);
  void take_plus(std::uint32_t parent, std::string_view text, const Steps& steps);
  void add(const Tape& tape, std::uint32_t parent, Steps steps);
  [[nodiscard]] bool room(std::size_t bytes) const;
  void begin();
  [[nodiscard]] Stretch from_parent(const View& view, Stretch where) const;

  std::string_view text_;
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t used_ = 0;
  std::vector<Run> runs_;
  std::vector<View> views_;
};

}  // namespace gird::text
