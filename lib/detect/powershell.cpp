#include "detect/powershell.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

constexpr ByteSet opens("-;|&(:.\n`");
constexpr std::size_t longest_name = 40;

using Names = std::span<const std::string_view>;

// Cmdlets that run, fetch, or change what runs.
constexpr std::array<std::string_view, 44> cmdlets = {"add-type",
                                                      "add-mppreference",
                                                      "convertto-securestring",
                                                      "copy-item",
                                                      "enter-pssession",
                                                      "export-csv",
                                                      "get-adcomputer",
                                                      "get-aduser",
                                                      "get-childitem",
                                                      "get-ciminstance",
                                                      "get-clipboard",
                                                      "get-content",
                                                      "get-credential",
                                                      "get-item",
                                                      "get-localuser",
                                                      "get-process",
                                                      "get-service",
                                                      "get-wmiobject",
                                                      "import-module",
                                                      "invoke-cimmethod",
                                                      "invoke-command",
                                                      "invoke-expression",
                                                      "invoke-item",
                                                      "invoke-mimikatz",
                                                      "invoke-restmethod",
                                                      "invoke-webrequest",
                                                      "invoke-wmimethod",
                                                      "new-item",
                                                      "new-itemproperty",
                                                      "new-localuser",
                                                      "new-object",
                                                      "new-psdrive",
                                                      "new-service",
                                                      "out-file",
                                                      "register-scheduledtask",
                                                      "remove-item",
                                                      "restart-computer",
                                                      "set-content",
                                                      "set-executionpolicy",
                                                      "set-itemproperty",
                                                      "set-mppreference",
                                                      "start-bitstransfer",
                                                      "start-process",
                                                      "start-sleep"};

// Their short names that are no words.
constexpr std::array<std::string_view, 17> aliases = {"gci",  "gcm", "gwmi", "icm",  "iex",  "iwmi",
                                                      "iwr",  "irm", "ipmo", "nsn",  "rvpa", "sajb",
                                                      "saps", "sal", "spps", "spsv", "gps"};

// Members of .NET that fetch, decode or start.
constexpr std::array<std::string_view, 12> members = {
    "downloadstring",   "downloadfile", "downloaddata", "frombase64string",
    "getasynckeystate", "openread",     "invokescript", "loadwithpartialname",
    "virtualalloc",     "uploadstring", "uploadfile",   "createthread"};

bool is_any(std::string_view word, Names names) {
  return std::ranges::any_of(names,
                             [&](std::string_view name) { return equals_folded(word, name); });
}

bool is_word(char c) { return letter_or_digit(c) || c == '-' || c == '`'; }

// A name in lower case without its backticks.
struct Name {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::array<char, longest_name> bytes{};
  std::size_t size = 0;
  bool split = false;

  [[nodiscard]] std::string_view text() const { return {bytes.data(), size}; }
};

Name read_name(std::string_view text, std::size_t at) {
  Name name;
  name.begin = at;
  while (at < text.size() && is_word(text[at]) && name.size < longest_name) {
    if (text[at] != '`') {
      name.bytes.at(name.size++) = lower(text[at]);
    } else if (name.size > 0 && letter(at_or_nul(text, at + 1))) {
      name.split = true;
    } else {
      break;
    }
    ++at;
  }
  name.end = at;
  return name;
}

std::size_t begin_of_word(std::string_view text, std::size_t at) {
  const std::size_t least = at > longest_name ? at - longest_name : 0;
  while (at > least && (letter(text[at - 1]) || text[at - 1] == '`')) --at;
  return at;
}

std::size_t skip_gaps(std::string_view text, std::size_t at) {
  while (at < text.size() && (gap(text[at]) || text[at] == '+')) ++at;
  return at;
}

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && !blank(text[end]) && end < at + 512) ++end;
  return part(text, std::min(at, text.size()), end - at);
}

