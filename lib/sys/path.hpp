// Programs by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gird::sys {

/// The names of all executable files in the directories of `path`, sorted, each once.
std::vector<std::string> programs_on_path(std::string_view path);

/// Whether `path` is a regular file.
bool is_file(const std::string& path);

}  // namespace gird::sys
