// Pouring rows into shell templates.
#include "cli/completion.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "cli/groups.hpp"

namespace gird::cli {
namespace {

/// `retry` and `buffer` are packages of Debian, `log` is a zsh builtin, `status` a fish builtin.
constexpr std::array<std::string_view, 5> unclaimed{"json-repair", "probe-health", "breaker-run",
                                                    "sec-audit", "rate-limit"};

constexpr std::array<Choice<Shell>, 3> shells{{
    {"bash", Shell::bash, "needs the package bash-completion"},
    {"zsh", Shell::zsh, "the completion system of compinit"},
    {"fish", Shell::fish, "version 3.4 or later"},
}};

/// `text` in single quotes, as bash and zsh read it.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char letter : text) {
    if (letter == '\'') {
      out += "'\\''";
    } else {
      out += letter;
    }
  }
  return out + "'";
}

/// `text` in single quotes, as fish reads it.
std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') out += '\\';
    out += letter;
  }
  return out + "'";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> flags_of(const Row& row) {
  std::vector<std::string> flags;
  if (row.letter() != '\0') flags.push_back(std::string("-") + row.letter());
  if (has_long_name(row)) flags.emplace_back(row.long_name());
  return flags;
}

/// The flags of all options that take a value, or of all that take none.
std::vector<std::string> flags_of(const Rows& rows, bool valued) {
  std::vector<std::string> all;
  for (const Row& row : rows) {
    if (row.is_heading() || row.is_operand() || row.takes_next() != valued) continue;
    for (std::string& flag : flags_of(row)) all.push_back(std::move(flag));
  }
  return all;
}

std::string names(const Catalogue& catalogue) {
  std::string text;
  for (const std::string_view name : catalogue.names()) {
    text.append(text.empty() ? "" : " ").append(name);
  }
  return text;
}

/// The programs the script is for.
std::string programs(const Catalogue& catalogue) {
  std::string text = "gird";
  for (const std::string_view name : catalogue.names()) text.append(" gird-").append(name);
  for (const std::string_view name : free_names(catalogue)) text.append(" ").append(name);
  return text;
}

/// Which of a command's operands a row is: "1", "2", ..., or "*" for all that follow.
std::string position(const Row& row, std::size_t index) {
  return row.repeats() ? "*" : std::to_string(index + 1);
}

// bash: two `case` statements, one for the flags and one for what may stand behind them.

std::string bash_options(const Catalogue& catalogue) {
  std::string out;
  for (const Command* command : catalogue.commands) {
    const Form form = form_of(*command);
    out.append("    ").append(command->name).append(")\n");
    out += "      flags=" + quoted(joined(flags_of(form.rows, false))) + "\n";
    out += "      valued=" + quoted(joined(flags_of(form.rows, true))) + "\n";
    if (command->kind == Kind::wrapper) out += "      wraps=yes\n";
    out += "      ;;\n";
  }
  return out;
}

std::string bash_value(const Command& command, const Row& row,
                       const std::vector<std::string>& keys) {
  std::string action;
  if (const std::vector<Word> words = row.words(); !words.empty()) {
    std::string list;
    for (const Word& word : words) list.append(list.empty() ? "" : " ").append(word.name);
    action += " choices=" + quoted(list);
  }
  switch (row.completes()) {
    case Completes::nothing: break;
    case Completes::file: action += " from=file"; break;
    case Completes::directory: action += " from=directory"; break;
    case Completes::program: action += " from=program"; break;
  }
  if (action.empty()) return {};
  std::string pattern;
  for (const std::string& key : keys) {
    pattern += (pattern.empty() ? "" : " | ") + quoted(std::string(command.name) + " " + key);
  }
  return "    " + pattern + ")" + action + " ;;\n";
}

std::string bash_values(const Catalogue& catalogue) {
  std::string out;
  for (const Command* command : catalogue.commands) {
    const Form form = form_of(*command);
    for (const Row& row : form.rows) {
      if (row.is_heading() || row.is_operand() || !row.takes_next()) continue;
      out += bash_value(*command, row, flags_of(row));
    }
    if (command->kind == Kind::wrapper) continue;
    const std::vector<const Row*> given = operands(form.rows);
    for (std::size_t i = 0; i < given.size(); ++i) {
      out += bash_value(*command, *given[i], {position(*given[i], i)});
    }
  }
  return out;
}

// zsh: one call of _arguments for each command.

/// `text` with a backslash before each of `special`.
std::string guarded(std::string_view text, std::string_view special) {
  std::string out;
  for (const char letter : text) {
    if (special.contains(letter)) out += '\\';
    out += letter;
  }
  return out;
}

