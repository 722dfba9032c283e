// The name of a guard that was given none.
#pragma once

#include <span>
#include <string>

#include "base/name.hpp"

namespace gird {

/// The base name of the command and, where there is one, `@` and the host of the first argument
/// that is a URL (also behind the `=` of an option) or begins with user@host:
/// "curl@api.example.com" for `curl -fsS https://API.example.com:8443/v1`, "ssh@web1" for `ssh
/// deploy@web1`. Guards of ours are looked through: the name is that of the command behind them.
Name default_name(std::span<const std::string> argv);

}  // namespace gird
