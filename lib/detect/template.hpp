// Expressions of template languages in what should be data.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of the expressions and tags of Jinja, Twig, Handlebars, FreeMarker, Velocity, Smarty,
/// Mako, ERB, EJS, Razor, Thymeleaf, Pug and the expression languages of Java (EL, SpEL, OGNL):
///  - `template/probe`: nothing but arithmetic on literals, `{{7*7}}`; `template/probe-within` in a
///    longer text;
///  - `template/walk`: from a value to its class and on, `''.__class__.__mro__`;
///  - `template/run`: a call that runs a program or reads a file;
///    (`template/call-within` where other languages know the braces as well);
///  - `template/resource`: an object that reaches files or hosts;
///  - `template/filter`: a filter whose argument is a function of PHP;
///  - `template/engine`: the engine's own objects, `_self.env`, `$smarty.version`;
///  - `template/object`: one of its top objects alone, `{{self}}`; `template/object-change`:
///  changed;
///  - `template/literal-call`, `template/method`: a method of a literal, or alone in braces;
///  - `template/polyglot`: several languages at once;
///  - `template/preprocess`, `template/razor`: `__${...}__` of Thymeleaf, a class of .NET in Razor;
///  - `template/statement`: the value is a block tag; `template/server-tag`: a `<%` tag;
///  - `template/dunder-chain`: a walk without braces;
///  - `template/expression`: any other expression is the whole value.
/// Names and placeholders (`{{ user.name }}`, `${HOME}`, `{/other_user}`) are at most the last one.
void template_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
