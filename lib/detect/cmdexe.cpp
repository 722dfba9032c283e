#include "detect/cmdexe.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"
#include "detect/cmdexe_words.hpp"

namespace gird::detect {
namespace {

using cmdexe::Program;

constexpr ByteSet opens("&|;\n^%`");
constexpr ByteSet ends_word(" \t\r\n&|<>()/;,=+`\\");
constexpr ByteSet ends_argument(" \t\r\n&|;+`");
constexpr std::size_t longest_name = 24;
constexpr unsigned most_arguments = 8;

// One word in lower case, without its carets and quotes.
struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::array<char, longest_name> bytes{};
  std::size_t size = 0;
  unsigned carets = 0;  // between letters
  bool cut = false;

  [[nodiscard]] std::string_view text() const { return {bytes.data(), size}; }
  void keep(char c) {
    if (size == longest_name) {
      cut = true;
    } else {
      bytes.at(size++) = lower(c);
    }
  }
};

// A form sends a blank as `+`.
bool is_gap(char c) { return gap(c) || c == '+'; }

std::size_t skip_gaps(std::string_view text, std::size_t at) {
  while (at < text.size() && is_gap(text[at])) ++at;
  return at;
}

Word read_word(std::string_view text, std::size_t at) {
  Word word;
  while (at < text.size() && (text[at] == '@' || text[at] == '"')) ++at;
  word.begin = at;
  while (at < text.size() && !ends_word.has(text[at]) && !word.cut) {
    if (text[at] == '^') {
      if (word.size > 0 && letter(at_or_nul(text, at + 1))) ++word.carets;
    } else if (text[at] != '"') {
      word.keep(text[at]);
    }
    ++at;
  }
  word.end = at;
  return word;
}

const Program* named(const Word& word) {
  if (word.cut || word.size == 0) return nullptr;
  std::string_view name = word.text();
  if (name.ends_with(".exe")) name.remove_suffix(4);
  return cmdexe::program_of(name);
}

// `C:\x`, `c:`, `\\host\x`, `%X%\y`
bool is_path(std::string_view word) {
  while (!word.empty() && (word[0] == '"' || word[0] == '(')) word.remove_prefix(1);
  if (word.size() > 1 && letter(word[0]) && word[1] == ':')
    return word.size() == 2 || !letter_or_digit(word[2]);
  if (word.starts_with("\\\\") && name_byte(at_or_nul(word, 2))) return true;
  return word.size() > 2 && word[0] == '%' && letter(word[1]) &&
         word.find('%', 1) != std::string_view::npos;
}

bool is_switch(std::string_view word) {
  if (word.size() < 2 || word[0] != '/' || !letter_or_digit(word[1])) return false;
  const std::size_t end = name_end(word, 1);
  return end <= 13 && (end == word.size() || word[end] == ':');
}

// A command and what its arguments look like.
struct Command {
  const Program* program = nullptr;
  Word word;
  std::size_t end = 0;
  bool firm = false;      // arguments such as a program of Windows takes
  bool launches = false;  // starts or fetches something else
  bool redirect = false;
  bool url = false;
  bool foreign = false;  // the first argument is no argument: `=`, `:`
  unsigned arguments = 0;
};

bool launches(std::string_view name, std::string_view argument) {
  return std::ranges::any_of(cmdexe::launchers(), [&](const cmdexe::Launcher& launcher) {
    return launcher.name == name && starts_folded(argument, launcher.argument);
  });
}

bool is_verb(const Program& program, std::string_view argument) {
  for (std::size_t at = 0; at < program.verbs.size();) {
    const std::size_t end = std::min(program.verbs.find(' ', at), program.verbs.size());
    if (end > at && equals_folded(argument, part(program.verbs, at, end - at))) return true;
    at = end + 1;
  }
  return false;
}

void note(std::string_view argument, Command& command) {
  std::string_view name = command.program->name;
  if (argument.starts_with('>') || argument.starts_with('<')) command.redirect = true;
  if (command.arguments == 0) {
    command.foreign = argument.find_first_not_of("=:!?,.") == std::string_view::npos;
    command.firm = is_verb(*command.program, argument);
  }
  command.firm = command.firm || is_path(argument) || is_switch(argument);
  command.url = command.url || argument.find("://") != std::string_view::npos;
  command.launches = command.launches || launches(name, argument);
  ++command.arguments;
}

Command read_command(std::string_view text, std::size_t at) {
  Command command;
  command.word = read_word(text, skip_gaps(text, at));
  command.program = named(command.word);
  command.end = command.word.end;
  if (command.program == nullptr) return command;
  // `cd\` and `dir/s` need no blank.
  const char next = at_or_nul(text, command.end);
  if (next == '/' || next == '\\') {
    const std::size_t end = ends_argument.find(text, command.end);
    command.firm = next == '/' ? is_switch(part(text, command.end, end - command.end))
                               : end == command.end + 1;
  }
  while (command.arguments < most_arguments) {
    const std::size_t start = skip_gaps(text, command.end);
    if (start == command.end) break;
    const std::size_t end = std::min(ends_argument.find(text, start), start + 256);
    if (end == start) break;
    note(part(text, start, end - start), command);
    command.end = end;
  }
  return command;
}

// A word in lower case at `at`, letters alone.
std::string_view letters(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && letter(text[end])) ++end;
  return part(text, std::min(at, text.size()), end - std::min(at, text.size()));
}

