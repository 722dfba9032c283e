// Test data that is not part of the project: suites of other repairers and parsers, where they are.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace gird::json {

/// The folder of the data: `data/json` in $GIRD_SHARED, or in `shared` beside the sources.
std::string shared_folder();
/// The lines of a file there; none when it is not there.
std::vector<std::string> shared_lines(std::string_view name);
/// The rows of a file there, one JSON document a line; none when it is not there.
std::vector<nlohmann::json> shared_rows(std::string_view name);
/// What RFC 4648 writes so.
std::string from_base64(std::string_view text);

}  // namespace gird::json
