// Text in GitHub's workflow commands.
#pragma once

#include <string>
#include <string_view>

namespace gird {

/// `text` as the data of a workflow command, or, where `property`, as a value of one of its
/// properties (`:` and `,` are escaped too). Source: GitHub, actions/toolkit, command.ts.
std::string github_escaped(std::string_view text, bool property);

}  // namespace gird
