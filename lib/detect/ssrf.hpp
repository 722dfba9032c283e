// URLs that lead a server to itself, to its neighbours or to its cloud.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of the hosts of the URLs in a text:
///  - `ssrf/odd-address`: an address in a spelling that only a parser of C takes (`0x7f.1`, one
///    number, wrapped, enclosed digits, IPv4 within IPv6), by where it leads: this one inside,
///    `ssrf/odd-outside` elsewhere;
///  - `ssrf/metadata`: the value is a URL of a cloud's metadata; `ssrf/metadata-within`: elsewhere;
///  - `ssrf/inside`: the value is a web URL of the host itself or of a private address,
///    `ssrf/strange-inside`: in another scheme or in IPv6;
///  - `ssrf/inner-name`: of a name that leads there; `ssrf/zone`: of an IPv6 address with a zone;
///  - `ssrf/scheme`: the value is a URL of gopher, dict and the like; `ssrf/scheme-within`:
///  elsewhere;
///  - `ssrf/userinfo`: what looks like the host is the user; `ssrf/split`: parsers disagree on it;
///  - `ssrf/escaped-host`: the host is written with escapes; `ssrf/unix`: behind a socket's path.
void ssrf_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