// What the arguments of a cmdlet look like: `-Name`, a quoted string, a bracket, an address.
bool is_argued(std::string_view text, std::size_t at) {
  const std::size_t next = skip_gaps(text, at);
  const char c = at_or_nul(text, next);
  if (c == '-') return letter(at_or_nul(text, next + 1));
  if (c == '(' || c == '$') return true;
  if (next == at) return c == '|' || c == ';';
  return std::string_view("'\"[@{").contains(c)
             ? c != '\0'
             : word_at(text, next).find("://") != std::string_view::npos ||
                   starts_folded(part(text, next), "net.") ||
                   starts_folded(part(text, next), "system.");
}

class Scan {
 public:
  Scan(std::string_view text, Signs& signs) : text_(text), signs_(signs) {}

  void run() {
    command(0);
    for (std::size_t at = opens.find(text_); at < text_.size(); at = opens.find(text_, at + 1))
      visit(at);
  }

 private:
  void visit(std::size_t at) {
    switch (text_[at]) {
      case '-': return hyphen(at);
      case '.': return member(at + 1);
      case ':':
        if (at_or_nul(text_, at + 1) == ':') static_call(at);
        return;
      case '`': return backtick(at);
      case '&': call(at); break;
      default: break;
    }
    command(at + 1);
  }

  // A command may begin at `at`.
  void command(std::size_t at) {
    const std::size_t begin = skip_gaps(text_, at);
    const char first = lower(at_or_nul(text_, begin));
    if (first < 'g' || first > 's') return;
    const Name name = read_name(text_, begin);
    const std::string_view word = name.text();
    if (is_any(word, aliases)) return alias(at, name);
    if (word == "powershell" || word == "pwsh") launch(name);
  }

  // `|iex` needs no argument, `;iwr` does.
  void alias(std::size_t at, const Name& name) {
    const char before = at > 0 ? text_[at - 1] : '\0';
    const char after = at_or_nul(text_, name.end);
    const bool evaluates = name.text() == "iex";
    const bool ends = after == '\0' || std::string_view(";|&)\"'").contains(after);
    if (is_argued(text_, name.end) || (evaluates && before == '|' && ends)) {
      signs_.add("powershell/alias", {name.begin, name.end});
    }
  }

  // `powershell C:\x`, `powershell Get-X`; with an option hyphen() sees it.
  void launch(const Name& name) {
    std::size_t end = name.end;
    if (starts_folded(part(text_, end), ".exe")) end += 4;
    const std::size_t next = skip_gaps(text_, end);
    if (next == end) return;
    const bool path = letter(at_or_nul(text_, next)) && at_or_nul(text_, next + 1) == ':' &&
                      at_or_nul(text_, next + 2) == '\\';
    if (path || is_any(read_name(text_, next).text(), cmdlets)) {
      signs_.add("powershell/launch", {name.begin, next + 2});
    }
  }

  void hyphen(std::size_t at) {
    if (at > 0 && (gap(text_[at - 1]) || text_[at - 1] == '+')) return option(at);
    const std::size_t begin = begin_of_word(text_, at);
    if (begin == at || at - begin > 12) return;
    const Name name = read_name(text_, begin);
    if (!is_any(name.text(), cmdlets)) return;
    const Span where{begin, name.end};
    if (name.split) {
      signs_.add("powershell/disguised", where);
    } else if (is_argued(text_, name.end)) {
      signs_.add("powershell/cmdlet", where);
    } else {
      signs_.add("powershell/cmdlet-name", where);
    }
  }

  // An option straight behind the interpreter's name: reads all of them.
  void option(std::size_t at) {
    std::size_t end = at;
    while (end > 0 && gap(text_[end - 1]) && end + 8 > at) --end;
    if (end > 4 && equals_folded(part(text_, end - 4, 4), ".exe")) end -= 4;
    const std::size_t begin = begin_of_word(text_, end);
    const std::string_view word = part(text_, begin, end - begin);
    if (!equals_folded(word, "powershell") && !equals_folded(word, "pwsh")) return;
    options(begin, at);
  }

