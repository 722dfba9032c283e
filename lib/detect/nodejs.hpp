// Code and polluted objects of Node.js in what should be data.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of Node.js:
///  - `nodejs/serialised`: a function that node-serialize runs;
///  - `nodejs/prototype`: a key or index `__proto__`, `constructor.prototype` that is set;
///    `nodejs/prototype-read`: one that is named;
///  - `nodejs/child-process`: the module is required and used; `nodejs/module`: loaded behind the
///    program's back (`process.mainModule`, `constructor._load`, `process.binding`);
///    `nodejs/module-quoted`: either in a long text;
///  - `nodejs/process`: `process[...]`;
///  - `nodejs/endless`: the value is a loop that never ends; `nodejs/function`: it makes a
///  function;
///  - `nodejs/flight`: a reference of React's Flight protocol that leads to a constructor.
void nodejs_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
