// Finding the host in a command line.
#include "shared/default_name.hpp"

#include <algorithm>

#include "shared/guarded_command.hpp"

namespace gird {
namespace {

bool letter_or_digit(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9');
}

bool all_of(std::string_view text, std::string_view more) {
  return !text.empty() && std::ranges::all_of(text, [&](char byte) {
    return letter_or_digit(byte) || more.contains(byte);
  });
}

/// "HOST", "HOST:PORT" or "[V6]:PORT" without what follows the host.
std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    return end == authority.npos ? std::string_view() : authority.substr(1, end - 1);
  }
  return authority.substr(0, authority.find(':'));
}

/// The host of SCHEME://USER@HOST:PORT/..., empty for anything else. Source: RFC 3986, 3.2.
std::string_view host_of_url(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == text.npos || !all_of(text.substr(0, scheme), "+.-")) return {};
  std::string_view authority = text.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  return host_of(authority.substr(authority.rfind('@') + 1));
}

/// The host of USER@HOST, USER@HOST:PATH and USER@HOST/PATH.
std::string_view host_of_login(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == text.npos || !all_of(text.substr(0, at), "._+-") || text.starts_with('-')) return {};
  const std::string_view rest = text.substr(at + 1);
  if (rest.starts_with('[')) return host_of(rest);
  const std::string_view host = rest.substr(0, rest.find_first_of(":/"));
  return all_of(host, ".-_") ? host : std::string_view();
}

std::string_view host_in(std::string_view argument) {
  if (const std::string_view host = host_of_url(argument); !host.empty()) return host;
  const std::size_t equals = argument.find('=');
  if (argument.starts_with('-') && equals != argument.npos) {
    return host_of_url(argument.substr(equals + 1));
  }
  return host_of_login(argument);
}

}  // namespace

Name default_name(std::span<const std::string> argv) {
  if (const auto inner = guarded_command(argv); !inner.empty()) argv = inner;
  if (argv.empty()) return name_made_of("");
  std::string text = argv.front().substr(argv.front().find_last_of('/') + 1);
  for (const std::string& argument : argv.subspan(1)) {
    const std::string_view host = host_in(argument);
    if (host.empty()) continue;
    text += '@';
    // Hosts are the same in capitals, breakers would not be.
    for (const char byte : host) {
      text += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    }
    break;
  }
  return name_made_of(text);
}

}  // namespace gird
