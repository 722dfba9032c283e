#include "rules/lint.hpp"

#include <algorithm>
#include <map>

#include "text/pattern.hpp"
#include "text/pattern_literals.hpp"

namespace gird::rules {
namespace {

constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view small = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view digits = "0123456789";

bool is_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

/// "GS-CSV-0001": capitals and digits, hyphens between them, four digits last.
bool is_id(std::string_view id) {
  const std::size_t last = id.rfind('-');
  if (last == std::string_view::npos || last == 0 || id.size() - last != 5) return false;
  const std::string allowed = std::string(capitals) + std::string(digits) + "-";
  return is_of(id.substr(last + 1), digits) && is_of(id, allowed) && capitals.contains(id.front());
}

/// "php-object", "sqli".
bool is_class(std::string_view name) {
  return !name.empty() && is_of(name, std::string(small) + std::string(digits) + "-");
}

/// "FAMILY/construct".
bool is_sign(std::string_view sign) {
  const std::size_t slash = sign.find('/');
  return slash != 0 && slash != std::string_view::npos && slash + 1 < sign.size() &&
         is_of(sign, std::string(small) + std::string(digits) + "-/");
}

class Lint {
 public:
  std::vector<Mistake> judge(std::span<const RuleFile> files) {
    for (const RuleFile& file : files) {
      for (std::size_t at = 0; at < file.rules.size(); ++at) {
        where_ = where(file.path, file.places[at]);
        rule_ = &file.rules[at];
        words();
        names();
        examples();
        if (!rule_->pattern.empty()) pattern();
      }
    }
    return std::move(mistakes_);
  }

 private:
  void blame(std::string why) {
    mistakes_.push_back({where_, std::string(rule_->id) + ": " + std::move(why), {}});
  }

  void words() {
    if (!is_id(rule_->id)) blame("an id is like GS-CSV-0001");
    if (!is_class(rule_->class_name)) blame("a class is a word in lower case");
    if (rule_->about.empty() || rule_->why.empty()) blame("'about' and 'why' say something");
    if (rule_->about.ends_with('.')) blame("'about' is no sentence");
    if (rule_->sign.empty() == rule_->pattern.empty()) blame("a rule has a sign or a pattern");
    if (!rule_->sign.empty() && !is_sign(rule_->sign)) blame("a sign is like csv/dde");
    if (rule_->pattern.empty() && !rule_->literals.empty()) blame("literals are for a pattern");
  }

  void names() {
    const auto [id, new_id] = ids_.emplace(rule_->id, where_);
    if (!new_id) blame("the id is taken at " + id->second);
    if (rule_->sign.empty()) return;
    const auto [sign, new_sign] = signs_.emplace(rule_->sign, where_);
    if (!new_sign) blame("the sign is bound at " + sign->second);
  }

  void examples() {
    if (rule_->pos.empty() || rule_->neg.empty()) blame("'pos' and 'neg' have an example each");
    for (const std::string_view text : rule_->neg) {
      if (std::ranges::count(rule_->pos, text) > 0) blame("an example is in 'pos' and in 'neg'");
    }
  }

  void pattern() {
    const auto compiled = text::Pattern::compile(rule_->pattern);
    if (!compiled) return blame(compiled.error().what + ": " + compiled.error().why);
    const auto is_short = [](std::string_view literal) { return literal.size() < 3; };
    if (rule_->literals.empty() || std::ranges::any_of(rule_->literals, is_short)) {
      return blame("a pattern has literals, of 3 bytes at least");
    }
    if (!text::needs_one_of(rule_->pattern, rule_->literals)) {
      blame("the pattern may be found in a text without its literals");
    }
  }

  std::string where_;
  const Rule* rule_ = nullptr;
  std::map<std::string_view, std::string> ids_;
  std::map<std::string_view, std::string> signs_;
  std::vector<Mistake> mistakes_;
};

}  // namespace

std::vector<Mistake> lint(std::span<const RuleFile> files) { return Lint().judge(files); }

}  // namespace gird::rules
