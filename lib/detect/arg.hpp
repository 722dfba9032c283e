// Values that a program takes for one of its options.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of a value that begins with `-` and is an option that makes a known program run a command,
/// write a file or load code: `--upload-pack=sh`, `-oProxyCommand=sh`,
/// `--checkpoint-action=exec=sh`. Source: the manuals of git, ssh, tar, rsync, curl, wget, find,
/// zip, sort, sqlite3, gcc and others; P. Lagadec et al., argument injection vectors.
void arg_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
