// Files of rules.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.hpp"
#include "toml/value.hpp"

namespace gird::rules {

/// What is wrong in a file of rules: "PATH:LINE:COLUMN", why (lower case), and the word that was
/// meant perhaps.
struct Mistake {
  std::string where;
  std::string why;
  std::vector<std::string> hints = {};
};

/// The rules of a file. Their texts are those of `source`.
struct RuleFile {
  std::string path;
  std::vector<Rule> rules;
  std::vector<toml::Place> places;  ///< of each rule
  std::unique_ptr<const toml::Table> source;
};

/// Reads a file of [[rule]] tables, with the keys that `Rule` has fields for (`class` is the
/// class's name). `path` is only for the messages. All mistakes, in the order of the file's rules,
/// or the rules.
std::expected<RuleFile, std::vector<Mistake>> read_rules(std::string_view path,
                                                         std::string_view text);

/// "PATH:LINE:COLUMN".
std::string where(std::string_view path, toml::Place place);

}  // namespace gird::rules
