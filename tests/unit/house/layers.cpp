// The layer rule, held against every #include of lib/ and cmd/.
#include "unit/house/layers.hpp"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace gird::house {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

/// Which headers a package brings, and the only files that may include them ("" is any file of a
/// layer that names the package).
struct Package {
  std::string_view headers;
  std::string_view name;
  std::string_view only;
};

constexpr std::array<Package, 11> packages{{
    {"CLI/", "gird_cli11", "lib/cli/fill.cpp"},
    {"toml++/", "gird_tomlplusplus", "lib/toml/parse.cpp"},
    {"re2/", "re2", ""},
    {"fmt/", "fmt-header-only", ""},
    {"nlohmann/", "nlohmann_json", ""},
    {"sqlite3.h", "SQLite3", ""},
    {"hiredis/", "hiredis", ""},
    {"openssl/", "SSL", ""},
    {"httplib.h", "httplib", ""},
    {"zstd.h", "zstd", ""},
    {"boost/", "Boost", ""},
}};

constexpr std::array<std::string_view, 3> heavy{"regex", "iostream", "filesystem"};

struct Include {
  std::size_t line;
  std::string_view name;
  bool angled;
};

std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> all;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view row = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!row.starts_with("#include ") || row.size() < 12) continue;
    row.remove_prefix(9);
    const std::size_t close = row.find(row[0] == '<' ? '>' : '"', 1);
    all.push_back({line, row.substr(1, close - 1), row[0] == '<'});
  }
  return all;
}

/// One file, and what the rule says of it.
class Judge {
 public:
  Judge(const Map& map, const Source& source) : map_(map), source_(source) {
    const std::string_view path = source.path;
    const std::size_t slash = path.find('/');
    in_lib_ = path.starts_with("lib/");
    const std::string_view inner = path.substr(slash + 1);
    if (in_lib_) layer_ = inner.substr(0, inner.find('/'));
  }

  std::optional<std::string> against(const Include& include) const {
    if (include.angled) return against_foreign(include.name);
    return in_lib_ ? against_floor(include.name) : against_sibling(include.name);
  }

 private:
  std::optional<std::string> against_foreign(std::string_view name) const {
    if (source_.path.ends_with(".hpp") && std::ranges::count(heavy, name) > 0) {
      return "<" + std::string(name) + "> is too heavy for a header";
    }
    const auto brings = [&](const Package& package) { return name.starts_with(package.headers); };
    const auto found = std::ranges::find_if(packages, brings);
    if (found == packages.end()) return std::nullopt;
    const std::string package(found->name);
    if (!found->only.empty() && source_.path != found->only) {
      return "only " + std::string(found->only) + " may know " + package;
    }
    // Commands put words together; every other package stays behind a layer.
    if (!in_lib_ && package == "fmt-header-only") return std::nullopt;
    if (!in_lib_ || !map_.at(layer_).packages.contains(package)) {
      return "its layer does not name the package " + package;
    }
    return std::nullopt;
  }

  std::optional<std::string> against_floor(std::string_view name) const {
    const std::string target(name.substr(0, name.find('/')));
    if (!name.contains('/')) return "a header is included by its layer, as \"base/result.hpp\"";
    if (target == layer_ || map_.at(layer_).uses.contains(target)) return std::nullopt;
    return "layer " + layer_ + " does not use " + target;
  }

  /// In cmd: layers, the shared option groups and the program's own headers, but no other command.
  std::optional<std::string> against_sibling(std::string_view name) const {
    const std::string target(name.substr(0, name.find('/')));
    if (name.contains('/')) {
      if (target == "shared" || map_.contains(target)) return std::nullopt;
      return "there is no layer " + target;
    }
    constexpr std::string_view frame[] = {"catalogue.hpp", "dispatch.hpp", "fusion.hpp",
                                          "inner_world.hpp"};
    if (std::ranges::find(frame, name) != std::end(frame)) return std::nullopt;
    return "a command includes no file of another command";
  }

  const Map& map_;
  const Source& source_;
  bool in_lib_ = false;
  std::string layer_;
};

}  // namespace

Map layers_in(std::string_view text) {
  static constexpr std::string_view opening = "\ngird_layer(";
  Map map;
  for (std::size_t at = text.find(opening); at != text.npos; at = text.find(opening, at + 1)) {
    const std::size_t from = at + opening.size();
    const auto words = words_of(text.substr(from, text.find(')', from) - from));
    Layer layer;
    std::string_view part;
    for (const std::string& word : words) {
      if (word == "USES" || word == "PRIVATE") {
        part = word;
      } else if (part == "USES") {
        layer.uses.insert(word);
        const std::set<std::string> below = map.at(word).uses;
        layer.uses.insert(below.begin(), below.end());
      } else if (part == "PRIVATE") {
        layer.packages.insert(word.substr(word.rfind(':') + 1));
      }
    }
    map[words.front()] = layer;
  }
  return map;
}