  void options(std::size_t begin, std::size_t at) {
    for (int i = 0; i < 12 && at_or_nul(text_, at) == '-' && letter(at_or_nul(text_, at + 1));
         ++i) {
      const std::string_view name = word_at(text_, at);
      const std::size_t next = skip_gaps(text_, at + name.size());
      const std::string_view value = word_at(text_, next);
      if (is_hidden(name, value))
        return signs_.add("powershell/encoded", {begin, next + value.size()});
      signs_.add("powershell/launch", {begin, at + name.size()});
      at = next;
      if (at_or_nul(text_, at) != '-') at = skip_gaps(text_, at + value.size());
    }
  }

  // -EncodedCommand, -WindowStyle hidden, -ExecutionPolicy bypass, by any prefix of their names.
  static bool is_hidden(std::string_view name, std::string_view value) {
    if (name.size() < 2) return false;
    const auto abbreviates = [&](std::string_view whole) {
      return name.size() - 1 <= whole.size() &&
             equals_folded(part(name, 1), part(whole, 0, name.size() - 1));
    };
    if (abbreviates("encodedcommand") || equals_folded(name, "-ec")) {
      return value.size() >= 8 && std::ranges::all_of(value, [](char c) {
               return letter_or_digit(c) || std::string_view("+/=").contains(c);
             });
    }
    if (abbreviates("windowstyle")) return starts_folded(value, "hid");
    const bool policy = abbreviates("executionpolicy") || equals_folded(name, "-ep");
    return policy && (starts_folded(value, "bypass") || starts_folded(value, "unrestricted"));
  }

  // `.DownloadString(`, `::FromBase64String(`
  void member(std::size_t at) {
    if (!letter(at_or_nul(text_, at))) return;
    const Name name = read_name(text_, at);
    if (at_or_nul(text_, name.end) == '(' && name.size > 7 && is_any(name.text(), members)) {
      signs_.add("powershell/member", {at, name.end + 1});
    }
  }

  // `[Convert]::FromBase64String(`
  void static_call(std::size_t at) {
    member(at + 2);
    if (at < 3 || text_[at - 1] != ']' || !letter(text_[at - 2])) return;
    std::size_t open = at - 1;
    while (open > 0 && at - open < 64 && (name_byte(text_[open - 1]) || text_[open - 1] == '.'))
      --open;
    if (open == 0 || text_[open - 1] != '[' || at - open < 4) return;
    if (open > 1 && name_byte(text_[open - 2])) return;
    const std::size_t end = name_end(text_, at + 2);
    if (end > at + 2 && letter(text_[at + 2]))
      signs_.add("powershell/static-call", {open - 1, end});
  }

  // `& ('i'+'ex')`: a name put together from pieces, called.
  void call(std::size_t at) {
    const std::size_t open = skip_gaps(text_, at + 1);
    if (at_or_nul(text_, open) != '(') return;
    const std::size_t first = skip_gaps(text_, open + 1);
    const char quote = at_or_nul(text_, first);
    if (quote != '\'' && quote != '"') return;
    const std::size_t end = part(text_, 0, first + 64).find(quote, first + 1);
    if (end == std::string_view::npos) return;
    const char next = at_or_nul(text_, end + 1);
    if (next == '+' || next == ')' || starts_folded(part(text_, end + 1), " -f") ||
        starts_folded(part(text_, end + 1), "-f")) {
      signs_.add("powershell/call", {at, end + 1});
    }
  }

  // i`e`x
  void backtick(std::size_t at) {
    if (at < done_) return;
    const std::size_t begin = begin_of_word(text_, at);
    const Name name = read_name(text_, begin);
    done_ = name.end;
    if (!name.split) return;
    if (is_any(name.text(), aliases) || is_any(name.text(), cmdlets) ||
        name.text() == "powershell") {
      signs_.add("powershell/disguised", {begin, name.end});
    }
  }

  std::string_view text_;
  Signs& signs_;
  std::size_t done_ = 0;  // backticks before this belong to a name that was looked at
};

}  // namespace

void powershell_signs(std::string_view text, Signs& signs) { Scan(text, signs).run(); }

}  // namespace gird::detect
