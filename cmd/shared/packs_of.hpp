// The packs that --transient means for a command.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "policy/transient.hpp"
#include "sys/world.hpp"

namespace gird {

/// Those named, and with `auto` the one of the program.
std::vector<const policy::TransientPack*> packs_of(const policy::TransientChoice& choice,
                                                   std::span<const std::string> argv);

/// --transient list. Fault::usage, value-pack: beside a command.
Result<Exit> print_packs(std::span<const std::string> argv, World& world);

}  // namespace gird
