#include "detect/shell_command.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"

namespace gird::detect::shell {
namespace {

// What is looked at of one command: keeps the work per separator bounded.
constexpr unsigned most_arguments = 12;
constexpr int most_prefixes = 6;

bool is_reserved(std::string_view word) {
  static constexpr std::array<std::string_view, 11> words = {
      "!", ".", "{", "coproc", "do", "elif", "else", "if", "then", "until", "while"};
  return std::ranges::find(words, word) != words.end();
}

bool is_assignment(std::string_view word) {
  const std::size_t end = name_end(word, 0);
  return end > 0 && !digit(word[0]) && at_or_nul(word, end) == '=';
}

bool is_address(std::string_view word) {
  std::size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    const std::size_t end = digits_end(word, at);
    if (end == at || end - at > 3) return false;
    if (part < 3 && at_or_nul(word, end) != '.') return false;
    at = end + 1;
  }
  return true;
}

bool is_path(std::string_view word) {
  if (word.starts_with("~/") || word.starts_with("./") || word.starts_with("../")) return true;
  if (word.starts_with('/')) return word.size() == 1 || name_byte(word[1]) || word[1] == '.';
  if (word.size() > 2 && letter(word[0]) && word[1] == ':' &&
      (word[2] == '\\' || word[2] == '/' || word.find('.') != std::string_view::npos)) {
    return true;
  }
  return word.find("/etc/") != std::string_view::npos;
}

bool is_secret(std::string_view word) {
  static constexpr std::array<std::string_view, 6> files = {
      "/etc/passwd", "/etc/shadow", "/etc/sudoers", "/etc/group", "/proc/self/environ", ".ssh/id_"};
  return std::ranges::any_of(
      files, [&](std::string_view file) { return word.find(file) != std::string_view::npos; });
}

bool is_flag(std::string_view word) {
  if (word.size() < 2 || word[0] != '-') return false;
  if (word[1] == '-') return word.size() > 3 && lower_case(word[2]);
  return letter_or_digit(word[1]);
}

bool is_file(std::string_view word) {
  const std::size_t dot = word.rfind('.');
  return dot != std::string_view::npos && dot > 0 && word.size() - dot > 1 &&
         letter_or_digit(word[dot + 1]) &&
         std::ranges::all_of(word, [](char c) { return name_byte(c) || c == '.' || c == '-'; });
}

// What stands behind a variable or a column, never first behind a command.
bool is_operator(std::string_view word) {
  return !word.empty() && word.find_first_not_of("=!+:,?>{}~|&") == std::string_view::npos;
}

void note_text(std::string_view word, Shape& shape) {
  if (is_flag(word)) {
    shape.flag = true;
  } else if (word.find("://") != std::string_view::npos || is_address(word)) {
    shape.url = true;
  } else if (is_path(word)) {
    shape.path = true;
    shape.secret = shape.secret || is_secret(word);
  } else if (!word.empty() && digits_end(word, 0) == word.size()) {
    shape.number = shape.number || shape.all == 0;
  } else if (is_file(word)) {
    shape.file = true;
  } else {
    ++shape.plain;
  }
}

void note(const Word& word, Shape& shape) {
  if (word.computed) {
    shape.computed = true;
  } else if (word.expanded || (word.glob && word.size > 1)) {
    shape.expansion = true;
    note_text(word.text(), shape);
  } else {
    note_text(word.text(), shape);
  }
  shape.quoted = shape.quoted || word.quoted;
  shape.foreign = shape.foreign || (shape.all == 0 && is_operator(word.text()));
  ++shape.all;
}

// Where the redirection at `at` has its target: behind `>`, `>>`, `<`, `>&`, `2>`. `at` where there
// is none: a tag of HTML, `->`, a here document.
std::size_t target_of(std::string_view text, std::size_t at) {
  const char op = at_or_nul(text, at);
  if ((op != '<' && op != '>') || (at > 0 && (text[at - 1] == '-' || text[at - 1] == '=')))
    return at;
  std::size_t next = at + 1;
  if (at_or_nul(text, next) == '(') return at;
  while (std::string_view("<>&|").contains(at_or_nul(text, next)) && next < at + 3 &&
         next < text.size()) {
    ++next;
  }
  return next;
}

bool starts_target(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 14> roots = {
      "/etc/", "/dev/",  "/proc/", "/tmp/", "/var/", "/home/", "/usr/",
      "/opt/", "/root/", "/bin/",  "/sys/", "./",    "../",    "~/"};
  const std::string_view rest = part(text, std::min(at, text.size()));
  return std::ranges::any_of(roots, [&](std::string_view root) { return rest.starts_with(root); });
}

class Reader {
 public:
  Reader(std::string_view text, std::size_t at) : text_(text), at_(at) {
    command_.where = {at, at};
  }

  Command read() {
    for (int prefix = 0; prefix < most_prefixes && read_name(); ++prefix) {
    }
    if (!command_.known() && !command_.shell_itself) return command_;
    while (command_.shape.all < most_arguments && read_argument()) {
    }
    command_.where.end = at_;
    command_.stop = at_or_nul(text_, at_);
    return command_;
  }

 private:
  // Reads one word in the place of the name; whether the name may still come.
  bool read_name() {
    at_ = skip_blanks(text_, at_);
    if (redirect()) return true;
    const char first = at_or_nul(text_, at_);
    if (first == '(' || (first == '{' && blank(at_or_nul(text_, at_ + 1)))) {
      ++at_;
      return true;
    }
    Word word = read_word(text_, at_);
    if (word.empty()) return false;
    if (word.quoted || word.split) word = before_mark(word);
    if (is_empty_expansion(word)) {
      command_.hidden = true;
      at_ = word.where.end;
      return true;
    }
    if (is_reserved(word.text()) || is_assignment(word.text())) {
      if (blank_length(text_, word.where.end) == 0) return false;
      at_ = word.where.end;
      return true;
    }
    return take(word);
  }

