// Test data that is too large to be part of the project, where it is at hand.
#pragma once

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace gird::json {

/// The lines of a file in `data/json` of $GIRD_SHARED, or of `shared` beside the sources; none
/// where it is not there.
inline std::vector<std::string> shared_lines(std::string_view file) {
  const char* const shared = std::getenv("GIRD_SHARED");
  const std::string folder = shared != nullptr ? shared : GIRD_SOURCE_DIR "/../shared";
  std::ifstream stream(folder + "/data/json/" + std::string(file));
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace gird::json
