// The scripts that a Redis server runs.
#pragma once

#include <string>
#include <string_view>

#include "store/kind.hpp"

namespace gird::store {

struct Script {
  std::string text;
  std::string digest;  ///< the name that EVALSHA wants
};

/// The source of the file lib/store/lua/NAME.lua, without comments and indentation; empty where
/// there is none.
std::string_view lua_source(std::string_view name);

/// The table `kind` that lua/cell.lua reads: version, and the names, counts and first values of all
/// numbers in the order of `each`, so that no script has a list of its own.
std::string lua_kind(const Kind& kind);

/// All that serves a cell but the last line, which calls `serve`.
std::string lua_library(const Kind& kind, std::string_view machine);

/// The script of a kind whose machine is `machine` in Lua.
Script script_of(const Kind& kind, std::string_view machine);

}  // namespace gird::store
