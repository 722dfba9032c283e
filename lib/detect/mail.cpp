#include "detect/mail.hpp"

#include <array>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end < at + 16 && letter(text[end])) ++end;
  return part(text, at, end - at);
}

// `a001 SELECT INBOX`: a tag and a command.
bool is_imap(std::string_view line) {
  static constexpr std::array<std::string_view, 20> commands = {
      "append", "authenticate", "copy",   "create", "delete",    "examine", "expunge",
      "fetch",  "list",         "login",  "logout", "lsub",      "rename",  "search",
      "select", "starttls",     "status", "store",  "subscribe", "uid"};
  if (line.empty() || !letter(line[0])) return false;
  const std::size_t end = digits_end(line, 1);
  if (end < 3 || end > 6 || at_or_nul(line, end) != ' ') return false;
  return listed(commands, SmallWord(word_at(line, end + 1)).view());
}

// `RETR 1`, `TOP 1 2`
bool is_pop(std::string_view line) {
  static constexpr std::array<std::string_view, 5> commands = {"DELE", "LIST", "RETR", "TOP",
                                                               "UIDL"};
  const std::string_view word = word_at(line, 0);
  return listed(commands, word) && at_or_nul(line, word.size()) == ' ' &&
         digit(at_or_nul(line, word.size() + 1));
}

// `MAIL FROM:<a>`, `RCPT TO:<a>`, `VRFY a`
bool is_smtp(std::string_view line) {
  if (starts_folded(line, "mail from:") || starts_folded(line, "rcpt to:")) return true;
  static constexpr std::array<std::string_view, 4> commands = {"EHLO", "EXPN", "HELO", "VRFY"};
  const std::string_view word = word_at(line, 0);
  return listed(commands, word) && at_or_nul(line, word.size()) == ' ' &&
         letter_or_digit(at_or_nul(line, word.size() + 1));
}

}  // namespace

void mail_signs(std::string_view text, Signs& signs) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    const std::string_view line = part(text, at + 1, 64);
    const Span where{at, at + 1 + line.size()};
    if (at > 0 && text[at - 1] == '\r' && is_imap(line)) signs.add("mail/imap", where);
    if (is_pop(line)) signs.add("mail/pop", where);
    if (is_smtp(line)) signs.add("mail/smtp", where);
  }
}

}  // namespace gird::detect
