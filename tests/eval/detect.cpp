// What detection makes of a labelled corpus.
//
//   eval-detect [--rules DIR] [--level low|medium|high] [--family NAME]... [--misses CLASS]
//               [--hits SLICE] [-n N] CORPUS.ndjson
//
// Prints the recall of each class, the share of each slice of benign text that is flagged, what
// each rule found, and the time a record took. --misses CLASS prints malicious records of that
// class (or all) that no rule of the level speaks of; --hits SLICE benign ones (a slice, natural,
// or all) that one speaks of.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "detect/families.hpp"

using namespace gird;

namespace {

struct Options {
  std::string rules = "lib/detect/rules";
  std::string level = "medium";
  std::set<std::string, std::less<>> families;
  std::string misses;
  std::string hits;
  std::size_t most = 40;
  std::string corpus;
};

struct Bound {
  std::string id;
  int level = 0;
  bool counts = true;
};

struct Count {
  std::size_t all = 0;
  std::size_t flagged = 0;
};

int level_of(std::string_view name) { return name == "low" ? 0 : name == "medium" ? 1 : 2; }

std::map<std::string, Bound, std::less<>> rules_of(const std::string& folder) {
  std::map<std::string, Bound, std::less<>> bound;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    const toml::table file = toml::parse_file(entry.path().string());
    for (const auto& node : *file["rule"].as_array()) {
      const toml::table& rule = *node.as_table();
      if (!rule.contains("sign")) continue;
      bound[rule["sign"].value_or("")] = {rule["id"].value_or(""),
                                          level_of(rule["sensitivity"].value_or("")),
                                          rule["severity"].value_or(std::string()) != "info"};
    }
  }
  return bound;
}

std::string bytes_of(const std::string& base64) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned held = 0;
  int bits = 0;
  for (const char c : base64) {
    const std::size_t value = digits.find(c);
    if (value == std::string_view::npos) break;
    held = held << 6U | static_cast<unsigned>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> static_cast<unsigned>(bits) & 0xFFU);
  }
  return bytes;
}

Options options_of(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (word == "--rules")
      options.rules = words.at(++at);
    else if (word == "--level")
      options.level = words.at(++at);
    else if (word == "--family")
      options.families.insert(words.at(++at));
    else if (word == "--misses")
      options.misses = words.at(++at);
    else if (word == "--hits")
      options.hits = words.at(++at);
    else if (word == "-n")
      options.most = std::stoul(words.at(++at));
    else
      options.corpus = word;
  }
  return options;
}

void print(const char* title, const std::map<std::string, Count>& counts) {
  std::printf("\n%-24s %8s %8s %8s\n", title, "records", "flagged", "%");
  for (const auto& [name, count] : counts) {
    std::printf("%-24s %8zu %8zu %8.3f\n", name.c_str(), count.all, count.flagged,
                100.0 * static_cast<double>(count.flagged) / static_cast<double>(count.all));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = options_of({argv + 1, argv + argc});
  const auto rules = rules_of(options.rules);
  std::map<std::string, Count> classes;
  std::map<std::string, Count> sources;
  std::map<std::string, Count> slices;
  std::map<std::string, std::pair<std::size_t, std::size_t>> of_sign;
  std::size_t shown = 0;
  std::size_t records = 0;
  std::chrono::nanoseconds spent{};
  std::ifstream corpus(options.corpus);
  for (std::string line; std::getline(corpus, line);) {
    const nlohmann::json record = nlohmann::json::parse(line);
    std::string input = record["input"];
    if (record.value("b64", false)) input = bytes_of(input);
    detect::Signs signs;
    const auto before = std::chrono::steady_clock::now();
    for (const detect::Family& family : detect::families()) {
      if (options.families.empty() || options.families.contains(family.name)) {
        family.look(input, signs);
      }
    }
    spent += std::chrono::steady_clock::now() - before;
    ++records;
    const std::string class_name = record["class"];
    const std::string slice = record["slice"];
    const bool benign = class_name == "benign";
    std::string why;
    for (const detect::Sign& sign : signs.all()) {
      const auto rule = rules.find(sign.name);
      if (rule == rules.end()) {
        std::fprintf(stderr, "no rule is bound to %s\n", std::string(sign.name).c_str());
        return 1;
      }
      if (class_name != "gray") {
        auto& [bad, good] = of_sign[std::string(sign.name)];
        if (benign)
          ++good;
        else
          ++bad;
      }
      if (rule->second.counts && rule->second.level <= level_of(options.level)) {
        why += (why.empty() ? "" : " ") + std::string(sign.name);
      }
    }
    const bool flagged = !why.empty();
    const auto note = [&](std::map<std::string, Count>& counts, const std::string& name) {
      ++counts[name].all;
      counts[name].flagged += flagged ? 1 : 0;
    };
    if (benign) {
      note(slices, slice);
      if (slice != "hard") note(slices, "~natural");
    } else if (class_name == "gray") {
      note(slices, "~gray");
    } else {
      static const std::set<std::string> command_line = {
          "termesc", "loginj", "bidi", "homoglyph", "invisible", "ci", "arginj", "csv"};
      note(classes, class_name);
      note(classes, command_line.contains(class_name) ? "~command line" : "~web");
      note(sources, record["source"]);
    }
    const bool wanted_miss = !benign && class_name != "gray" && !flagged &&
                             (options.misses == "all" || options.misses == class_name);
    const bool wanted_hit = benign && flagged &&
                            (options.hits == "all" || options.hits == slice ||
                             (options.hits == "natural" && slice != "hard"));
    if ((wanted_miss || wanted_hit) && shown++ < options.most) {
      std::printf("%s %s [%s] %s\n", record["id"].get<std::string>().c_str(), slice.c_str(),
                  why.c_str(), record["input"].dump().c_str());
    }
  }
  print("class", classes);
  print("source", sources);
  print("benign slice", slices);
  std::printf("\n%-40s %-12s %10s %10s\n", "sign", "rule", "malicious", "benign");
  for (const auto& [name, hits] : of_sign) {
    std::printf("%-40s %-12s %10zu %10zu\n", name.c_str(), rules.find(name)->second.id.c_str(),
                hits.first, hits.second);
  }
  std::printf("\n%zu records, %.2f us each\n", records,
              static_cast<double>(spent.count()) / 1000.0 / static_cast<double>(records));
}
