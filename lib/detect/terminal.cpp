#include "detect/terminal.hpp"

#include <algorithm>

#include "detect/bytes.hpp"
#include "detect/odd_bytes.hpp"
#include "detect/terminal_sequence.hpp"

namespace gird::detect {
namespace {

using Kind = Sequence::Kind;

bool has(std::string_view set, char c) { return set.contains(c); }

/// The number at the head of `text`; -1 if there is none. What is too large for a code stays so.
int number_of(std::string_view text) {
  int number = -1;
  for (const char c : text) {
    if (!digit(c) || number > 99999) break;
    number = std::max(number, 0) * 10 + (c - '0');
  }
  return number;
}

/// `8`, or `0;8;1`: what follows is not shown. Colours (38;5;8, 48;2;8;8;8) have numbers of their
/// own.
bool conceals(std::string_view parameters) {
  int skip = 0;
  for (std::size_t at = 0; at <= parameters.size();) {
    const std::size_t end = std::min(parameters.find(';', at), parameters.size());
    const int number = number_of(part(parameters, at, end - at));
    if (skip == -1) {
      skip = number == 5 ? 1 : number == 2 ? 3 : 0;
    } else if (skip > 0) {
      --skip;
    } else if (number == 38 || number == 48 || number == 58) {
      skip = -1;
    } else if (number == 8) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

/// Window operations that the terminal answers, typing into the line: 11 to 21.
bool asks_window(std::string_view parameters) {
  const int operation = number_of(parameters);
  return operation >= 11 && operation <= 21;
}

std::string_view name_of_csi(const Sequence& csi) {
  if (has(csi.between, '$') || has(csi.between, '*') || has(csi.between, '+')) {
    return csi.final == 'p' || csi.final == 'y' ? "terminal/report" : "terminal/csi";
  }
  switch (csi.final) {
    case 'm': return conceals(csi.parameters) ? "terminal/conceal" : "terminal/sgr";
    case 'c':
    case 'n':
    case 'x': return "terminal/report";
    case 't': return asks_window(csi.parameters) ? "terminal/report" : "terminal/window";
    case '~': {
      const int key = number_of(csi.parameters);
      return key == 200 || key == 201 ? "terminal/paste" : "terminal/csi";
    }
    case 'h':
    case 'l': return "terminal/mode";
    default: break;
  }
  if (has("JKXPLM@STb", csi.final)) return "terminal/erase";
  if (has("ABCDEFGHIZadefjkrsu`", csi.final)) return "terminal/cursor";
  return csi.final == 'p' && csi.between == "!" ? "terminal/reset" : "terminal/csi";
}

std::string_view name_of_escape(const Sequence& sequence) {
  if (!sequence.between.empty()) {
    return sequence.between.front() == '#' ? "terminal/erase" : "terminal/charset";
  }
  switch (sequence.final) {
    case 'c': return "terminal/reset";
    case 'Z': return "terminal/report";
    case '7':
    case '8':
    case 'D':
    case 'E':
    case 'H':
    case 'M': return "terminal/cursor";
    case 'N':
    case 'O':
    case 'n':
    case 'o':
    case '|':
    case '}':
    case '~': return "terminal/charset";
    default: return "terminal/escape";
  }
}

std::string_view name_of_control(char control) {
  switch (control) {
    case '\x05': return "terminal/report";
    case '\x08':
    case '\x7f': return "terminal/backspace";
    case '\r': return "terminal/overwrite";
    case '\x0e': return "terminal/charset";
    case '\x07': return "terminal/bell";
    default: return "terminal/control";
  }
}

/// Operating system commands but links, by their number.
std::string_view name_of_osc(std::string_view text) {
  const bool letter = !text.empty() && has("lLI", text.front());
  switch (number_of(text)) {
    case 0:
    case 1:
    case 2: return "terminal/title";
    case 52: return "terminal/clipboard";
    case 1337:
      return text.contains("File=") || text.contains("Copy") ? "terminal/file" : "terminal/osc";
    default: break;
  }
  if (letter) return "terminal/title";
  return text.ends_with(";?") ? "terminal/report" : "terminal/osc";
}

bool is_host_byte(char c) { return letter_or_digit(c) || c == '.' || c == '-'; }

/// The host that `text` shows: of a URL, or a name with dots. Empty where it shows none.
std::string_view host_in(std::string_view text) {
  const std::size_t scheme = text.find("://");
  std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  if (scheme == std::string_view::npos)
    begin = std::min(text.find_first_not_of(" \t("), text.size());
  std::string_view rest = part(text, begin);
  const std::size_t at = part(rest, 0, rest.find_first_of("/?# ")).rfind('@');
  if (scheme != std::string_view::npos && at != std::string_view::npos) rest = part(rest, at + 1);
  const auto end = std::ranges::find_if_not(rest, is_host_byte);
  std::string_view host = part(rest, 0, static_cast<std::size_t>(end - rest.begin()));
  while (host.ends_with('.')) host.remove_suffix(1);
  return host.contains('.') || scheme != std::string_view::npos ? host : std::string_view();
}

/// One is the other, or a part of it: `www.example.com` of `example.com`.
bool same_host(std::string_view one, std::string_view other) {
  if (one.size() < other.size()) std::swap(one, other);
  const std::string_view tail = part(one, one.size() - other.size());
  const bool whole = one.size() == other.size() || one[one.size() - other.size() - 1] == '.';
  return whole && std::ranges::equal(tail, other, {}, lower, lower);
}

/// A link's text that names a host names that of the link; a file's name ("notes.txt") counts as a
/// host only where the link does not end in it.
bool names_another(std::string_view shown, std::string_view link) {
  const std::string_view host = host_in(shown);
  return !host.empty() && !same_host(host, host_in(link)) && !link.ends_with(host);
}

/// Schemes that a link in a text may have without a question.
bool is_plain_scheme(std::string_view link) {
  for (const std::string_view scheme : {"http://", "https://", "mailto:", "file://", "ftp://"}) {
    if (link.size() >= scheme.size() &&
        std::ranges::equal(part(link, 0, scheme.size()), scheme, {}, lower)) {
      return true;
    }
  }
  return false;
}

class Reader {
 public:
  Reader(std::string_view text, Signs& signs) : text_(text), signs_(signs) {}

  void read() {
    for (std::size_t at = next_odd(text_, 0); at < text_.size(); at = next_odd(text_, at)) {
      const Sequence sequence = sequence_at(text_, at);
      note(sequence);
      at = sequence.where.end;
    }
    close_link(text_.size());
  }

 private:
  void note(const Sequence& sequence) {
    switch (sequence.kind) {
      case Kind::none: return;
      case Kind::control: return add(name_of_control(sequence.final), sequence);
      case Kind::csi: return add(name_of_csi(sequence), sequence);
      case Kind::escape: return note_escape(sequence);
      case Kind::osc: return note_osc(sequence);
      case Kind::dcs: return note_dcs(sequence);
      case Kind::unshown:
        if (!is_byte(sequence) || is_ended(sequence)) add("terminal/unshown", sequence);
        return;
    }
  }
  void note_escape(const Sequence& sequence) {
    // A terminator without its string; and bytes that are quotes and dashes of Windows-1252.
    if (sequence.final == '\\') return;
    add(is_c1(sequence) ? "terminal/c1" : name_of_escape(sequence), sequence);
  }
  void note_osc(const Sequence& sequence) {
    const bool letter = number_of(sequence.text) < 0;
    if (is_byte(sequence) && letter) return;
    if (sequence.text.starts_with("8;")) return note_link(sequence);
    add(name_of_osc(sequence.text), sequence);
  }
  void note_dcs(const Sequence& sequence) {
    const bool asks = sequence.final == 'q' && !sequence.between.empty();
    if (!is_byte(sequence) || is_ended(sequence)) {
      add(asks ? "terminal/report" : "terminal/dcs", sequence);
    }
  }
  void note_link(const Sequence& sequence) {
    close_link(sequence.where.begin);
    const std::size_t semicolon = sequence.text.find(';', 2);
    if (semicolon == std::string_view::npos) return;
    link_ = part(sequence.text, semicolon + 1);
    opener_ = sequence.where;
    if (link_.empty()) return;
    add(is_plain_scheme(link_) ? "terminal/link" : "terminal/link-scheme", sequence);
  }
  void close_link(std::size_t end) {
    if (link_.empty()) return;
    const std::string_view shown = part(text_, opener_.end, end - opener_.end);
    if (names_another(shown, link_)) signs_.add("terminal/link-elsewhere", {opener_.begin, end});
    link_ = {};
  }

  /// One raw byte above ASCII: in text of another encoding than UTF-8 it is a letter.
  [[nodiscard]] bool is_byte(const Sequence& sequence) const {
    const auto first = static_cast<unsigned char>(text_[sequence.where.begin]);
    return first >= 0x80 && first < 0xc0;
  }
  [[nodiscard]] bool is_c1(const Sequence& sequence) const {
    return static_cast<unsigned char>(text_[sequence.where.begin]) >= 0x80;
  }
  [[nodiscard]] bool is_ended(const Sequence& sequence) const {
    return sequence.text.end() != text_.end();
  }
  void add(std::string_view name, const Sequence& sequence) { signs_.add(name, sequence.where); }

  std::string_view text_;
  Signs& signs_;
  std::string_view link_;
  Span opener_;
};

}  // namespace

void terminal_signs(std::string_view text, Signs& signs) {
  if (next_odd(text, 0) < text.size()) Reader(text, signs).read();
}

}  // namespace gird::detect
