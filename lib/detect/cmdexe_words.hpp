// The programs and builtins of Windows that an injected command line calls.
#pragma once

#include <span>
#include <string_view>

namespace gird::detect::cmdexe {

struct Program {
  std::string_view name;
  bool plain = false;  ///< a name of a program and nothing else
  /// What may follow that needs no other argument to be meant, as "user" behind `net`.
  std::string_view verbs;
};

/// The program of that name in lower case, without `.exe`; nothing where none is known.
const Program* program_of(std::string_view name);

/// A program that starts or fetches others, and the option that makes it: `certutil -urlcache`.
struct Launcher {
  std::string_view name;
  std::string_view argument;  ///< what one of its arguments starts with, in lower case
};
std::span<const Launcher> launchers();

}  // namespace gird::detect::cmdexe