bool is_any(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view one) { return equals_folded(word, one); });
}

class Scan {
 public:
  Scan(std::string_view text, Signs& signs) : text_(text), signs_(signs) {}

  void run() {
    head_ = head_end();
    begin();
    for (std::size_t at = opens.find(text_); at < text_.size(); at = opens.find(text_, at + 1))
      visit(at);
  }

 private:
  // Where the second word of the text begins.
  [[nodiscard]] std::size_t head_end() const {
    std::size_t at = 0;
    while (at < text_.size() && !letter_or_digit(text_[at])) ++at;
    while (at < text_.size() && !blank(text_[at])) ++at;
    while (at < text_.size() && blank(text_[at])) ++at;
    return at;
  }

  void visit(std::size_t at) {
    switch (text_[at]) {
      case '^': return caret(at);
      case '%': return percent(at);
      default: return separator(at);
    }
  }

  void begin() {
    const std::size_t at = skip_gaps(text_, 0);
    const char first = lower(at_or_nul(text_, at));
    if (first == 'f') loop(at);
    if (first == 'i') condition(at);
    const Command command = read_command(text_, at);
    if (command.program == nullptr || command.foreign) return;
    if (command.launches) {
      signs_.add("cmdexe/launch", {at, command.end});
    } else if (command.firm) {
      signs_.add("cmdexe/command", {at, command.end});
    }
  }

  void separator(std::size_t at) {
    if (at > 0 && text_[at - 1] == text_[at]) return;
    std::size_t next = at + 1;
    if (at_or_nul(text_, next) == text_[at]) ++next;
    next = skip_gaps(text_, next);
    const char first = lower(at_or_nul(text_, next));
    if (first == 'f') loop(next);
    if (first == 'i') condition(next);
    const Command command = read_command(text_, next);
    if (command.program != nullptr && !command.foreign && at_or_nul(text_, command.end) != '(') {
      chained(at, command);
    }
  }

  void chained(std::size_t at, const Command& command) {
    const Span where{at, command.end};
    const bool early = at <= head_ && at < 64;
    const bool loud =
        command.firm || (command.program->plain && (command.arguments == 0 || command.url));
    if (command.launches) {
      signs_.add("cmdexe/launch", where);
    } else if (loud && text_[at] != '\n') {
      signs_.add(early ? "cmdexe/chain" : "cmdexe/chain-inside", where);
    } else if (loud || (command.redirect && command.arguments > 1)) {
      signs_.add("cmdexe/chain-loose", where);
    }
  }

  // `w^h^o^a^m^i`: looked at from its first caret.
  void caret(std::size_t at) {
    if (at < done_) return;
    std::size_t begin = at;
    while (begin > 0 && at - begin < longest_name && letter(text_[begin - 1])) --begin;
    const Word word = read_word(text_, begin);
    done_ = word.end;
    if (word.carets > 0 && named(word) != nullptr && word.size > 2) {
      signs_.add("cmdexe/caret", {begin, word.end});
    }
  }

  void percent(std::size_t at) {
    const std::size_t end = name_end(text_, at + 1);
    if (end == at + 1 || end - at > 40) return;
    const std::string_view name = part(text_, at + 1, end - at - 1);
    if (at_or_nul(text_, end) == ':') return slice(at, end);
    if (at_or_nul(text_, end) != '%') return;
    if (equals_folded(name, "comspec")) signs_.add("cmdexe/comspec", {at, end + 1});
    static constexpr std::array<std::string_view, 8> folders = {
        "systemroot",  "windir", "appdata",     "userprofile",
        "programdata", "temp",   "systemdrive", "public"};
    if (at_or_nul(text_, end + 1) == '\\' && is_any(name, folders)) {
      signs_.add("cmdexe/folder", {at, end + 1});
    }
  }

  // `%PATH:~0,1%`
  void slice(std::size_t at, std::size_t colon) {
    if (at_or_nul(text_, colon + 1) != '~') return;
    std::size_t end = colon + 2;
    while (end < text_.size() && end < colon + 12 &&
           (digit(text_[end]) || text_[end] == '-' || text_[end] == ',')) {
      ++end;
    }
    if (end > colon + 2 && at_or_nul(text_, end) == '%') signs_.add("cmdexe/slice", {at, end + 1});
  }

