// Looking along PATH.
#include "sys/path.hpp"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace gird::sys {

bool is_file(const std::string& path) {
  struct stat info{};
  return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

std::vector<std::string> programs_on_path(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    const std::size_t colon = std::min(path.find(':'), path.size());
    const std::string directory(path.substr(0, colon));
    path.remove_prefix(std::min(colon + 1, path.size()));
    DIR* open = ::opendir(directory.empty() ? "." : directory.c_str());
    if (open == nullptr) continue;
    while (const dirent* entry = ::readdir(open)) {
      const std::string file = directory + "/" + entry->d_name;
      if (entry->d_type != DT_DIR && ::access(file.c_str(), X_OK) == 0)
        names.emplace_back(entry->d_name);
    }
    ::closedir(open);
  }
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

}  // namespace gird::sys