std::vector<std::string> violations(const Map& map, const std::vector<Source>& sources) {
  std::vector<std::string> all;
  for (const Source& source : sources) {
    const Judge judge(map, source);
    for (const Include& include : includes_of(source.text)) {
      if (const auto why = judge.against(include)) {
        all.push_back(source.path + ":" + std::to_string(include.line) + ": " + *why);
      }
    }
  }
  return all;
}

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

BOOST_AUTO_TEST_CASE(every_include_points_down) {
  const fs::path root = GIRD_SOURCE_DIR;
  const Map map = layers_in(read(root / "CMakeLists.txt"));
  BOOST_REQUIRE(map.size() >= 5);
  std::vector<Source> sources;
  for (const char* tree : {"lib", "cmd"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / tree)) {
      const fs::path path = entry.path();
      if (path.extension() != ".cpp" && path.extension() != ".hpp") continue;
      sources.push_back({fs::relative(path, root).string(), read(path)});
    }
  }
  BOOST_REQUIRE(sources.size() > 30);
  for (const std::string& violation : violations(map, sources)) BOOST_ERROR(violation);
}

BOOST_AUTO_TEST_CASE(every_folder_of_lib_is_a_layer) {
  const fs::path root = GIRD_SOURCE_DIR;
  const Map map = layers_in(read(root / "CMakeLists.txt"));
  for (const auto& entry : fs::directory_iterator(root / "lib")) {
    if (entry.is_directory())
      BOOST_TEST(map.contains(entry.path().filename().string()), entry.path());
  }
}

const Map sample = layers_in(
    "# gird_layer(not a row)\n"
    "\ngird_layer(base)\n"
    "gird_layer(text USES base PRIVATE PkgConfig::re2)\n"
    "gird_layer(toml PRIVATE gird_tomlplusplus)\n"
    "gird_layer(cli  USES base toml\n  PRIVATE gird_cli11 fmt)\n"
    "gird_layer(audit USES text)\n");

BOOST_AUTO_TEST_CASE(rows_are_read_with_what_lies_below) {
  BOOST_TEST(sample.size() == 5);
  BOOST_TEST(sample.at("base").uses.empty());
  BOOST_TEST((sample.at("audit").uses == std::set<std::string>{"base", "text"}));
  BOOST_TEST((sample.at("cli").packages == std::set<std::string>{"fmt", "gird_cli11"}));
}

struct Planted {
  const char* path;
  const char* include;
  bool allowed;
};

BOOST_AUTO_TEST_CASE(planted_violations_are_found) {
  const Planted all[] = {
      {"lib/text/a.cpp", "\"text/a.hpp\"", true},
      {"lib/text/a.cpp", "\"base/result.hpp\"", true},
      {"lib/audit/a.cpp", "\"base/result.hpp\"", true},
      {"lib/text/a.cpp", "<string>", true},
      {"lib/text/a.cpp", "<re2/re2.h>", true},
      {"lib/text/a.cpp", "<filesystem>", true},
      {"lib/cli/fill.cpp", "<CLI/App.hpp>", true},
      {"lib/toml/parse.cpp", "<toml++/toml.h>", true},
      {"cmd/retry.cpp", "\"text/a.hpp\"", true},
      {"cmd/retry.cpp", "\"shared/settings.hpp\"", true},
      {"cmd/dispatch.cpp", "\"catalogue.hpp\"", true},
      {"cmd/shared/a.cpp", "<fmt/core.h>", true},
      {"lib/text/a.cpp", "<fmt/core.h>", false},
      {"lib/base/a.cpp", "\"text/a.hpp\"", false},
      {"lib/text/a.cpp", "\"cli/rows.hpp\"", false},
      {"lib/text/a.cpp", "\"audit/a.hpp\"", false},
      {"lib/text/a.cpp", "\"a.hpp\"", false},
      {"lib/text/a.cpp", "\"shared/settings.hpp\"", false},
      {"lib/audit/a.cpp", "<re2/re2.h>", false},
      {"lib/cli/rows.cpp", "<CLI/App.hpp>", false},
      {"lib/cli/config.cpp", "<toml++/toml.h>", false},
      {"lib/base/json.cpp", "<nlohmann/json.hpp>", false},
      {"lib/base/a.hpp", "<regex>", false},
      {"lib/base/a.hpp", "<iostream>", false},
      {"lib/base/a.hpp", "<filesystem>", false},
      {"cmd/retry.cpp", "<CLI/App.hpp>", false},
      {"cmd/retry.cpp", "<re2/re2.h>", false},
      {"cmd/retry.cpp", "\"help.hpp\"", false},
      {"cmd/retry.cpp", "\"nowhere/a.hpp\"", false},
  };
  for (const Planted& it : all) {
    const std::string text = "// what for\n#include " + std::string(it.include) + "\n";
    const auto found = violations(sample, {{it.path, text}});
    BOOST_TEST(found.empty() == it.allowed, it.path << " includes " << it.include);
    if (!found.empty()) BOOST_TEST(found.front().starts_with(std::string(it.path) + ":2: "));
  }
}

}  // namespace
}  // namespace gird::house
