// Words as a POSIX shell forms them: quotes removed, blanks found where the shell finds them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect::shell {

/// One word after quote removal and the expansions whose value is known without running anything:
/// `c''at`, `c\at`, `c$@at`, `$'\x63at'` and `${x:-cat}` are all "cat".
struct Word {
  static constexpr std::size_t most = 64;

  Span where;
  std::array<char, most> bytes{};
  std::size_t size = 0;
  bool split = false;     ///< its letters are held apart by quotes or expansions that leave nothing
  bool quoted = false;    ///< some of it is inside quotes
  bool glob = false;      ///< holds `*`, `?` or a bracket expression outside quotes
  bool expanded = false;  ///< holds an expansion that gives some text: `$x`, `${x}`
  bool computed = false;  ///< holds `$(…)` or `$((…))`
  bool cut = false;       ///< longer than is kept: it names no program

  [[nodiscard]] std::string_view text() const { return {bytes.data(), size}; }
  [[nodiscard]] bool empty() const { return where.begin == where.end; }
};

/// The word that starts at `at`. It ends before a blank, an operator, a backtick, or a quote that
/// is not closed nearby.
Word read_word(std::string_view text, std::size_t at);

/// How many bytes at `at` separate words: a blank, `+` as forms send it, `\` at a line's end,
/// `$IFS`, `${IFS}`. 0 for others.
std::size_t blank_length(std::string_view text, std::size_t at);

/// The first byte from `at` on that is no blank.
std::size_t skip_blanks(std::string_view text, std::size_t at);

/// How many bytes `$IFS`, `${IFS}` or `${IFS%??}` has at `at`, 0 for others.
std::size_t ifs_length(std::string_view text, std::size_t at);

}  // namespace gird::detect::shell
