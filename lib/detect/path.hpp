// Paths that leave their directory, and names of files that are not to be read.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of the paths in a text:
///  - `path/climb-*`: segments that go up, by where they lead (to-secret, to-known, to-root,
///    near-root), by spelling (hidden, mangled, wild, mixed) and by depth (deep, steep, out,
///    above-root, plain);
///  - `path/secret-*`, `path/known-*`, `path/dotted-to-secret`: files of secrecy_of, by position;
///  - `path/shown`: the text is a command that shows such a file;
///  - `path/nul-cut`: a NUL behind a name;
///  - those of windows_path_signs and wrapper_signs.
/// A relative path of a project (`../../lib/foo.h`) is only `path/climb-plain`.
void path_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
