#include "detect/shell.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"
#include "detect/shell_command.hpp"
#include "detect/shell_forms.hpp"

namespace gird::detect {
namespace {

using shell::Command;
using shell::Kind;

// Where something of a shell may begin.
constexpr ByteSet opens(";|&\n`$<>({\\");
// What the first word of a command may begin with.
constexpr ByteSet starts_command(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/'\"\\$({[<>!.*?");

// What stands between two commands.
struct Lead {
  std::size_t at = 0;
  std::size_t next = 0;  // where the command may begin
  char op = '\0';
  bool twice = false;  // `||`, `&&`
};

class Scan {
 public:
  Scan(std::string_view text, Signs& signs) : text_(text), signs_(signs) {}

  void run(std::size_t first) {
    head_ = head_end();
    transcript_ =
        text_.size() > 2 && std::string_view("$#%>").contains(text_[0]) && text_[1] == ' ';
    begin();
    for (std::size_t at = first; at < text_.size();) {
      at = opens.find(text_, std::max(at + 1, visit(at)));
    }
  }

 private:
  // Where the second word of the text begins: what is led before it comes as early as an attacker,
  // who ends what he is put into, lets it come.
  [[nodiscard]] std::size_t head_end() const {
    std::size_t at = 0;
    while (at < text_.size() && !letter_or_digit(text_[at]) && !starts_separator(at)) ++at;
    while (at < text_.size() && !blank(text_[at])) ++at;
    while (at < text_.size() && blank(text_[at])) ++at;
    return at;
  }

  [[nodiscard]] bool starts_separator(std::size_t at) const {
    return std::string_view(";|&").contains(text_[at]);
  }

  // What is at `at`; where to go on.
  std::size_t visit(std::size_t at) {
    switch (text_[at]) {
      case ';':
      case '|':
      case '&':
      case '\n': return separator(at);
      case '\\': return written_line(at);
      case '`': return backtick(at);
      case '$': return dollar(at);
      case '<':
      case '>': shell::angle(text_, at, signs_); break;
      case '{':
        if (at == 0 || text_[at - 1] != '$') shell::brace_list(text_, at, signs_);
        break;
      default: shell::parenthesis(text_, at, signs_); break;
    }
    return at + 1;
  }

  // The command that the text itself is, without anything before it.
  void begin() {
    std::size_t at = text_.find_first_not_of(" \t\r\n");
    if (at == std::string_view::npos || !starts_command.has(text_[at])) return;
    shell::alias(text_, at, signs_);
    Command command = shell::read_command(text_, at);
    if (!command.known() && (text_[at] == '\'' || text_[at] == '"')) {
      command = shell::read_command(text_, ++at);
    }
    begun_ = command.known();
    if (!command.known() || command.shape.foreign || command.stop == '(') return;
    disguise(command, true);
    if (command.input) signs_.add("shell/input", command.where);
    if (command.shape.secret || runs_string(command) || serves(command)) {
      signs_.add("shell/command-sure", command.where);
    } else if (command.absolute && command.firm()) {
      signs_.add("shell/command-path", command.where);
    } else if (command.program.kind == Kind::plain && command.shape.path &&
               command.shape.plain == 0 && !command.shape.expansion) {
      signs_.add("shell/command-file", command.where);
    } else if (command.firm() && (command.program.kind == Kind::plain || only_firm(command))) {
      signs_.add("shell/command", command.where);
    }
  }

  // Nothing but options, paths and files follows its name.
  static bool only_firm(const Command& command) {
    return command.shape.plain == 0 && !command.shape.number;
  }

  // `nc -e /bin/sh`, `nohup x > /dev/null`, `whoami;`
  static bool serves(const Command& command) {
    static constexpr std::array<std::string_view, 5> names = {"nc", "ncat", "netcat", "socat",
                                                              "telnet"};
    const bool pipes = std::ranges::find(names, command.program.name) != names.end();
    const bool cut = command.program.kind == Kind::plain && command.bare() && command.stop == ';';
    return (pipes && command.shape.flag && command.shape.path) ||
           (command.prefixed && command.shape.redirect) || cut;
  }

  // `bash -c "id"`
  static bool runs_string(const Command& command) {
    return command.program.name.ends_with("sh") && command.program.is(shell::shells) &&
           command.shape.flag && command.shape.quoted;
  }

  // A name that is written so that it does not look like one.
  void disguise(const Command& command, bool first) {
    const bool alone = first && command.bare() && command.program.kind != Kind::plain;
    const bool quoted = (command.quoted || command.hidden) && command.firm();
    if ((command.split && !alone) || quoted) signs_.add("shell/disguised", command.where);
    if (command.glob) signs_.add("shell/glob", command.where);
    if (command.ifs) signs_.add("shell/ifs", command.where);
  }

  [[nodiscard]] Lead lead_at(std::size_t at) const {
    Lead lead{at, at + 1, text_[at], false};
    if (lead.op != '\n' && at_or_nul(text_, lead.next) == lead.op) {
      lead.twice = true;
      ++lead.next;
    }
    return lead;
  }

  // `\n` or `\r` as it is written in strings: what unescapes it later sees a line end.
  std::size_t written_line(std::size_t at) {
    const char kind = at_or_nul(text_, at + 1);
    if (kind != 'n' && kind != 'r') return at + 2;
    const std::size_t start = shell::skip_blanks(text_, at + 2);
    if (at_or_nul(text_, start) == '.') shell::dot_command(text_, start, signs_);
    const Command command = shell::read_command(text_, at + 2);
    if (command.known() && !command.shape.foreign && command.stop != '(') {
      line({at, at + 2, '\n', false}, command);
    }
    return at + 2;
  }

  std::size_t separator(std::size_t at) {
    const Lead lead = lead_at(at);
    if (lead.op == '&' && at > 0 && (text_[at - 1] == '>' || text_[at - 1] == '<'))
      return lead.next;
    const std::size_t start = shell::skip_blanks(text_, lead.next);
    if (start >= text_.size() || !starts_command.has(text_[start])) return lead.next;
    if (text_[start] == '$') shell::assigned(text_, at, start, signs_);
    if (text_[start] == 'a') shell::alias(text_, start, signs_);
    if (text_[start] == '.') shell::dot_command(text_, start, signs_);
    const Command command = shell::read_command(text_, lead.next);
    if (command.shell_itself) itself(command, command.where.begin == lead.next);
    if (command.known() && !command.shape.foreign && command.stop != '(') chained(lead, command);
    return lead.next;
  }

  // `$0 -c id`: whatever shell it is runs another.
  void itself(const Command& command, bool tight) {
    if (command.shape.flag || command.shape.redirect || (tight && command.bare())) {
      signs_.add("shell/itself", command.where);
    }
  }

  [[nodiscard]] bool early(const Lead& lead) const { return lead.at <= head_ && lead.at < 64; }

  // Its name or its arguments leave no doubt.
  static bool loud(const Command& command) {
    return command.firm() || command.absolute ||
           (command.program.kind == Kind::plain && command.shape.plain <= 2);
  }

  // Behind a pipe in the manual of any filter.
  [[nodiscard]] bool usual(const Lead& lead, const Command& command) const {
    if (command.program.is(shell::builds)) return !early(lead);
    if (lead.op != '|' || lead.twice || !gap(lead.at > 0 ? text_[lead.at - 1] : '|')) return false;
    return command.program.is(shell::filters) || (begun_ && !command.shape.url);
  }

  void chained(const Lead& lead, const Command& command) {
    disguise(command, false);
    const Span where{lead.at, command.where.end};
    if (lead.op == '\n') return line(lead, command);
    if (lead.op == '|' && !lead.twice && feeds_shell(command)) {
      signs_.add(early(lead) ? "shell/pipe-to-shell" : "shell/pipe-to-shell-inside", where);
    }
    if (loud(command) && !transcript_ && !usual(lead, command)) {
      signs_.add(early(lead) ? "shell/chain" : "shell/chain-inside", where);
    } else if ((early(lead) || broken_out(lead, command)) && alone(lead, command)) {
      signs_.add("shell/chain-bare", where);
    } else if (loud(command) || (command.bare() && command.program.kind != Kind::word)) {
      signs_.add("shell/chain-loose", where);
    }
  }

  static bool feeds_shell(const Command& command) {
    return command.program.is(shell::shells) && (command.bare() || command.shape.flag) &&
           command.shape.plain == 0 && command.stop != '|';
  }

  // `;id`, `|id|`: nothing but the name, and the separator belongs to it.
  [[nodiscard]] bool alone(const Lead& lead, const Command& command) const {
    const bool starts = text_.find_first_not_of(" \t'\"") == lead.at;
    const bool tight = command.where.begin == lead.next;
    if (!command.bare() || command.stop == ')') return false;
    if (starts || lead.twice) return tight || command.program.kind != Kind::word || ends(command);
    if (broken_out(lead, command)) return true;
    const bool listed = lead.op == '|' && (lead.at == 0 || letter_or_digit(text_[lead.at - 1])) &&
                        part(text_, 0, lead.at).find_first_of("/.") == std::string_view::npos;
    return tight && lead.op != '&' && !listed && text_.find(lead.op) == lead.at && ends(command);
  }

  // `'; id #`: a quote is closed before it, and what is behind it is separated or commented out.
  [[nodiscard]] bool broken_out(const Lead& lead, const Command& command) const {
    const char before = lead.at > 0 ? text_[lead.at - 1] : '\0';
    return (before == '\'' || before == '"') && command.stop != '\0' &&
           std::string_view(";#|&").contains(command.stop);
  }

  // Nothing more is said behind it.
  [[nodiscard]] bool ends(const Command& command) const {
    // The `n` of a line end that is written out is no letter of a text.
    const std::size_t behind = command.where.end + (command.stop == '\\' ? 2 : 0);
    return std::ranges::none_of(part(text_, std::min(behind, text_.size())), letter);
  }

  void line(const Lead& lead, const Command& command) {
    const Span where{lead.at, command.where.end};
    const bool starts = command.bare() && lead.at < 8 && ends(command) &&
                        std::ranges::none_of(part(text_, 0, lead.at), letter_or_digit);
    if ((early(lead) && loud(command)) || starts) {
      signs_.add("shell/line", where);
    } else if (command.firm()) {
      signs_.add("shell/line-inside", where);
    }
  }

  std::size_t dollar(std::size_t at) {
    shell::expansion(text_, at, signs_);
    if (at_or_nul(text_, at + 1) != '(' || at_or_nul(text_, at + 2) == '(') return at + 1;
    const Command command = shell::read_command(text_, at + 2);
    if (!command.known() || command.shape.foreign || command.stop == '(' || is_jquery(command))
      return at + 2;
    disguise(command, false);
    const Span where{at, command.where.end};
    if (command.program.is(shell::builds)) {
      signs_.add("shell/substitution-build", where);
    } else if (!transcript_ && (command.firm() || command.program.kind == Kind::plain)) {
      signs_.add("shell/substitution", where);
    } else {
      signs_.add(joined(at) ? "shell/substitution-joined" : "shell/substitution-bare", where);
    }
    return at + 2;
  }

  // Part of a longer word, or of a value that has begun with a separator: no variable of a script.
  [[nodiscard]] bool joined(std::size_t at) const {
    const std::size_t first = text_.find_first_not_of(" \t'\"");
    if (std::string_view(";|&\n").contains(text_[first])) return true;
    return at > 0 &&
           (letter_or_digit(text_[at - 1]) || text_[at - 1] == ')' || text_[at - 1] == '}');
  }

  // `$(file).hide()`
  [[nodiscard]] bool is_jquery(const Command& command) const {
    return command.bare() && command.stop == ')' &&
           at_or_nul(text_, command.where.end + 1) == '.' &&
           lower_case(at_or_nul(text_, command.where.end + 2));
  }

  std::size_t backtick(std::size_t at) {
    const bool fence = at_or_nul(text_, at + 1) == '`';
    if (fence) {
      while (at_or_nul(text_, at) == '`') ++at;
      return at;
    }
    open_ = !open_;
    if (!open_) return at + 1;
    const Command command = shell::read_command(text_, at + 1);
    if (!command.known() || command.shape.foreign || command.stop == '(') return at + 1;
    disguise(command, false);
    quoted_name(at, command);
    return at + 1;
  }

  // Prose sets names of programs in backticks too, with blanks around them.
  void quoted_name(std::size_t at, const Command& command) {
    const Span where{at, command.where.end};
    const bool prints = command.program.is(shell::prints) && !command.bare();
    const bool sure =
        command.firm() || command.absolute || command.program.kind == Kind::plain || prints;
    const bool closed = command.stop != '\0' && !blank(command.stop);
    if (command.shape.secret) {
      signs_.add("shell/backtick", where);
    } else if (!(glued(at) || whole(at, command)) || !closed || command.program.is(shell::builds)) {
      signs_.add(sure ? "shell/backtick-prose" : "shell/backtick-name", where);
    } else {
      signs_.add(sure ? "shell/backtick" : "shell/backtick-bare", where);
    }
  }

  [[nodiscard]] bool glued(std::size_t at) const {
    if (at == 0) return false;
    const char before = text_[at - 1];
    if (before == '(') return at > 1 && (name_byte(text_[at - 2]) || text_[at - 2] == '$');
    return letter_or_digit(before) || std::string_view("=;|&$.}").contains(before);
  }

  // The value is the substitution and nothing else.
  [[nodiscard]] bool whole(std::size_t at, const Command& command) const {
    const auto none = [&](std::size_t begin, std::size_t end) {
      return std::ranges::none_of(part(text_, begin, end - begin), letter);
    };
    if (at > 16 || !none(0, at)) return false;
    const std::size_t close = text_.find('`', command.where.end);
    return close != std::string_view::npos && none(close, text_.size());
  }

  std::string_view text_;
  Signs& signs_;
  std::size_t head_ = 0;
  bool transcript_ = false;
  bool open_ = false;
  bool begun_ = false;  // the text begins with a command, as a line of a manual does
};

// Values without a separator that are commands all the same, by their first bytes or by a pattern.
void patterns(std::string_view text, Signs& signs) {
  const std::size_t glob = text.find_first_of("*?[");
  if (glob == std::string_view::npos) return;
  for (std::size_t at = text.find("/e"); at != std::string_view::npos;
       at = text.find("/e", at + 2)) {
    shell::file_pattern(text, at, signs);
  }
}

}  // namespace

void shell_signs(std::string_view text, Signs& signs) {
  if (text.empty()) return;
  Scan(text, signs).run(opens.find(text));
  patterns(text, signs);
}

}  // namespace gird::detect
