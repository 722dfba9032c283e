// Reads the shared data.
#include "json/shared_data.hpp"

#include <cstdlib>
#include <fstream>

namespace gird::json {

std::string shared_folder() {
  const char* const shared = std::getenv("GIRD_SHARED");
  return std::string(shared != nullptr ? shared : GIRD_SOURCE_DIR "/../shared") + "/data/json";
}

std::vector<std::string> shared_lines(std::string_view name) {
  std::ifstream file(shared_folder() + "/" + std::string(name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::vector<nlohmann::json> shared_rows(std::string_view name) {
  std::vector<nlohmann::json> rows;
  for (const std::string& line : shared_lines(name)) rows.push_back(nlohmann::json::parse(line));
  return rows;
}

std::string from_base64(std::string_view text) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned held = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    held = held << 6 | static_cast<unsigned>(digits.find(c));
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> bits & 0xFF);
  }
  return bytes;
}

}  // namespace gird::json
