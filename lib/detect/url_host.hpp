// The host of a URL, as the resolvers of C libraries and browsers read it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gird::detect {

enum class HostKind : std::uint8_t {
  name,
  outside,   ///< an address of the internet
  inside,    ///< of a private network
  link,      ///< of the link only
  loopback,  ///< of this host, or of none
  metadata,  ///< where clouds tell a machine its secrets
};

struct HostAddress {
  HostKind kind = HostKind::name;
  bool odd = false;   ///< not the four decimal numbers, or the shortest IPv6 text, people write
  bool six = false;   ///< written as IPv6
  bool zone = false;  ///< with a zone, `%eth0`
};

/// Reads an IPv4 address as inet_aton(3) does (one to four numbers; hexadecimal, octal; too large
/// ones wrap) or an IPv6 address within brackets, also where it holds an IPv4 address. Full-width
/// and enclosed digits, and the ideographic full stop, count as what IDNA makes of them.
/// None if it is not an address.
std::optional<HostAddress> host_address(std::string_view host);

/// Whether this name always leads to the host itself or to the host of a container.
bool is_inner_name(std::string_view host);

/// `host` in ASCII lower case, with IDNA's digits and letters; what else is not ASCII becomes `*`.
/// Fits `room`, or is cut.
class PlainHost {
 public:
  explicit PlainHost(std::string_view host);
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }
  [[nodiscard]] bool folded() const { return folded_; }  ///< some byte was not ASCII

 private:
  static constexpr std::size_t room = 80;
  std::array<char, room> bytes_{};
  std::size_t size_ = 0;
  bool folded_ = false;
};

}  // namespace gird::detect
