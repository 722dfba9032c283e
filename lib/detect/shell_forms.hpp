// Forms that only a shell has, whatever is run: brace lists, function bombs, slices.
#pragma once

#include <cstddef>
#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect::shell {

/// `{cat,/etc/passwd}` at the `{`: a list that the shell splits into a command and its arguments.
void brace_list(std::string_view text, std::size_t at, Signs& signs);

/// At the `(` of `() { :;}; id`, of `x(){ x|x& };x` and of `system("id")`.
void parenthesis(std::string_view text, std::size_t at, Signs& signs);

/// At the `$` of `${PATH:0:1}` and of `cat$IFS/etc/passwd`.
void expansion(std::string_view text, std::size_t at, Signs& signs);

/// At the `<` or `>` of `cat<<<id`, `<(id)` and `>& /dev/tcp/host/port`.
void angle(std::string_view text, std::size_t at, Signs& signs);

/// At the `$` of `;$a` where `a=nc` stands before, behind the separator `lead`.
void assigned(std::string_view text, std::size_t lead, std::size_t at, Signs& signs);

/// `alias x='curl'` at the `a`.
void alias(std::string_view text, std::size_t at, Signs& signs);

/// `.shell id` at the dot: what the shell of sqlite3 runs for its user.
void dot_command(std::string_view text, std::size_t at, Signs& signs);

/// `/etc/p?sswd` or `/e*c/shad*` at the `/`: a pattern that fits a file worth stealing.
void file_pattern(std::string_view text, std::size_t at, Signs& signs);

}  // namespace gird::detect::shell
