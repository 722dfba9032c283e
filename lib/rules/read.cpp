#include "rules/read.hpp"

#include <algorithm>
#include <array>

#include "base/nearest.hpp"
#include "toml/parse.hpp"

namespace gird::rules {
namespace {

template <std::string_view Rule::* field>
bool take_text(const toml::Value& value, Rule& rule) {
  const auto* text = value.as<std::string>();
  if (text == nullptr) return false;
  rule.*field = *text;
  return true;
}

template <std::vector<std::string_view> Rule::* field>
bool take_texts(const toml::Value& value, Rule& rule) {
  const auto* list = value.as<toml::List>();
  if (list == nullptr) return false;
  for (const toml::Value& item : *list) {
    const auto* text = item.as<std::string>();
    if (text == nullptr) return false;
    (rule.*field).emplace_back(*text);
  }
  return true;
}

template <unsigned Rule::* field>
bool take_number(const toml::Value& value, Rule& rule) {
  const auto* number = value.as<std::int64_t>();
  if (number == nullptr || *number < 1 || *number > 99999) return false;
  rule.*field = static_cast<unsigned>(*number);
  return true;
}

template <auto field, const auto& choices>
bool take_choice(const toml::Value& value, Rule& rule) {
  const auto* text = value.as<std::string>();
  if (text == nullptr) return false;
  const auto named = [&](const auto& choice) { return choice.name == *text; };
  const auto found = std::ranges::find_if(choices, named);
  if (found == choices.end()) return false;
  rule.*field = found->value;
  return true;
}

bool take_confidence(const toml::Value& value, Rule& rule) {
  if (const auto* number = value.as<double>()) {
    rule.confidence = *number;
  } else if (const auto* whole = value.as<std::int64_t>()) {
    rule.confidence = static_cast<double>(*whole);
  } else {
    return false;
  }
  return rule.confidence >= 0 && rule.confidence <= 1;
}

struct Key {
  std::string_view name;
  bool (*take)(const toml::Value& value, Rule& rule);
  std::string_view wanted;
  bool needed;
};

constexpr std::array keys = {
    Key{"about", take_text<&Rule::about>, "a text", true},
    Key{"capec", take_number<&Rule::capec>, "a number of CAPEC", false},
    Key{"class", take_text<&Rule::class_name>, "a text", true},
    Key{"confidence", take_confidence, "a number from 0 to 1", true},
    Key{"cwe", take_number<&Rule::cwe>, "a number of CWE", false},
    Key{"deprecated", take_text<&Rule::deprecated>, "a version", false},
    Key{"id", take_text<&Rule::id>, "a text", true},
    Key{"literals", take_texts<&Rule::literals>, "a list of texts", false},
    Key{"neg", take_texts<&Rule::neg>, "a list of texts", true},
    Key{"notes", take_text<&Rule::notes>, "a text", false},
    Key{"pattern", take_text<&Rule::pattern>, "a text", false},
    Key{"pos", take_texts<&Rule::pos>, "a list of texts", true},
    Key{"sensitivity", take_choice<&Rule::sensitivity, sensitivities>, "low, medium or high", true},
    Key{"severity", take_choice<&Rule::severity, severities>, "info, low, medium, high or critical",
        true},
    Key{"sign", take_text<&Rule::sign>, "a text", false},
    Key{"since", take_text<&Rule::since>, "a version", true},
    Key{"why", take_text<&Rule::why>, "a text", true},
};

std::vector<std::string> meant(std::string_view word) {
  std::array<std::string_view, keys.size()> known;
  std::ranges::transform(keys, known.begin(), &Key::name);
  return did_you_mean(nearest(word, known));
}

/// Reads one file, and gathers what is wrong with it.
class Reader {
 public:
  explicit Reader(RuleFile& file) : file_(file) {}

  std::vector<Mistake> read() {
    for (const toml::Entry& entry : file_.source->entries) {
      const auto* list = entry.value.as<toml::List>();
      if (entry.key != "rule") {
        blame(entry.place, "unknown table '" + entry.key + "': rules are tables [[rule]]");
      } else if (list == nullptr) {
        blame(entry.place, "'rule' must be tables [[rule]]");
      } else {
        for (const toml::Value& rule : *list) read_rule(rule);
      }
    }
    return std::move(mistakes_);
  }

 private:
  void blame(toml::Place place, std::string why, std::vector<std::string> hints = {}) {
    mistakes_.push_back({where(file_.path, place), std::move(why), std::move(hints)});
  }

  void read_rule(const toml::Value& value) {
    const auto* table = value.as<toml::Table>();
    if (table == nullptr) return blame(value.place, "'rule' must be tables [[rule]]");
    Rule rule;
    for (const toml::Entry& entry : table->entries) read_key(entry, rule);
    for (const Key& key : keys) {
      if (key.needed && table->find(key.name) == nullptr) {
        blame(value.place, "the rule has no '" + std::string(key.name) + "'");
      }
    }
    file_.rules.push_back(std::move(rule));
    file_.places.push_back(value.place);
  }

  void read_key(const toml::Entry& entry, Rule& rule) {
    const auto found = std::ranges::find(keys, entry.key, &Key::name);
    if (found == keys.end()) {
      blame(entry.place, "unknown key '" + entry.key + "'", meant(entry.key));
    } else if (!found->take(entry.value, rule)) {
      blame(entry.value.place, "'" + entry.key + "' must be " + std::string(found->wanted));
    }
  }

  RuleFile& file_;
  std::vector<Mistake> mistakes_;
};

}  // namespace

std::string where(std::string_view path, toml::Place place) {
  return std::string(path) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

std::expected<RuleFile, std::vector<Mistake>> read_rules(std::string_view path,
                                                         std::string_view text) {
  auto table = toml::parse(text);
  if (!table) {
    return std::unexpected(
        std::vector{Mistake{where(path, table.error().place), table.error().why}});
  }
  RuleFile file{std::string(path), {}, {}, std::make_unique<const toml::Table>(std::move(*table))};
  std::vector<Mistake> mistakes = Reader(file).read();
  if (!mistakes.empty()) return std::unexpected(std::move(mistakes));
  return file;
}

}  // namespace gird::rules
