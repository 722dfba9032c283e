#include "detect/url_host.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

constexpr std::size_t none = std::string_view::npos;

/// What IDNA makes of a character: enclosed and full-width letters and digits, full stops.
char idna(unsigned point) {
  const auto between = [&](unsigned first, unsigned last) {
    return point >= first && point <= last;
  };
  if (between(0x2460, 0x2468)) return static_cast<char>('1' + (point - 0x2460));
  if (point == 0x24EA || point == 0x24FF) return '0';
  if (between(0x24B6, 0x24CF)) return static_cast<char>('a' + (point - 0x24B6));
  if (between(0x24D0, 0x24E9)) return static_cast<char>('a' + (point - 0x24D0));
  if (between(0xFF10, 0xFF19)) return static_cast<char>('0' + (point - 0xFF10));
  if (between(0xFF21, 0xFF3A)) return static_cast<char>('a' + (point - 0xFF21));
  if (between(0xFF41, 0xFF5A)) return static_cast<char>('a' + (point - 0xFF41));
  return point == 0x3002 || point == 0xFF0E || point == 0xFF61 ? '.' : '*';
}

/// A character of three bytes at `at`; 0 if there is none.
unsigned three_bytes(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || (static_cast<unsigned char>(text[at]) & 0xF0U) != 0xE0U) return 0;
  const auto bits = [&](std::size_t i, unsigned mask) {
    return static_cast<unsigned char>(text[i]) & mask;
  };
  return bits(at, 0xFU) << 12U | bits(at + 1, 0x3FU) << 6U | bits(at + 2, 0x3FU);
}

struct Number {
  std::uint64_t value = 0;
  bool decimal = true;  ///< without a leading zero
  bool valid = false;
};

Number number_of(std::string_view text) {
  constexpr std::size_t longest = 24;
  if (text.empty() || text.size() > longest) return {};
  unsigned base = 10;
  if (holds(text, 0, "0x")) {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() > 1 && text[0] == '0') {
    base = 8;
  }
  Number number{.decimal = base == 10, .valid = !text.empty()};
  for (const char c : text) {
    const int value = hex_value(c);
    if (value < 0 || static_cast<unsigned>(value) >= base) return {};
    number.value = number.value * base + static_cast<unsigned>(value);
  }
  return number;
}

HostKind kind_of(std::uint32_t address) {
  const std::uint32_t first = address >> 24U;
  const std::uint32_t two = address >> 16U;
  // Amazon, Google, Azure and others; Amazon's tasks; Alibaba; Oracle.
  static constexpr std::array<std::uint32_t, 4> metadata = {0xA9FEA9FE, 0xA9FEAA02, 0x646464C8,
                                                            0xC00000C0};
  if (std::ranges::find(metadata, address) != metadata.end()) return HostKind::metadata;
  if (first == 127 || first == 0) return HostKind::loopback;
  if (two == 0xA9FE) return HostKind::link;
  const bool inside = first == 10 || two >> 4U == 0xAC1 || two == 0xC0A8;
  return inside ? HostKind::inside : HostKind::outside;
}

std::optional<HostAddress> four(std::string_view host) {
  std::uint32_t address = 0;
  bool decimal = true;
  int parts = 0;
  for (bool last = false; !last; ++parts) {
    const std::size_t dot = host.find('.');
    last = dot == none;
    const Number number = number_of(part(host, 0, dot));
    if (!number.valid || parts > 3 || (!last && number.value > 255)) return std::nullopt;
    decimal &= number.decimal;
    // The last number fills what is left of the address.
    const unsigned shift = last ? 8U * (4U - static_cast<unsigned>(parts)) : 8U;
    address = shift >= 32 ? 0 : address << shift;
    address |= static_cast<std::uint32_t>(number.value);
    if (!last) host.remove_prefix(dot + 1);
  }
  return HostAddress{.kind = kind_of(address), .odd = parts != 4 || !decimal};
}

/// The eight groups of an IPv6 address; an IPv4 address may fill the last two.
struct Groups {
  std::array<std::uint32_t, 8> at{};
  std::size_t count = 0;
  std::size_t gap = none;  ///< groups before `::`
  bool valid = true;
};

bool add_four(Groups& groups, std::string_view text) {
  std::uint32_t address = 0;
  for (int i = 0; i < 4; ++i) {
    const std::size_t dot = text.find('.');
    const Number number = number_of(part(text, 0, dot));
    if (!number.valid || number.value > 255 || (dot == none) != (i == 3)) return false;
    address = address << 8U | static_cast<std::uint32_t>(number.value);
    text = dot == none ? std::string_view() : part(text, dot + 1);
  }
  if (groups.count > 6) return false;
  groups.at.at(groups.count++) = address >> 16U;
  groups.at.at(groups.count++) = address & 0xFFFFU;
  return true;
}

