// The plain main of a fuzz target: runs it on every file of the folders (or files) it is given, and
// on every beginning of each.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "target.hpp"

namespace {

namespace fs = std::filesystem;

void run(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

std::size_t replay(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  // What is cut off anywhere is where readers of foreign bytes go wrong first.
  for (std::size_t length = 0; length < text.size() && length < 512; ++length) {
    run(text.substr(0, length));
  }
  run(text);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t files = 0;
  for (int i = 1; i < argc; ++i) {
    if (!fs::is_directory(argv[i])) {
      files += replay(argv[i]);
      continue;
    }
    for (const auto& entry : fs::directory_iterator(argv[i])) files += replay(entry.path());
  }
  std::printf("%zu inputs\n", files);
  return files == 0 ? 1 : 0;
}
