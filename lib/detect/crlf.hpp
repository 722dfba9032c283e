// Lines that a value adds to a protocol of lines.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of a value that ends its line and goes on with one of HTTP, mail or another protocol of
/// lines: `crlf/header` (a header of HTTP or mail behind a carriage return), `crlf/header-lf` (one
/// behind a line feed alone), `crlf/header-other` (a header that is not known),
/// `crlf/message` (a request or status line), `crlf/request` (one at the start), `crlf/command`
/// (SMTP, IMAP, POP, Redis), `crlf/blank` (nothing but line ends), `crlf/parameter`
/// (`name=`; `crlf/parameter-cr` behind a carriage return).
/// U+560D and U+560A count as CR and LF: what keeps the low byte of a character makes them so;
/// so does `\r\n` in escapes.
/// A text whose first line is a header or a request itself, or that has many lines, is a message
/// or a mail, not a value: it has none of these but `crlf/dump`.
void crlf_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
