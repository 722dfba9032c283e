// Command lines of cmd.exe inside a value.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of one value: a command behind `&`, `|` or at the start, `for %x in (…)`, `if exist …`,
/// names held apart by carets (`w^h^o^a^m^i`), slices of variables (`%PATH:~0,1%`) and programs of
/// Windows that fetch or start others. Letters count in either case, as there.
/// Source: Microsoft, Windows Commands; the LOLBAS project.
void cmdexe_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
