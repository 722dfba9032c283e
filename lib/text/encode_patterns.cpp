// Patterns that match a text and nothing else.
#include <array>

#include "text/encode_families.hpp"
#include "text/escapes.hpp"

namespace gird::text {
namespace {

/// fnmatch(3) and `case`: a backslash before each sign; before `!`, `^`, `-` and `~` too, which
/// mean something only beside others.
constexpr Escapes glob_table = Escapes(Beyond::bytes).before("\\*?[]!^-~{}(),|+@", "\\");

/// Basic expressions (POSIX 9.3): a backslash before a sign that is none makes one in GNU's.
constexpr Escapes bre_table = Escapes(Beyond::bytes).before("\\.[*^$", "\\").refuse("\n");
/// Extended ones (9.4).
constexpr Escapes ere_table = Escapes(Beyond::bytes).before("\\.[*^$(){+?|", "\\").refuse("\n");

/// Perl's, RE2's, Python's, JavaScript's: all but letters, digits and `_`, so that nothing is left
/// that a flag could give a meaning (blanks and `#` under x); control characters in digits.
constexpr Escapes pcre_table =
    Escapes(Beyond::utf8)
        .before("!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~ ", "\\")
        .write_controls([](unsigned char byte) { return in_hex("\\x", byte, 2); });

/// Of `s/.../HERE/` in sed: a line break behind a backslash is one.
constexpr Escapes sed_table = Escapes(Beyond::bytes).before("\\&/\n", "\\");

template <const Escapes& table>
Encoded pattern(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(table, text, on_unsafe);
}
template <const Escapes& table>
std::optional<std::string> read_pattern(std::string_view encoded) {
  return unescaped(table, encoded);
}

constexpr std::array<Context, 5> all{{
    {"glob", "text in a pattern of find -name or fnmatch, before it is made a word of the shell",
     pattern<glob_table>, read_pattern<glob_table>},
    {"regex:basic",
     "text in a basic regular expression, as of grep and sed, before it is made a word",
     pattern<bre_table>, read_pattern<bre_table>},
    {"regex:extended",
     "text in an extended one, as of grep -E and sed -E, before it is made a word",
     pattern<ere_table>, read_pattern<ere_table>},
    {"regex:perl",
     "text in one of Perl, PCRE, RE2, Python or JavaScript, before it is made a string",
     pattern<pcre_table>, read_pattern<pcre_table>},
    {"sed-replacement",
     "text in the replacement of s/.../.../ in sed, before it is made a word of the shell",
     pattern<sed_table>, read_pattern<sed_table>},
}};

}  // namespace

std::span<const Context> pattern_contexts() { return all; }

}  // namespace gird::text
