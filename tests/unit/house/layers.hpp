// The layer rule: which file may include what.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gird::house {

/// What a row `gird_layer(NAME USES ... PRIVATE ...)` of CMakeLists.txt says.
struct Layer {
  std::set<std::string> uses;      ///< the layers below it, those below them included
  std::set<std::string> packages;  ///< "re2", "CLI11", ... without their namespace
};

using Map = std::map<std::string, Layer>;

/// Reads the rows of `text` (CMakeLists.txt). A layer must be written below those it uses.
Map layers_in(std::string_view text);

/// A file of the project, by its path from the root ("lib/cli/fill.cpp").
struct Source {
  std::string path;
  std::string text;
};

/// Every #include in `sources` that `map` or the house rules forbid, each as "PATH:LINE: WHY".
std::vector<std::string> violations(const Map& map, const std::vector<Source>& sources);

}  // namespace gird::house
