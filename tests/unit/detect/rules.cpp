// The rules that gird is built with, held against their own examples.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "detect/compiled.hpp"
#include "detect/families.hpp"
#include "detect/scan.hpp"
#include "rules/lint.hpp"

using namespace gird;

namespace {

const rules::Book book = detect::compiled_rules();

detect::Scanner scanner(rules::Sensitivity sensitivity) { return {book, {sensitivity, {}}}; }

bool speaks(detect::Scanner& scanner, std::size_t rule, std::string_view text) {
  return std::ranges::count(scanner.scan(text), rule, &detect::Finding::rule) != 0;
}

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> files_of(const char* folder, std::string_view extension) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(GIRD_SOURCE_DIR) / folder)) {
    if (entry.path().extension() == extension) paths.push_back(entry.path());
  }
  return paths;
}

/// Between quotes in a source of lib/detect: "FAMILY/construct".
std::set<std::string> signs_in_the_sources() {
  std::set<std::string> families{"views"};
  for (const detect::Family& family : detect::families()) families.emplace(family.name);
  std::set<std::string> signs;
  for (const auto& path : files_of("lib/detect", ".cpp")) {
    const std::string text = content(path);
    for (std::size_t at = text.find('"'); at != text.npos; at = text.find('"', at + 1)) {
      const std::string word = text.substr(at + 1, text.find_first_of("\"\n", at + 1) - at - 1);
      const std::size_t slash = word.find('/');
      const bool is_name =
          word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-/") == word.npos;
      if (is_name && slash != word.npos && families.contains(word.substr(0, slash))) {
        signs.insert(word);
      }
    }
  }
  return signs;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(compiled_rules)

BOOST_AUTO_TEST_CASE(every_example_is_judged_as_it_says) {
  detect::Scanner widest = scanner(rules::Sensitivity::high);
  detect::Scanner by_level[] = {scanner(rules::Sensitivity::low),
                                scanner(rules::Sensitivity::medium),
                                scanner(rules::Sensitivity::high)};
  for (std::size_t n = 0; n < book.size(); ++n) {
    const rules::Rule rule = book.rule(n);
    detect::Scanner& own = by_level[static_cast<std::size_t>(rule.sensitivity)];
    for (const std::string_view text : rule.pos) {
      BOOST_TEST(speaks(own, n, text), rule.id << " does not find " << text);
    }
    for (const std::string_view text : rule.neg) {
      BOOST_TEST(!speaks(widest, n, text), rule.id << " finds " << text);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_files_are_clean_and_all_of_them_are_compiled) {
  std::vector<rules::RuleFile> files;
  std::size_t count = 0;
  for (const auto& path : files_of("lib/detect/rules", ".toml")) {
    auto file = rules::read_rules(path.filename().string(), content(path));
    BOOST_REQUIRE_MESSAGE(file, path << " is read");
    count += file->rules.size();
    for (const rules::Rule& rule : file->rules) BOOST_TEST(book.with_id(rule.id).has_value());
    files.push_back(std::move(*file));
  }
  BOOST_TEST(count == book.size());
  for (const rules::Mistake& mistake : rules::lint(files)) {
    BOOST_ERROR(mistake.where << ": " << mistake.why);
  }
}

BOOST_AUTO_TEST_CASE(every_sign_has_a_rule_and_every_rule_a_sign_that_there_is) {
  const std::set<std::string> told = signs_in_the_sources();
  BOOST_TEST(told.size() > 1U);
  for (const std::string& sign : told) {
    BOOST_TEST(book.with_sign(sign).has_value(), "no rule is bound to " << sign);
  }
  for (std::size_t n = 0; n < book.size(); ++n) {
    const std::string sign(book.rule(n).sign);
    BOOST_TEST((sign.empty() || told.contains(sign)), "nothing tells " << sign);
  }
}

BOOST_AUTO_TEST_SUITE_END()
