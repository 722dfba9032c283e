// bench-scan FILE [SECONDS]: how fast the lines of a file are scanned, MB/s.
//
// Prints the rate of the whole scanner, then of its parts, each on its own: the marks, the screen
// of the patterns, the views (that they are made, not looked at), and each family where it is not
// skipped.
#include "detect/scan.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "detect/compiled.hpp"
#include "detect/families.hpp"
#include "detect/gate.hpp"
#include "text/views.hpp"

using namespace gird;

namespace {

std::vector<std::string> lines_of(const char* path) {
  std::vector<std::string> lines;
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

void rate(const std::string& what, const std::vector<std::string>& lines, double seconds,
          const std::function<void(std::string_view)>& look) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  std::size_t bytes = 0;
  std::size_t looks = 0;
  if (lines.empty()) return static_cast<void>(std::printf("%s: no line\n", what.c_str()));
  double spent = 0;
  do {
    for (const std::string& line : lines) look(line);
    for (const std::string& line : lines) bytes += line.size() + 1;
    looks += lines.size();
    spent = std::chrono::duration<double>(Clock::now() - start).count();
  } while (spent < seconds);
  std::printf("%-12s %8.1f MB/s %8.3f us a line\n", what.c_str(),
              static_cast<double>(bytes) / spent / 1e6, spent * 1e6 / static_cast<double>(looks));
}

/// The lines that family `n` has to look at.
std::vector<std::string> open_to(std::size_t n, const std::vector<std::string>& lines) {
  const detect::Family& family = detect::families()[n];
  std::vector<std::string> open;
  for (const std::string& line : lines) {
    const detect::Marks marks = detect::Marks::of(line);
    const bool met = family.needs[0].meets(marks) && family.needs[1].meets(marks);
    if (met && (detect::gate().open_for(line) >> n & 1U) != 0) open.push_back(line);
  }
  return open;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const double seconds = argc > 2 ? std::stod(argv[2]) : 0.3;
  const std::vector<std::string> lines = lines_of(argv[1]);
  if (lines.empty()) return 2;
  std::size_t found = 0;
  detect::Scanner scanner(detect::compiled_rules(), {});
  rate("scan", lines, seconds, [&](std::string_view text) { found += scanner.scan(text).size(); });
  rate("marks", lines, seconds, [&](std::string_view text) {
    found += detect::Marks::of(text).meets(detect::Marks("\x7f")) ? 1 : 0;
  });
  rate("screen", lines, seconds, [&](std::string_view text) {
    scanner.book().screen().look(text, [&](std::uint32_t) { ++found; });
  });
  text::Views views;
  rate("views", lines, seconds, [&](std::string_view text) { found += views.of(text).size(); });
  rate("gate", lines, seconds,
       [&](std::string_view text) { found += detect::gate().open_for(text) % 2; });
  detect::Signs signs;
  for (std::size_t n = 0; n < detect::families().size(); ++n) {
    const detect::Family& family = detect::families()[n];
    const std::vector<std::string> open = open_to(n, lines);
    std::printf("%3zu %% ", open.size() * 100 / lines.size());
    rate(std::string(family.name), open, seconds, [&](std::string_view text) {
      signs.clear();
      family.look(text, signs);
      found += signs.all().size();
    });
  }
  return found == 1 ? 1 : 0;  // what is not used is not computed
}
