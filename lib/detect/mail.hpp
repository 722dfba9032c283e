// Commands of mail protocols behind a line end.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of a value that ends the command it is put into and adds one of its own: SMTP (RFC 5321),
/// POP3 (RFC 1939) or IMAP (RFC 9051).
void mail_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
