#include "detect/arg.hpp"

#include <algorithm>
#include <array>

#include "detect/arg_words.hpp"
#include "detect/bytes.hpp"
#include "detect/shell_command.hpp"

namespace gird::detect {
namespace {

using arg::Effect;

// A value longer than this is a text that begins with a dash.
constexpr std::size_t longest = 400;

// `<file>`, `[dir]`, `FILE`, `...`: what manuals put in the place of a value.
bool is_placeholder(std::string_view value) {
  if (value.empty() || std::string_view("<[{(|\"`,").contains(value[0]) || value.starts_with("..."))
    return true;
  const std::string_view word = part(value, 0, value.find_first_of(" \t,;:)"));
  return std::ranges::none_of(word, lower_case) && std::ranges::any_of(word, upper_case) &&
         word.find_first_of("/\\.~") == std::string_view::npos;
}

std::string_view first_word(std::string_view text) {
  return part(text, 0, text.find_first_of(" \t"));
}

bool is_one_word(std::string_view text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n\"'");
  return end == std::string_view::npos ||
         part(text, 0, end + 1).find_first_of(" \t\r\n") == std::string_view::npos;
}

// `/x`, `../x`, `~/x`, `C:\x`, `a/b`, `x.sh`
bool is_path(std::string_view word) {
  if (word.find_first_of("<>|*{}") != std::string_view::npos) return false;
  if (word.starts_with('/') || word.starts_with("~") || word.starts_with(".."))
    return word.size() > 1;
  if (word.find('/') != std::string_view::npos || word.find('\\') != std::string_view::npos)
    return true;
  const std::size_t dot = word.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < word.size() && letter(word[dot + 1]);
}

// A program's name or path, or one of a shell's own signs.
bool is_command_line(std::string_view value) {
  if (value.find_first_of(";|&$`") != std::string_view::npos) return true;
  const std::string_view word = first_word(value);
  if (word.starts_with('/') || word.starts_with("./") || word.starts_with("../")) return true;
  const shell::Command command = shell::read_command(value, 0);
  return command.known() && (command.bare() || command.firm() || command.shape.plain <= 1);
}

void long_option(std::string_view text, std::size_t at, Signs& signs) {
  const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-", at + 2);
  if (end == std::string_view::npos || end == at + 2) return;
  const std::string_view name = part(text, at + 2, end - at - 2);
  const bool equals = text[end] == '=';
  if (!equals && !gap(text[end])) return;
  const std::string_view value = part(text, end + 1);
  if (is_placeholder(value)) return;
  const Span where{at, end + 1 + first_word(value).size()};
  switch (arg::effect_of(name)) {
    case Effect::runs:
      if (equals || is_command_line(value) || is_one_word(value)) signs.add("arg/runs", where);
      return;
    case Effect::loads:
      if (arg::is_git_key(part(value, 0, value.find('=')))) return signs.add("arg/runs", where);
      if (equals && is_one_word(value) && is_path(value)) signs.add("arg/loads", where);
      return;
    case Effect::writes:
      if (equals && is_one_word(value) && (is_path(value) || digits_end(value, 0) > 0)) {
        signs.add("arg/writes", where);
      }
      return;
    default:
      if (equals && is_one_word(value)) signs.add("arg/option", where);
  }
}

// `-oProxyCommand=x`
bool ssh_option(std::string_view text, std::size_t at, Signs& signs) {
  if (text[at + 1] != 'o' && text[at + 1] != 'O') return false;
  std::size_t begin = at + 2;
  while (gap(at_or_nul(text, begin))) ++begin;
  const std::size_t end = name_end(text, begin);
  if (at_or_nul(text, end) != '=' && !gap(at_or_nul(text, end))) return false;
  if (!arg::is_ssh_option(part(text, begin, end - begin))) return false;
  signs.add("arg/runs", {at, end + 1});
  return true;
}

// `-c core.pager=x`
bool git_option(std::string_view text, std::size_t at, Signs& signs) {
  if (text[at + 1] != 'c') return false;
  std::size_t begin = at + 2;
  while (gap(at_or_nul(text, begin))) ++begin;
  const std::size_t end = text.find('=', begin);
  if (end == std::string_view::npos || end > begin + 64) return false;
  if (!arg::is_git_key(part(text, begin, end - begin))) return false;
  signs.add("arg/runs", {at, end + 1});
  return true;
}

// `-e sh`, `-exec id`, `-o/tmp/x`
void short_option(std::string_view text, std::size_t at, Signs& signs) {
  if (ssh_option(text, at, signs) || git_option(text, at, signs)) return;
  const std::size_t end = name_end(text, at + 1);
  const std::string_view name = part(text, at + 1, end - at - 1);
  if (gap(at_or_nul(text, end)) && arg::is_short_runner(name)) {
    const std::string_view value = part(text, end + 1);
    if (!is_placeholder(value) && is_command_line(value)) signs.add("arg/runs", {at, end + 1});
    return;
  }
  const std::string_view word = first_word(part(text, at));
  const bool glued = word.size() > 2 && is_path(part(word, 2));
  const bool more = at + word.size() < text.size();
  if (glued && (!more || at_or_nul(text, at + word.size() + 1) == '-')) {
    signs.add("arg/short-path", {at, at + word.size()});
  } else if (!more && name.size() + 1 == word.size()) {
    signs.add("arg/option", {at, end});
  }
}

// `ssh://-oProxyCommand=x/y`, `ext::sh -c x`: an address that git hands to a program as an option.
void remote(std::string_view text, Signs& signs) {
  if (text.starts_with("ext::") && text.size() > 5 && letter_or_digit(text[5])) {
    return signs.add("arg/remote", {0, 6});
  }
  const std::size_t host = part(text, 0, 16).find("://-");
  if (host != std::string_view::npos && letter(at_or_nul(text, host + 4))) {
    signs.add("arg/remote", {0, host + 5});
  }
}

}  // namespace

void arg_signs(std::string_view text, Signs& signs) {
  if (text.size() < 3 || text.size() > longest) return;
  std::size_t at = 0;
  while (at < text.size() && std::string_view(" \t\"'").contains(text[at])) ++at;
  if (at_or_nul(text, at) != '-') return remote(text, signs);
  if (at_or_nul(text, at + 1) == '-') return long_option(text, at, signs);
  if (letter(at_or_nul(text, at + 1))) short_option(text, at, signs);
}

}  // namespace gird::detect
