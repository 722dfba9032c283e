// Lines of a log that somebody else wrote.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of a line end (CR, LF, VT, FF, NEL, U+2028, U+2029, or one written as \n or \r) with the
/// head of a line of a log behind it: `logline/timestamp`, `/syslog`, `/access`, `/json`,
/// `/logfmt`,
/// `/level`. Where the text begins with such a head itself it is an excerpt of a log: then
/// `logline/excerpt` alone.
/// Source: OWASP, Log Injection; CWE-117.
void logline_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
