// Command lines of PowerShell inside a value.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of one value: `powershell -enc …`, cmdlets and their aliases as commands, calls into .NET
/// that fetch or decode, names held apart by backticks. Letters count in either case, as there.
/// Source: Microsoft, about_PowerShell_exe and the cmdlets' own pages.
void powershell_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
