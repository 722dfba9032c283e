// Code of Perl and Ruby in what should be data.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of scripts: `script/perl-run` (a list in a string, `@{[ ... ]}`, that runs a program),
/// `script/perl-list` (one that does not), `script/ruby-run` (`Kernel.exec(`, `IO.popen(`).
void script_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