bool add_group(Groups& groups, std::string_view text) {
  if (text.contains('.')) return add_four(groups, text);
  if (text.empty() || text.size() > 4 || groups.count == 8) return false;
  std::uint32_t value = 0;
  for (const char c : text) {
    if (hex_value(c) < 0) return false;
    value = value << 4U | static_cast<std::uint32_t>(hex_value(c));
  }
  groups.at.at(groups.count++) = value;
  return true;
}

Groups groups_of(std::string_view text) {
  Groups groups;
  while (!text.empty() && groups.valid) {
    if (text.starts_with("::") && groups.gap == none) {
      groups.gap = groups.count;
      text.remove_prefix(2);
      continue;
    }
    const std::size_t colon = text.find(':');
    groups.valid = add_group(groups, part(text, 0, colon));
    if (colon == none) break;
    text.remove_prefix(part(text, colon).starts_with("::") ? colon : colon + 1);
  }
  groups.valid &= groups.gap != none || groups.count == 8;
  return groups;
}

/// Moves the groups behind `::` to the end.
void spread(Groups& groups) {
  if (groups.gap == none) return;
  std::ranges::rotate(groups.at.begin() + static_cast<std::ptrdiff_t>(groups.gap),
                      groups.at.begin() + static_cast<std::ptrdiff_t>(groups.count),
                      groups.at.end());
}

HostKind kind_of_six(const Groups& groups) {
  const auto zero = [&](std::size_t count) {
    return std::ranges::all_of(groups.at.begin(),
                               groups.at.begin() + static_cast<std::ptrdiff_t>(count),
                               [](std::uint32_t group) { return group == 0; });
  };
  const std::uint32_t low = groups.at[6] << 16U | groups.at[7];
  if (zero(6) && low < 2) return HostKind::loopback;
  if (zero(5) && (groups.at[5] == 0xFFFF || groups.at[5] == 0)) return kind_of(low);
  if (groups.at[0] == 0x64 && groups.at[1] == 0xFF9B) return kind_of(low);
  if (groups.at[0] == 0xFD00 && groups.at[1] == 0xEC2) return HostKind::metadata;
  if (groups.at[0] >> 6U == 0x3FA) return HostKind::link;
  return groups.at[0] >> 9U == 0x7E ? HostKind::inside : HostKind::outside;
}

std::optional<HostAddress> six(std::string_view host) {
  const std::size_t close = host.find(']');
  std::string_view text = part(host, 1, close == none ? none : close - 1);
  const std::size_t zone = text.find('%');
  text = part(text, 0, zone);
  Groups groups = groups_of(text);
  if (!groups.valid || text.empty()) return std::nullopt;
  spread(groups);
  const HostKind kind = kind_of_six(groups);
  const bool holds_four = kind == HostKind::metadata || text.contains('.');
  return HostAddress{.kind = kind, .odd = holds_four, .six = true, .zone = zone != none};
}

}  // namespace

PlainHost::PlainHost(std::string_view host) {
  for (std::size_t at = 0; at < host.size() && size_ < room;) {
    const unsigned point = high(host[at]) ? three_bytes(host, at) : 0;
    folded_ |= high(host[at]);
    bytes_.at(size_++) = !high(host[at]) ? lower(host[at]) : idna(point);
    at += point == 0 ? 1 : 3;
  }
}

std::optional<HostAddress> host_address(std::string_view host) {
  if (host.starts_with('[')) return six(host);
  if (host.ends_with('.')) host.remove_suffix(1);
  return host.empty() ? std::nullopt : four(host);
}

bool is_inner_name(std::string_view host) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"gateway.docker.internal", "host.containers.internal", "host.docker.internal",
       "ip6-localhost", "ip6-loopback", "ipv6-localhost", "kubernetes.default",
       "kubernetes.default.svc", "kubernetes.docker.internal", "lacolhost.com",
       "localhost.localdomain", "localhost4", "localhost6", "localtest.me", "lvh.me", "vcap.me",
       "yoogle.com"});
  static constexpr auto resolvers =
      std::to_array<std::string_view>({".lacolhost.com", ".localtest.me", ".lvh.me", ".nip.io",
                                       ".sslip.io", ".vcap.me", ".xip.io"});
  const auto below = [&](std::string_view domain) { return host.ends_with(domain); };
  return listed(names, host) || std::ranges::any_of(resolvers, below);
}

}  // namespace gird::detect
