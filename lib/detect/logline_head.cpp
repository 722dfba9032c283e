#include "detect/logline_head.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"
#include "detect/odd_bytes.hpp"

namespace gird::detect {
namespace {

/// Whether `text` begins as `shape` says: `0` is a digit, `A` a capital, `a` a small letter, `_` a
/// space or a digit, anything else itself.
bool has_shape(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  const auto fits = [](char c, char wanted) {
    switch (wanted) {
      case '0': return digit(c);
      case 'A': return c >= 'A' && c <= 'Z';
      case 'a': return c >= 'a' && c <= 'z';
      case '_': return c == ' ' || digit(c);
      default: return c == wanted;
    }
  };
  return std::ranges::equal(part(text, 0, shape.size()), shape, fits);
}

bool is_month(std::string_view text) {
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() < 3) return false;
  const std::size_t at = months.find(part(text, 0, 3));
  return at != std::string_view::npos && at % 3 == 0;
}

/// `Jan  2 15:04:05`, `Jan 2 15:04:05` or `Jan 12 15:04:05`.
bool is_syslog_time(std::string_view text) {
  if (!is_month(text)) return false;
  text.remove_prefix(3);
  return has_shape(text, " _0 00:00:00") || has_shape(text, " 0 00:00:00");
}

/// A date with a time, as ISO 8601, Go, Python, nginx and java.util.logging write it.
bool is_timestamp(std::string_view text) {
  for (const std::string_view shape :
       {"0000-00-00T00:00", "0000-00-00 00:00", "0000/00/00 00:00:00", "0000-00-00_00:00:00",
        "00000000 00:00:00", "00/00/00 00:00:00", "00-00-0000 00:00:00", "00.00.0000 00:00:00",
        "A0000 00:00:00.000"}) {
    if (has_shape(text, shape)) return true;
  }
  return has_shape(text, "00/Aaa/0000:00:00") || has_shape(text, "00-Aaa-0000 00:00:00") ||
         has_shape(text, "00 Aaa 0000 00:00:00");
}

/// `Mon Jan 02 15:04:05`, as in brackets of Apache.
bool is_day_time(std::string_view text) {
  return has_shape(text, "Aaa Aaa ") && is_syslog_time(part(text, 4));
}

/// `<34>1 2003-` and `<34>Oct 11 22:14:15`.
bool is_priority(std::string_view text) {
  const std::size_t end = part(text, 0, 6).find('>');
  if (end == std::string_view::npos || end < 2) return false;
  const std::string_view number = part(text, 1, end - 1);
  const std::string_view rest = part(text, end + 1);
  return std::ranges::all_of(number, digit) && (is_month(rest) || has_shape(rest, "0 0000-"));
}

/// How long an address of IPv4 or IPv6 at the head of `text` is.
std::size_t address_length(std::string_view text) {
  const auto belongs = [](char c) {
    return digit(c) || c == '.' || c == ':' || (c >= 'a' && c <= 'f');
  };
  const std::string_view head = part(text, 0, 40);
  const auto end = std::ranges::find_if_not(head, belongs);
  const auto length = static_cast<std::size_t>(end - head.begin());
  const std::string_view address = part(head, 0, length);
  return std::ranges::count(address, '.') == 3 || std::ranges::count(address, ':') > 1 ? length : 0;
}

/// `10.0.0.1 - user [02/Jan/2006:15:04:05 +0000]`: of Apache, nginx and their like.
bool is_access(std::string_view text) {
  const std::size_t length = address_length(text);
  if (length == 0 || !part(text, length).starts_with(' ')) return false;
  const std::string_view rest = part(text, length, 96);
  const std::size_t bracket = rest.find('[');
  if (bracket == std::string_view::npos) return false;
  const std::string_view date = part(rest, bracket + 1);
  return has_shape(date, "00/Aaa/0000") || has_shape(date, "0/Aaa/0000");
}

/// `word` stands at `at` in quotes with a colon behind, or with `=`.
bool is_key(std::string_view text, std::string_view word, char behind) {
  return text.size() > word.size() && text.starts_with(word) && text[word.size()] == behind;
}

/// The keys that loggers write first or always.
constexpr std::array<std::string_view, 12> keys = {"time",    "ts",       "timestamp", "@timestamp",
                                                   "level",   "severity", "lvl",       "msg",
                                                   "message", "logger",   "asctime",   "levelname"};

/// An object whose first keys are at least two of a logger's; only a few strings are looked at, as
/// there may be such a head behind every third byte.
bool is_json(std::string_view text) {
  if (!text.starts_with('{')) return false;
  const std::string_view head = part(text, 0, 256);
  int found = 0;
  int quotes = 16;
  for (std::size_t at = head.find('"'); at != std::string_view::npos && quotes-- > 0;
       at = head.find('"', at + 1)) {
    const std::string_view rest = part(head, at + 1);
    for (const std::string_view key : keys) {
      if (is_key(rest, key, '"') && part(rest, key.size() + 1).starts_with(':')) ++found;
    }
  }
  return found >= 2;
}

/// `level=info ts=2006-`: a logger's key first, and another pair behind it.
bool is_logfmt(std::string_view text) {
  const bool first = std::ranges::any_of(keys, [&](auto key) { return is_key(text, key, '='); });
  if (!first) return false;
  const std::string_view head = part(text, 0, 96);
  const std::size_t blank = head.find(' ');
  return blank != std::string_view::npos && part(head, blank).contains('=');
}

/// `ERROR `, `[WARN]`, `INFO:`, in capitals as loggers write them.
bool is_level(std::string_view text) {
  const bool bracket = text.starts_with('[');
  if (bracket) text.remove_prefix(1);
  const std::string_view head = part(text, 0, 9);
  const auto end = std::ranges::find_if_not(head, [](char c) { return c >= 'A' && c <= 'Z'; });
  const auto length = static_cast<std::size_t>(end - head.begin());
  constexpr std::array<std::string_view, 12> levels = {"TRACE", "DEBUG",    "INFO",  "NOTICE",
                                                       "WARN",  "WARNING",  "ERROR", "ERR",
                                                       "CRIT",  "CRITICAL", "ALERT", "FATAL"};
  if (std::ranges::find(levels, part(text, 0, length)) == levels.end()) return false;
  const std::string_view rest = part(text, length);
  return bracket ? rest.starts_with(']') : rest.starts_with(' ') || rest.starts_with(": ");
}

/// `[   12.345678] `, as the kernel's ring has it.
bool is_kernel(std::string_view text) {
  if (!text.starts_with('[')) return false;
  const std::string_view head = part(text, 1, 20);
  const std::size_t number = head.find_first_not_of(' ');
  if (number == std::string_view::npos || !digit(head[number])) return false;
  const std::size_t dot = head.find('.');
  return dot != std::string_view::npos && has_shape(part(head, dot), ".000000] ");
}

}  // namespace

std::string_view log_head(std::string_view line) {
  if (line.empty()) return {};
  if (is_syslog_time(line) || is_priority(line) || is_kernel(line)) return "logline/syslog";
  if (is_json(line)) return "logline/json";
  if (is_access(line)) return "logline/access";
  if (is_level(line)) return "logline/level";
  if (is_logfmt(line)) return "logline/logfmt";
  if (line.front() == '[') line.remove_prefix(1);
  return is_timestamp(line) || is_day_time(line) ? "logline/timestamp" : std::string_view();
}

}  // namespace gird::detect
