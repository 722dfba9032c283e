// Makes the rules of files a source of C++. Runs while gird is built.
//
//   gird-rules OUTPUT FILE.toml...
//
// A file that does not read, or rules that lint is against, are a failed build.
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "rules/book.hpp"
#include "rules/lint.hpp"
#include "rules/read.hpp"

using namespace gird::rules;

namespace {

int refused(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) {
    const std::string hint = mistake.hints.empty() ? "" : "; " + mistake.hints.front();
    std::fprintf(stderr, "%s: error: %s%s\n", mistake.where.c_str(), mistake.why.c_str(),
                 hint.c_str());
  }
  return 1;
}

std::string content(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string source(const std::vector<std::uint32_t>& numbers) {
  std::string text =
      "// Made by the build from lib/detect/rules.\n"
      "#include \"detect/compiled.hpp\"\n\n"
      "namespace gird::detect {\nnamespace {\n\n"
      "constexpr std::uint32_t numbers[] = {";
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    text += at % 12 == 0 ? "\n    " : " ";
    text += std::to_string(numbers[at]) + "U,";
  }
  return text +
         "\n};\n\n}  // namespace\n\n"
         "rules::Book compiled_rules() { return rules::Book(numbers); }\n\n"
         "}  // namespace gird::detect\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::vector<RuleFile> files;
  for (const char* path : std::vector<const char*>(argv + 2, argv + argc)) {
    auto file = read_rules(path, content(path));
    if (!file) return refused(file.error());
    files.push_back(std::move(*file));
  }
  const std::vector<Mistake> mistakes = lint(files);
  if (!mistakes.empty()) return refused(mistakes);
  std::vector<Rule> rules;
  for (const RuleFile& file : files) {
    rules.insert(rules.end(), file.rules.begin(), file.rules.end());
  }
  std::ofstream(argv[1]) << source(pack(rules));
  return 0;
}
