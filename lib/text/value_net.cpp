// Addresses: of hosts, networks, mailboxes and pages.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/letters.hpp"
#include "text/split.hpp"
#include "text/value_kinds.hpp"

namespace gird::text {
namespace {

constexpr std::size_t longest_label = 63;   // RFC 1035, section 2.3.4
constexpr std::size_t longest_host = 253;   // the same, without the length bytes
constexpr std::size_t longest_local = 64;   // RFC 5321, section 4.5.3.1.1
constexpr std::size_t longest_email = 254;  // RFC 3696, erratum 1690

using Address = std::array<unsigned char, 16>;

/// The bytes of an address, 4 or 16 of them; none if it is none. Numbers as `127.1` or `0x7f.1`,
/// which some resolvers take, are none: what is checked must be what is used.
std::optional<std::size_t> address_bytes(std::string_view text, Address& bytes) {
  if (text.contains('\0') || text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
  const std::string ended(text);
  if (inet_pton(AF_INET, ended.c_str(), bytes.data()) == 1) return 4;
  if (inet_pton(AF_INET6, ended.c_str(), bytes.data()) == 1) return 16;
  return std::nullopt;
}

bool is_label(std::string_view label) {
  const auto stands_in_one = [](char c) { return is_alnum(c) || c == '-'; };
  return !label.empty() && label.size() <= longest_label && label.front() != '-' &&
         label.back() != '-' && run_of(label, stands_in_one) == label.size();
}

/// RFC 1123, section 2.1; a last label of digits would be taken for an address.
NotOne not_host(std::string_view text) {
  if (text.empty() || text.size() > longest_host) return "its host is empty or too long";
  std::string_view last;
  for (const std::string_view label : split(text, '.')) {
    if (!is_label(label)) return "its host is no name of letters, digits, - and dots";
    last = label;
  }
  return run_of(last, is_digit) == last.size() ? NotOne("its host ends in a number") : NotOne();
}

bool is_ip(std::string_view text) {
  Address bytes{};
  return address_bytes(text, bytes).has_value();
}

/// What RFC 3986 lets stand behind the host, with `%` only in front of two digits.
NotOne not_written_as_url(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '%') {
      if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) {
        return "a % is not followed by two hexadecimal digits";
      }
    } else if (!is_alnum(c) && !std::string_view("-._~:/?#[]@!$&'()*+,;=").contains(c)) {
      return "a character cannot stand in a URL as it is";
    }
  }
  return {};
}

/// `:PORT` behind a host, or nothing.
bool is_port(std::string_view text) {
  if (text.empty()) return true;
  unsigned value = 0;
  const char* const last = text.data() + text.size();
  const auto end = std::from_chars(text.data() + 1, last, value);
  return text.front() == ':' && text.size() > 1 && end.ec == std::errc() && end.ptr == last &&
         value <= 65535;
}

/// HOST[:PORT] or [ADDRESS][:PORT].
NotOne not_authority(std::string_view text) {
  if (text.contains('@')) return "it names a user, which hides the host from readers";
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !is_ip(text.substr(1, end - 1)) ||
        !text.substr(1, end - 1).contains(':')) {
      return "no address of IPv6 stands between its brackets";
    }
    return is_port(text.substr(end + 1)) ? NotOne() : "its port is no number up to 65535";
  }
  const std::size_t colon = std::min(text.find(':'), text.size());
  if (!is_port(text.substr(colon))) return "its port is no number up to 65535";
  const std::string_view host = text.substr(0, colon);
  return is_ip(host) ? NotOne() : not_host(host.ends_with('.') ? host.substr(0, colon - 1) : host);
}

/// atext of RFC 5322 and dots anywhere, as the HTML standard has it for `input type=email`.
bool stands_in_local_part(char c) {
  return is_alnum(c) || std::string_view(".!#$%&'*+/=?^_`{|}~-").contains(c);
}

}  // namespace

NotOne not_ip(std::string_view text, const TypeDetail&) {
  return is_ip(text) ? NotOne() : "it is no address of IPv4 or IPv6";
}

NotOne not_ipv4(std::string_view text, const TypeDetail&) {
  Address bytes{};
  return address_bytes(text, bytes) == 4 ? NotOne() : "it is no address of IPv4";
}

NotOne not_ipv6(std::string_view text, const TypeDetail&) {
  Address bytes{};
  return address_bytes(text, bytes) == 16 ? NotOne() : "it is no address of IPv6";
}

NotOne not_cidr(std::string_view text, const TypeDetail&) {
  const std::size_t slash = text.find('/');
  Address bytes{};
  const auto length = address_bytes(text.substr(0, slash), bytes);
  if (!length || slash == std::string_view::npos) return "it is no ADDRESS/BITS";
  const std::string_view digits = text.substr(slash + 1);
  std::size_t bits = 0;
  const char* const last = digits.data() + digits.size();
  const auto end = std::from_chars(digits.data(), last, bits);
  const bool padded = digits.size() > 1 && digits.front() == '0';
  if (end.ec != std::errc() || end.ptr != last || padded || bits > *length * 8) {
    return "its prefix is no number of bits of the address";
  }
  for (std::size_t bit = bits; bit < *length * 8; ++bit) {
    if ((bytes.at(bit / 8) >> (7 - bit % 8) & 1U) != 0) return "bits are set behind its prefix";
  }
  return {};
}

NotOne not_hostname(std::string_view text, const TypeDetail&) { return not_host(text); }

NotOne not_email(std::string_view text, const TypeDetail&) {
  const std::size_t at = text.find('@');
  const std::string_view local = text.substr(0, at);
  if (at == std::string_view::npos || local.empty()) return "it is no NAME@HOST";
  if (text.size() > longest_email || local.size() > longest_local) return "it is too long";
  if (run_of(local, stands_in_local_part) != local.size()) {
    return "a character cannot stand in front of the @";
  }
  for (const std::string_view label : split(text.substr(at + 1), '.')) {
    if (!is_label(label)) return "its host is no name of letters, digits, - and dots";
  }
  return {};
}

NotOne not_url(std::string_view text, const TypeDetail& detail) {
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos) return "it is no SCHEME://HOST";
  const auto is_scheme = [&](const std::string& scheme) {
    return is_word_in_any_case(text.substr(0, colon), scheme);
  };
  if (!std::ranges::any_of(detail.words, is_scheme)) return "its scheme is not allowed";
  if (const NotOne fault = not_written_as_url(text)) return fault;
  const std::string_view rest = text.substr(colon + 3);
  return not_authority(rest.substr(0, rest.find_first_of("/?#")));
}

Result<TypeDetail> read_schemes(std::string_view detail) {
  TypeDetail read;
  if (detail.empty()) {
    read.words = {"http", "https"};
    return read;
  }
  for (const std::string_view word : split(detail, ',')) {
    const auto stands_in_scheme = [](char c) {
      return is_digit(c) || (c >= 'a' && c <= 'z') || c == '+' || c == '-' || c == '.';
    };
    if (word.empty() || !is_letter(word.front()) || run_of(word, stands_in_scheme) != word.size()) {
      return misuse("value-type", "'" + std::string(word) + "'",
                    "this is no scheme in small letters", {"url:https", "url:https,ftp"});
    }
    read.words.emplace_back(word);
  }
  return read;
}

}  // namespace gird::text