/// "((inherit\:one\ stream replay\:the\ same))": evaluated once, so everything odd is guarded; a
/// colon inside a word needs a guard that outlives the evaluation.
std::string zsh_words(const std::vector<Word>& words) {
  constexpr std::string_view odd = " \t\"'\\`$&;()[]{}<>|*?~#!:";
  std::string list;
  for (const Word& word : words) {
    list += list.empty() ? "" : " ";
    for (const char letter : word.name) {
      list += letter == ':' ? std::string("\\\\\\:") : guarded({&letter, 1}, odd);
    }
    if (!word.help.empty()) list += "\\:" + guarded(word.help, odd);
  }
  return "((" + list + "))";
}

std::string zsh_files(Completes what) {
  switch (what) {
    case Completes::nothing: return " ";
    case Completes::file: return "_files";
    case Completes::directory: return "_files -/";
    case Completes::program: return "_command_names -e";
  }
  return " ";
}

std::string zsh_action(const Row& row) {
  const std::vector<Word> words = row.words();
  std::string files = zsh_files(row.completes());
  if (words.empty()) return files;
  if (row.completes() == Completes::nothing) return zsh_words(words);
  return "{ _alternative " + quoted("words:word:" + zsh_words(words)) + " " +
         quoted("others:file:" + files) + " }";
}

std::string zsh_option(const Row& row) {
  const std::string key(row.key());
  const bool ends = key == "help" || key == "version" || key == "-h";
  const std::vector<std::string> flags = flags_of(row);
  std::string before;
  if (ends) {
    before = "(- *)";
  } else if (row.repeats()) {
    before = "*";
  } else if (flags.size() > 1) {
    before = "(" + joined(flags) + ")";
  }
  std::string names;
  for (const std::string& flag : flags) {
    const bool is_long = flag.starts_with("--");
    names += names.empty() ? "" : ",";
    const char* how = is_long ? (row.stands_alone() ? "=-" : "=") : "+";
    const bool bare = row.is_flag() || (row.stands_alone() && !is_long);
    names += flag + (bare ? "" : how);
  }
  std::string after = "[" + guarded(row.help(), "\\[]") + "]";
  if (row.stands_alone()) after += ":";
  if (!row.is_flag()) after += ":" + guarded(row.placeholder(), "\\:") + ":" + zsh_action(row);
  const std::string alternatives = flags.size() > 1 ? "{" + names + "}" : names;
  return (before.empty() ? "" : quoted(before)) + alternatives + quoted(after);
}

std::string zsh_commands(const Catalogue& catalogue) {
  std::string out;
  for (const Command* command : catalogue.commands) {
    const Form form = form_of(*command);
    const bool wraps = command->kind == Kind::wrapper;
    out.append("    (").append(command->name).append(")\n");
    out += wraps ? "      _gird_behind_dashes && return\n" : "";
    out += wraps ? "      _arguments -s -S -A '-*'" : "      _arguments -s -S";
    for (const Row& row : form.rows) {
      if (!row.is_heading() && !row.is_operand()) out += " \\\n        " + zsh_option(row);
    }
    const std::vector<const Row*> given = operands(form.rows);
    for (std::size_t i = 0; i < given.size() && !wraps; ++i) {
      out += " \\\n        " +
             quoted(position(*given[i], i) + ":" + guarded(given[i]->long_name(), "\\:") + ":" +
                    zsh_action(*given[i]));
    }
    if (wraps) out += " \\\n        '(-)1: :{ _command_names -e }' '*:: :_normal'";
    out += "\n      ;;\n";
  }
  return out;
}

std::string zsh_names(const Catalogue& catalogue) {
  std::string out;
  for (const Command* command : catalogue.commands) {
    out +=
        "    " + quoted(std::string(command->name) + ":" + guarded(command->summary, "\\:")) + "\n";
  }
  return out;
}

// fish: one `complete` for each option.

std::string fish_words(const std::vector<Word>& words) {
  std::string list;
  for (const Word& word : words) {
    list.append(list.empty() ? "" : " ").append(word.name);
    if (!word.help.empty()) list += "\\t\"" + guarded(word.help, "\"$\\") + "\"";
  }
  return list;
}

std::string fish_action(const Row& row) {
  std::string list = fish_words(row.words());
  const auto append = [&](std::string_view more) {
    list.append(list.empty() ? "" : " ").append(more);
  };
  if (row.completes() == Completes::directory) append("(__fish_complete_directories)");
  if (row.completes() == Completes::program) append("(__fish_complete_command)");
  std::string action = row.completes() == Completes::file ? " -F" : " -f";
  if (!list.empty()) action += " -a " + fish_quoted(list);
  return action;
}

