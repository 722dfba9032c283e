// Which files an attacker asks for: those that tell secrets, or where to look for them.
#pragma once

#include <cstdint>
#include <string_view>

namespace gird::detect {

enum class Secrecy : std::uint8_t {
  none,
  known,   ///< configuration, logs and shell history at the place where they are installed
  secret,  ///< accounts, keys, tokens, and the files that prove that any file can be read
};

/// How secret the file is that these names lead to: lower case, each behind a `/`, as PathNames
/// has them. What a NUL, `;`, `?` or `#` cuts off does not count.
/// Sources: Filesystem Hierarchy Standard 3.0; proc(5); the default places of Apache, nginx, PHP,
/// MySQL, IIS, OpenSSH and the command lines of cloud vendors in their manuals.
Secrecy secrecy_of(std::string_view names);

/// Whether the first of these names is a directory at the root of a Unix or Windows system.
bool at_system_root(std::string_view names);

/// Whether the first of these names is one that only the root of a system has: etc, proc, windows.
bool at_known_root(std::string_view names);

/// Whether the last of these names is a script that a web server runs, which is not read but run,
/// or holds the settings of one.
bool is_server_script(std::string_view names);

/// Whether the last of these names ends as source, page or picture of a project does.
bool looks_like_source(std::string_view names);

}  // namespace gird::detect