  // `for /f "…" %x in (…) do`
  void loop(std::size_t at) {
    if (!equals_folded(letters(text_, at), "for") || !gap(at_or_nul(text_, at + 3))) return;
    const std::size_t last = std::min(text_.size(), at + 96);
    for (std::size_t i = at + 4; i + 4 < last; ++i) {
      if (text_[i] != '%' || !gap(text_[i - 1])) continue;
      std::size_t in = i + 1;
      while (in < last && !gap(text_[in])) ++in;
      in = skip_gaps(text_, in);
      const std::size_t open = skip_gaps(text_, in + 2);
      if (equals_folded(letters(text_, in), "in") && at_or_nul(text_, open) == '(') {
        return signs_.add("cmdexe/for", {at, open + 1});
      }
    }
  }

  // `if [/i] [not] exist|defined|errorlevel X …`, `if [/i] [not] a==b …`, `if a equ b …`
  void condition(std::size_t at) {
    if (!equals_folded(letters(text_, at), "if") || !gap(at_or_nul(text_, at + 2))) return;
    std::size_t next = skip_gaps(text_, at + 2);
    const bool folds = starts_folded(part(text_, next), "/i") && gap(at_or_nul(text_, next + 2));
    if (folds) next = skip_gaps(text_, next + 2);
    if (equals_folded(letters(text_, next), "not")) next = skip_gaps(text_, next + 3);
    if (folds) return signs_.add("cmdexe/if", {at, next});
    tested(at, next);
  }

  void tested(std::size_t at, std::size_t next) {
    static constexpr std::array<std::string_view, 4> tests = {"exist", "defined", "errorlevel",
                                                              "cmdextversion"};
    if (is_any(letters(text_, next), tests)) {
      const std::size_t operand = skip_gaps(text_, next + letters(text_, next).size());
      return runs_behind(at, operand);
    }
    compared(at, next);
  }

  // Behind the operand of a test stands what is run: a bracket or a command.
  void runs_behind(std::size_t at, std::size_t operand) {
    std::size_t end = operand;
    const char quote = at_or_nul(text_, operand);
    if (quote == '"' || quote == '(') {
      const std::size_t closing =
          part(text_, 0, operand + 200).find(quote == '"' ? '"' : ')', operand + 1);
      if (closing == std::string_view::npos) return;
      end = closing + 1;
    }
    while (end < text_.size() && !blank(text_[end]) && end < operand + 256) ++end;
    const std::size_t then = skip_gaps(text_, end);
    if (then == end || end == operand) return;
    if (at_or_nul(text_, then) == '(' || named(read_word(text_, then)) != nullptr) {
      signs_.add("cmdexe/if", {at, then});
    }
  }

  void compared(std::size_t at, std::size_t next) {
    static constexpr std::array<std::string_view, 6> words = {"equ", "neq", "lss",
                                                              "leq", "gtr", "geq"};
    std::size_t end = next;
    while (end < text_.size() && end < next + 64 && !gap(text_[end]) &&
           !part(text_, end).starts_with("==")) {
      ++end;
    }
    const std::size_t op = skip_gaps(text_, end);
    const bool numbers = is_any(letters(text_, op), words);
    if (numbers) return signs_.add("cmdexe/if", {at, op});
    if (!part(text_, std::min(op, text_.size())).starts_with("==")) return;
    std::size_t right = op;
    while (at_or_nul(text_, right) == '=') ++right;
    if (part(text_, next).starts_with("[%")) return signs_.add("cmdexe/if", {at, right});
    if (is_bracketed(next, right) || text_[end] == '=') runs_behind(at, skip_gaps(text_, right));
    if (text_[end] == '=' && text_[next] != '(') signs_.add("cmdexe/if-loose", {at, right});
  }

  // `"%a%"=="b"`, `[%1]==[]`, `(AA)==(AA)`: how batch files guard against empty values.
  [[nodiscard]] bool is_bracketed(std::size_t left, std::size_t right) const {
    const char first = at_or_nul(text_, left);
    const char second = at_or_nul(text_, skip_gaps(text_, right));
    return first == second && std::string_view("\"[(%").contains(first) && first != '\0';
  }

  std::string_view text_;
  Signs& signs_;
  std::size_t head_ = 0;
  std::size_t done_ = 0;  // carets before this belong to a word that was looked at
};

}  // namespace

void cmdexe_signs(std::string_view text, Signs& signs) {
  if (!text.empty()) Scan(text, signs).run();
}

}  // namespace gird::detect
