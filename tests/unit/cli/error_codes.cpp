// Every error code of the sources has a section in gird-errors(7), and the other way round.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "cli/page.hpp"

namespace gird::cli {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A word of lower-case letters and hyphens, at least one of them, between quotes at `at`.
std::string code_at(std::string_view text, std::size_t at) {
  const std::size_t from = text.find_first_not_of(" \n", at);
  if (from == text.npos || text[from] != '"') return {};
  const std::size_t to = text.find('"', from + 1);
  const std::string_view word = text.substr(from + 1, to - from - 1);
  const bool fits =
      word.contains('-') && word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == word.npos;
  return fits ? std::string(word) : std::string();
}

/// The codes of one source: what stands first in misuse() and system_error(), second in an Error,
/// or is handed on to a function that makes one, which names it by its third argument.
std::set<std::string> codes_of(const std::string& text) {
  std::set<std::string> codes;
  const auto collect = [&](std::string_view opening) {
    for (std::size_t at = text.find(opening); at != text.npos; at = text.find(opening, at + 1)) {
      const std::string code = code_at(text, at + opening.size());
      if (!code.empty()) codes.insert(code);
    }
  };
  for (const char* opening : {"misuse(", "system_error(", "Fault::usage,", "Fault::input,",
                              "Fault::system,", "unknown(file, entry,"}) {
    collect(opening);
  }
  return codes;
}

/// Each code of lib/ and cmd/ with a file that uses it.
std::map<std::string, std::string> used_codes() {
  std::map<std::string, std::string> used;
  const fs::path root = GIRD_SOURCE_DIR;
  for (const char* folder : {"lib", "cmd"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const fs::path& path = entry.path();
      if (path.extension() != ".cpp" && path.extension() != ".hpp") continue;
      for (const std::string& code : codes_of(read(path))) {
        used[code] = fs::relative(path, root).string();
      }
    }
  }
  return used;
}

BOOST_AUTO_TEST_SUITE(error_codes)

BOOST_AUTO_TEST_CASE(codes_are_found_in_all_ways_to_make_an_error) {
  const std::set<std::string> wanted{"a-b", "c-d", "e-f", "g-h"};
  const auto found = codes_of(
      "misuse(\"a-b\", x) system_error(\n    \"c-d\", y) Error{Fault::input, \"e-f\", z}"
      " unknown(file, entry, \"g-h\", w) misuse(code, x) misuse(\"Not A Code\")");
  BOOST_TEST(found == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_code_has_a_section_and_every_section_a_code) {
  const std::string text = read(fs::path(GIRD_SOURCE_DIR) / "man/gird-errors.7.md");
  const Document page = parse_page(text);
  std::set<std::string> explained;
  for (const Section& section : page.sections) {
    if (section.level == 3) explained.emplace(section.title);
  }
  const auto used = used_codes();
  BOOST_TEST(used.size() > 20);
  for (const auto& [code, file] : used) {
    BOOST_TEST(explained.contains(code), code << " of " << file << " is not explained");
  }
  for (const std::string& code : explained) {
    BOOST_TEST(used.contains(code), code << " is explained and never used");
  }
}

BOOST_AUTO_TEST_CASE(every_section_has_a_cause_a_fix_and_an_example) {
  const std::string text = read(fs::path(GIRD_SOURCE_DIR) / "man/gird-errors.7.md");
  for (const Section& section : parse_page(text).sections) {
    if (section.level != 3) continue;
    BOOST_TEST_REQUIRE(section.blocks.size() >= 3, section.title);
    const auto* fix = std::get_if<Paragraph>(&section.blocks[1]);
    BOOST_TEST_REQUIRE(fix != nullptr, section.title);
    BOOST_TEST(fix->prose.front().text.starts_with("Fix: "), section.title);
    BOOST_TEST(std::holds_alternative<Console>(section.blocks[2]), section.title);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::cli
