// Code, serialised objects and settings of PHP in what should be data.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of PHP:
///  - `php/tag-code`: an opening tag with code behind it; `php/tag`: one without; `php/pseudo-tag`:
///    `[php]`, `{php}`, and `<?xml` that goes on as code;
///  - `php/superglobal`: `$_GET[...]`;
///  - `php/call-danger`: a call of a function that runs programs or code; `php/call`: of one that
///    only PHP has; `php/call-alone`: the value is one call of any common one;
///  - `php/named-call`: a function that is named by a string, an array or brackets,
///  `('system')(...)`;
///  - `php/variable-call`: one that is named by a variable, `$f(...)`, as the whole value;
///  - `php/object`: a serialised object; `php/array`: a serialised array;
///  - `php/setting`: a setting that changes what is run; `php/session`: the file of a session.
void php_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
