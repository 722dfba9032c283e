// What to say of a program that could not be run.
#pragma once

#include <string>
#include <vector>

#include "sys/world.hpp"

namespace gird {

/// Hints for `program`, which execve refused with the errno `fault`: programs on PATH with nearly
/// the same name, or the way to make a file executable.
std::vector<std::string> hints_for_program(const std::string& program, int fault,
                                           const World& world);

/// "cannot run curl: ..." with its hints, on standard error.
void say_unfound(const std::string& program, int fault, World& world);

}  // namespace gird
