// What a build service takes for a command of its own.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of a text that is printed, written to an environment file, or put into a workflow:
/// commands of GitHub (`::set-env name=x::y`), Azure (`##vso[`), TeamCity (`##teamcity[`) and
/// GitLab
/// (`section_start:`), expressions (`${{ secrets.x }}`), forged entries of environment files.
/// Source: the services' own documentation of their log commands.
void ci_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
