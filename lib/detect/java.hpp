// Classes, expressions and serialised objects of Java in what should be data.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of Java:
///  - `java/serialised`: a stream of objects, as bytes, hexadecimal or base64;
///  - `java/runtime`: a call that starts a program (`getRuntime().exec`, `new ProcessBuilder`);
///  - `java/gadget`: a class of a known chain of deserialisation;
///  - `java/ognl`: what OGNL and Spring bind (`#_memberAccess`, `class.module.classLoader`,
///    `@java.lang.Runtime@`);
///  - `java/class`: the value, a quoted word or an element is a class that starts programs or opens
///    files; `java/class-within`: such a class elsewhere.
/// Names of exceptions, as logs have them, are none.
void java_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