std::string fish_option(const Command& command, const Row& row) {
  std::string line = "    complete -c $program -n '__gird_in " + std::string(command.name) + "'";
  if (row.letter() != '\0') line += std::string(" -s ") + row.letter();
  if (has_long_name(row)) line.append(" -l ").append(row.key());
  if (row.takes_next()) line += " -r" + fish_action(row);
  return line + " -d " + fish_quoted(row.help()) + "\n";
}

std::string fish_commands(const Catalogue& catalogue) {
  std::string out;
  for (const Command* command : catalogue.commands) {
    const Form form = form_of(*command);
    const std::string name(command->name);
    for (const Row& row : form.rows) {
      if (!row.is_heading() && !row.is_operand()) out += fish_option(*command, row);
    }
    if (command->kind == Kind::wrapper) {
      out += "    complete -c $program -n '__gird_runs " + name + "' -a '(__gird_command_line)'\n";
      continue;
    }
    const std::vector<const Row*> given = operands(form.rows);
    for (std::size_t i = 0; i < given.size(); ++i) {
      const std::string action = fish_action(*given[i]);
      if (action == " -f") continue;
      out += "    complete -c $program -n '__gird_at " + name + " " + std::to_string(i) +
             (given[i]->repeats() ? " more" : "") + "'" + action + "\n";
    }
  }
  return out;
}

std::string fish_names(const Catalogue& catalogue) {
  std::string out;
  for (const Command* command : catalogue.commands) {
    out += "complete -c gird -n __gird_at_name -a " + std::string(command->name) + " -d " +
           fish_quoted(command->summary) + "\n";
  }
  return out;
}

/// The options of each command that take the next word.
std::string fish_valued(const Catalogue& catalogue) {
  std::string out;
  for (const Command* command : catalogue.commands) {
    const std::vector<std::string> valued = flags_of(form_of(*command).rows, true);
    if (valued.empty()) continue;
    out.append("        case ").append(command->name);
    out += "\n            printf '%s\\n' " + joined(valued) + "\n";
  }
  return out;
}

std::string wrappers(const Catalogue& catalogue) {
  std::string text;
  for (const Command* command : catalogue.commands) {
    if (command->kind != Kind::wrapper) continue;
    text.append(text.empty() ? "" : " ").append(command->name);
  }
  return text;
}

using Slot = std::pair<std::string_view, std::string>;

/// `text` with each "@NAME@" of `slots` replaced.
std::string poured(std::string_view text, const std::vector<Slot>& slots) {
  std::string out;
  while (!text.empty()) {
    const std::size_t at = std::min(text.find('@'), text.size());
    out += text.substr(0, at);
    text.remove_prefix(at);
    const auto fits = [&](const Slot& slot) { return text.starts_with(slot.first); };
    const auto slot = std::ranges::find_if(slots, fits);
    if (slot != slots.end()) {
      out += slot->second;
      text.remove_prefix(slot->first.size());
    } else if (!text.empty()) {
      out += '@';
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace

std::span<const Choice<Shell>> choices(Shell) { return shells; }

std::vector<std::string_view> free_names(const Catalogue& catalogue) {
  std::vector<std::string_view> names;
  for (const std::string_view name : unclaimed) {
    if (catalogue.command(name) != nullptr) names.push_back(name);
  }
  return names;
}

std::string completion_script(Shell shell, const Catalogue& catalogue) {
  switch (shell) {
    case Shell::bash:
      return poured(catalogue.page("completions/bash"), {{"@NAMES@", names(catalogue)},
                                                         {"@PROGRAMS@", programs(catalogue)},
                                                         {"@OPTIONS@\n", bash_options(catalogue)},
                                                         {"@VALUES@\n", bash_values(catalogue)}});
    case Shell::zsh:
      return poured(catalogue.page("completions/zsh"), {{"@NAMES@\n", zsh_names(catalogue)},
                                                        {"@PROGRAMS@", programs(catalogue)},
                                                        {"@COMMANDS@\n", zsh_commands(catalogue)}});
    case Shell::fish:
      return poured(catalogue.page("completions/fish"),
                    {{"@NAMES@\n", fish_names(catalogue)},
                     {"@PROGRAMS@", programs(catalogue)},
                     {"@WRAPPERS@", wrappers(catalogue)},
                     {"@VALUED@\n", fish_valued(catalogue)},
                     {"@COMMANDS@\n", fish_commands(catalogue)}});
  }
  return {};
}

}  // namespace gird::cli