  // `$u cat`: a variable that nobody has set leaves nothing.
  [[nodiscard]] bool is_empty_expansion(const Word& word) const {
    return word.expanded && word.size == 0 && blank_length(text_, word.where.end) > 0;
  }

  // The quote behind a name may be one of the text that it was put into, and `\\n` a line end that
  // is written out.
  Word before_mark(const Word& word) {
    const std::size_t end = std::min(text_.find_first_of("'\"\\", at_), word.where.end);
    if (end <= at_ || end == word.where.end || named(word).kind != Kind::none) return word;
    const bool line =
        text_[end] == '\\' && std::string_view("nrt").contains(at_or_nul(text_, end + 1));
    if (text_[end] == '\\' && !line) return word;
    return read_word(part(text_, 0, end), at_);
  }

  bool take(const Word& word) {
    const Program program = named(word);
    if (word.text() == "$0" || word.text() == "$SHELL") {
      command_.shell_itself = true;
      command_.where.begin = word.where.begin;
      at_ = word.where.end;
      return false;
    }
    if (program.kind == Kind::none) return false;
    command_.prefixed = command_.known();
    command_.program = program;
    command_.split = command_.split || word.split || word.expanded || word.computed;
    command_.quoted = command_.quoted || word.quoted;
    if (!command_.prefixed) command_.where.begin = word.where.begin;
    at_ = word.where.end;
    command_.ifs = command_.ifs || ifs_length(text_, at_) > 0;
    command_.input = at_or_nul(text_, at_) == '<' && starts_target(text_, at_ + 1);
    if (!program.is(runs)) return false;
    pass_options();
    return true;
  }

  // `timeout 5`, `nice -n 5`, `env -i A=b`: what stands between a runner and what it runs.
  void pass_options() {
    for (int i = 0; i < 4; ++i) {
      const std::size_t start = skip_blanks(text_, at_);
      const Word word = read_word(text_, start);
      const bool number = word.size > 0 && digits_end(word.text(), 0) == word.size;
      if (!is_flag(word.text()) && !is_assignment(word.text()) && !number) return;
      note(word, command_.shape);
      at_ = word.where.end;
    }
  }

  Program named(const Word& word) {
    if (word.cut || word.size == 0) return {};
    std::string_view name = word.text();
    const std::size_t slash = name.rfind('/');
    if (slash != std::string_view::npos) {
      if (!is_program_folder(part(name, 0, slash))) return {};
      name.remove_prefix(slash + 1);
    }
    const Program program = by_name(name, word, slash != std::string_view::npos);
    command_.absolute = program.kind != Kind::none && slash != std::string_view::npos;
    return program;
  }

  Program by_name(std::string_view name, const Word& word, bool absolute) {
    if (!word.glob) {
      if (name.ends_with(".exe")) name.remove_suffix(4);
      const Program program = program_of(name);
      if (program.kind != Kind::none || name.empty() || !digit(name.back())) return program;
      return program_of(part(name, 0, name.find_last_not_of("0123456789.") + 1));
    }
    if (name == "[") return {"[", Kind::word, no_trait};
    if (!absolute && word.text().find('?') == std::string_view::npos &&
        word.text().find('*') == std::string_view::npos) {
      return {};
    }
    const Program program = program_like(name);
    command_.glob = program.kind != Kind::none || (slashed_pattern(word) && name.size() > 1);
    if (command_.glob && program.kind == Kind::none) return {"?", Kind::tool, no_trait};
    return program;
  }

  // `/???/??t`: every part a pattern, and one byte that is none.
  static bool slashed_pattern(const Word& word) {
    const std::string_view name = word.text();
    return name.starts_with("/?") && name.find('?', name.rfind('/')) != std::string_view::npos &&
           std::ranges::any_of(name, letter_or_digit);
  }

  bool read_argument() {
    const std::size_t start = skip_blanks(text_, at_);
    if (start == at_ && !redirects(at_)) return false;
    at_ = start;
    if (redirect()) return true;
    const Word word = read_word(text_, at_);
    if (word.empty() || text_[at_] == '#') return false;
    note(word, command_.shape);
    at_ = word.where.end;
    return true;
  }

  [[nodiscard]] bool redirects(std::size_t at) const { return target_of(text_, at) > at; }

  bool redirect() {
    const std::size_t target = target_of(text_, at_);
    if (target == at_) return false;
    const std::size_t start = skip_blanks(text_, target);
    const bool tag = text_[at_] == '<' && start == target && !starts_target(text_, start);
    if (tag && target == at_ + 1 && !command_.input) return false;
    const Word word = read_word(text_, start);
    if (word.empty()) return false;
    command_.shape.redirect = true;
    command_.shape.secret = command_.shape.secret || is_secret(word.text());
    at_ = word.where.end;
    return true;
  }

  std::string_view text_;
  std::size_t at_;
  Command command_;
};

}  // namespace

bool Command::firm() const {
  if (shape.flag || shape.path || shape.url || shape.redirect || shape.computed) return true;
  if (program.is(prints)) return false;
  if (shape.number && (program.is(counts) || shape.all == 1)) return true;
  return shape.expansion || (shape.file && shape.plain == 0);
}

Command read_command(std::string_view text, std::size_t at) { return Reader(text, at).read(); }

}  // namespace gird::detect::shell
