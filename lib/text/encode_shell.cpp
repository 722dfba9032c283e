// Words of shells, and of what stands between a text and a shell.
#include <algorithm>
#include <array>

#include "text/encode_families.hpp"
#include "text/escapes.hpp"

namespace gird::text {
namespace {

/// In single quotes of POSIX (2.2.2) nothing means anything but their end: the quote itself stands
/// outside, behind a backslash. No byte is changed, whatever the locale.
constexpr Escapes sh_table =
    Escapes(Beyond::bytes).write("'", [](unsigned char) { return Escape("'\\''"); });

Encoded sh(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(sh_table, text, on_unsafe, "'", "'");
}
std::optional<std::string> read_sh(std::string_view encoded) {
  return unescaped(sh_table, encoded, "'", "'");
}

constexpr Escape octal(unsigned char byte) { return in_base<8>("\\", byte, 3); }

/// $'...' in printable ASCII: also for a terminal, where a control character would be a key, and
/// `!` the history.
constexpr Escapes ansi_table = Escapes(Beyond::bytes)
                                   .write_all_but(" \"#$%&()*+,-./:;<=>?@[]^_`{|}~", octal)
                                   .refuse({"\0", 1});

Encoded bash_ansi(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(ansi_table, text, on_unsafe, "$'", "'");
}
std::optional<std::string> read_bash_ansi(std::string_view encoded) {
  return unescaped(ansi_table, encoded, "$'", "'");
}

constexpr Escapes fish_table = Escapes(Beyond::bytes).before("'\\", "\\");

Encoded fish(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(fish_table, text, on_unsafe, "'", "'");
}
std::optional<std::string> read_fish(std::string_view encoded) {
  return unescaped(fish_table, encoded, "'", "'");
}

/// PowerShell takes four typographic quotes for the ASCII one (about_Quoting_Rules); each is
/// doubled.
constexpr Escapes powershell_table =
    Escapes(Beyond::utf8).write("'", [](unsigned char) { return Escape("''"); });

bool in_powershell(char32_t point, std::string_view bytes, std::string& out) {
  out += bytes;
  if (point >= 0x2018 && point <= 0x201b) out += bytes;
  return true;
}

Encoded powershell(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(powershell_table, text, on_unsafe, "'", "'", in_powershell);
}

/// cmd.exe has no quoting that holds: `%` and `!` are replaced before any quote is looked at, a
/// quote ends the quotes of the shell but not those of the program, and characters beyond ASCII may
/// be changed to ones that mean something ("best fit"). What is left is put in quotes.
constexpr Escapes cmd_table =
    Escapes(Beyond::refuse).refuse_controls().refuse("\"%!^").substitute("_");

Encoded cmd(std::string_view text, OnUnsafe on_unsafe) {
  auto out = escaped(cmd_table, text, on_unsafe, "\"");
  if (!out) return out;
  // Backslashes before a quote are halved by the program that is called.
  const std::size_t last = out->find_last_not_of('\\');
  *out += std::string(out->size() - 1 - last, '\\');
  *out += '"';
  return out;
}

/// An operand that is no option: nothing is quoted, the text is passed by exec as it is.
Encoded arg(std::string_view text, OnUnsafe on_unsafe) {
  constexpr static Escapes table(Beyond::bytes);
  if (!text.starts_with('-')) return escaped(table, text, on_unsafe);
  if (on_unsafe == OnUnsafe::reject) {
    return std::unexpected(Unsafe{0, "a leading - makes it an option"});
  }
  return escaped(table, text, on_unsafe, "./");
}

/// Of printf(1), and C's where no argument follows: a format that prints the text.
constexpr Escapes printf_table = Escapes(Beyond::bytes)
                                     .write("%", [](unsigned char) { return Escape("%%"); })
                                     .write({"\\\0", 2}, octal);

Encoded printf_format(std::string_view text, OnUnsafe on_unsafe) {
  auto out = escaped(printf_table, text, on_unsafe);
  if (out && out->starts_with('-')) out->replace(0, 1, octal('-').text());
  return out;
}
std::optional<std::string> read_printf(std::string_view encoded) {
  const Escape dash = octal('-');
  if (!encoded.starts_with(dash.text())) return unescaped(printf_table, encoded);
  auto rest = unescaped(printf_table, encoded.substr(dash.size));
  if (rest) rest->insert(0, "-");
  return rest;
}

/// `%` is a line break in the command of a crontab (crontab(5)), and a backslash before it takes
/// that away; cron reads pairs of backslashes, but leaves both: one alone cannot stand before `%`.
constexpr Escapes crontab_table =
    Escapes(Beyond::bytes).before("%", "\\").refuse("\n").substitute("");

/// `_` for each `%` behind an odd number of backslashes.
std::string without_odd_percent(std::string_view text) {
  std::string out(text);
  bool odd = false;
  for (char& c : out) {
    const bool wrong = c == '%' && odd;
    odd = c == '\\' && !odd;
    if (wrong) c = '_';
  }
  return out;
}

Encoded crontab(std::string_view text, OnUnsafe on_unsafe) {
  const std::string plain = without_odd_percent(text);
  const auto odd = std::ranges::mismatch(text, plain).in1;
  if (odd != text.end() && on_unsafe == OnUnsafe::reject) {
    return std::unexpected(Unsafe{static_cast<std::size_t>(odd - text.begin()),
                                  "a % behind a single backslash cannot stand there"});
  }
  return escaped(crontab_table, plain, on_unsafe);
}
std::optional<std::string> read_crontab(std::string_view encoded) {
  return unescaped(crontab_table, encoded);
}

/// Of a recipe: make replaces what begins with `$` and hands the rest to the shell.
constexpr Escapes make_table =
    Escapes(Beyond::bytes).write("$", [](unsigned char) { return Escape("$$"); }).refuse("\n");

Encoded make(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(make_table, text, on_unsafe);
}
std::optional<std::string> read_make(std::string_view encoded) {
  return unescaped(make_table, encoded);
}

constexpr std::array<Context, 9> all{{
    {"sh", "a word in a script for sh, dash, bash, ksh, zsh or busybox", sh, read_sh},
    {"bash-ansi", "a word for bash, ksh, zsh or busybox, typed at a terminal too, in ASCII",
     bash_ansi, read_bash_ansi},
    {"fish", "a word for fish", fish, read_fish},
    {"powershell", "a string for PowerShell", powershell, nullptr},
    {"cmd", "a word for cmd.exe; most of what is not a plain word is refused", cmd, nullptr},
    {"arg", "an operand in a list of arguments: what begins with - is refused", arg, nullptr},
    {"printf", "text in a format of printf(1), before it is made a word of the shell",
     printf_format, read_printf},
    {"crontab", "a command in a crontab, with its words written for sh already", crontab,
     read_crontab},
    {"make", "a line of a recipe in a Makefile, with its words written for sh already", make,
     read_make},
}};

}  // namespace

std::span<const Context> shell_contexts() { return all; }

}  // namespace gird::text
