// The block of numbers, from its first: where each part begins (below), the rules of `rule_size`
// numbers each, the lists of texts, the signs by name, the rules with patterns, the screen, and the
// texts as bytes. A text is two numbers: where it begins among those bytes, and its length.
#include "rules/book.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <ranges>
#include <string>

namespace gird::rules {
namespace {

enum Part : std::size_t {
  rule_count,
  sign_count,
  pattern_count,
  lists_start,
  signs_start,
  patterns_start,
  screen_start,
  texts_start,
  parts
};

enum Field : std::size_t {
  id_field,
  class_field = id_field + 2,
  about_field = class_field + 2,
  why_field = about_field + 2,
  sign_field = why_field + 2,
  pattern_field = sign_field + 2,
  since_field = pattern_field + 2,
  deprecated_field = since_field + 2,
  notes_field = deprecated_field + 2,
  literals_field = notes_field + 2,
  pos_field = literals_field + 2,
  neg_field = pos_field + 2,
  severity_field = neg_field + 2,
  sensitivity_field,
  confidence_field,
  cwe_field,
  capec_field,
  rule_size
};

constexpr double confidence_unit = 1e6;

std::uint32_t number(std::size_t value) { return static_cast<std::uint32_t>(value); }

std::string folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// Puts the parts together.
class Packer {
 public:
  explicit Packer(std::span<const Rule> rules) {
    for (const Rule& rule : rules) rules_.push_back(&rule);
    std::ranges::sort(rules_, {}, &Rule::id);
    for (const Rule* rule : rules_) add(*rule);
  }

  std::vector<std::uint32_t> block() {
    std::vector<std::uint32_t> all(parts);
    all[rule_count] = number(rules_.size());
    all[sign_count] = number(count_signs());
    all[pattern_count] = number(patterns_.size());
    append(all, fields_);
    all[lists_start] = number(all.size());
    append(all, lists_);
    all[signs_start] = number(all.size());
    append(all, signs());
    all[patterns_start] = number(all.size());
    append(all, patterns_);
    all[screen_start] = number(all.size());
    append(all, screen());
    all[texts_start] = number(all.size());
    append(all, bytes());
    return all;
  }

 private:
  static void append(std::vector<std::uint32_t>& all, const std::vector<std::uint32_t>& more) {
    all.insert(all.end(), more.begin(), more.end());
  }

  void add_text(std::vector<std::uint32_t>& numbers, std::string_view text) {
    std::size_t at = texts_.find(text);
    if (at == std::string::npos) {
      at = texts_.size();
      texts_ += text;
    }
    numbers.push_back(number(at));
    numbers.push_back(number(text.size()));
  }

  void add_list(const std::vector<std::string_view>& list) {
    fields_.push_back(number(lists_.size()));
    fields_.push_back(number(list.size()));
    for (const std::string_view text : list) add_text(lists_, text);
  }

  void add(const Rule& rule) {
    if (!rule.pattern.empty()) add_pattern(rule);
    for (const std::string_view text : {rule.id, rule.class_name, rule.about, rule.why, rule.sign,
                                        rule.pattern, rule.since, rule.deprecated, rule.notes}) {
      add_text(fields_, text);
    }
    add_list(rule.literals);
    add_list(rule.pos);
    add_list(rule.neg);
    fields_.push_back(static_cast<std::uint32_t>(rule.severity));
    fields_.push_back(static_cast<std::uint32_t>(rule.sensitivity));
    fields_.push_back(static_cast<std::uint32_t>(std::lround(rule.confidence * confidence_unit)));
    fields_.push_back(rule.cwe);
    fields_.push_back(rule.capec);
  }

  void add_pattern(const Rule& rule) {
    for (const std::string_view literal : rule.literals) {
      literal_owners_.push_back(number(patterns_.size()));
      add_text(literals_, folded(literal));
    }
    patterns_.push_back(number(fields_.size() / rule_size));
  }

  [[nodiscard]] std::size_t count_signs() const {
    const auto has_sign = [](const Rule* rule) { return !rule->sign.empty(); };
    return static_cast<std::size_t>(std::ranges::count_if(rules_, has_sign));
  }

  /// The rules with a sign, by its name.
  [[nodiscard]] std::vector<std::uint32_t> signs() const {
    std::vector<std::uint32_t> order;
    for (std::size_t n = 0; n < rules_.size(); ++n) {
      if (!rules_[n]->sign.empty()) order.push_back(number(n));
    }
    std::ranges::sort(order, {}, [&](std::uint32_t n) { return rules_[n]->sign; });
    return order;
  }

  [[nodiscard]] std::vector<std::uint32_t> screen() const {
    std::vector<Literal> literals;
    for (std::size_t n = 0; n < literal_owners_.size(); ++n) {
      const std::string_view text(texts_.data() + literals_[2 * n], literals_[2 * n + 1]);
      literals.push_back({text, literal_owners_[n]});
    }
    return pack_screen(literals, texts_.data());
  }

  [[nodiscard]] std::vector<std::uint32_t> bytes() const {
    std::vector<std::uint32_t> all((texts_.size() + 3) / 4);
    if (!texts_.empty()) std::memcpy(all.data(), texts_.data(), texts_.size());
    return all;
  }

  std::vector<const Rule*> rules_;
  std::vector<std::uint32_t> fields_;
  std::vector<std::uint32_t> lists_;
  std::vector<std::uint32_t> patterns_;
  std::vector<std::uint32_t> literals_;
  std::vector<std::uint32_t> literal_owners_;
  std::string texts_;
};

}  // namespace

std::vector<std::uint32_t> pack(std::span<const Rule> rules) { return Packer(rules).block(); }

std::size_t Book::field(std::size_t rule, std::size_t n) const {
  return parts + rule * rule_size + n;
}

std::string_view Book::text(std::size_t place) const {
  // Bytes of numbers may be read as bytes.
  const char* texts = reinterpret_cast<const char*>(numbers_.data() + at(texts_start));
  return {texts + at(place), at(place + 1)};
}

std::vector<std::string_view> Book::texts(std::size_t place) const {
  std::vector<std::string_view> all;
  const std::size_t first = at(lists_start) + at(place);
  for (std::size_t n = 0; n < at(place + 1); ++n) all.push_back(text(first + 2 * n));
  return all;
}

std::string_view Book::id(std::size_t n) const { return text(field(n, id_field)); }
std::string_view Book::class_name(std::size_t n) const { return text(field(n, class_field)); }
std::string_view Book::pattern(std::size_t n) const { return text(field(n, pattern_field)); }

Severity Book::severity(std::size_t n) const {
  return static_cast<Severity>(at(field(n, severity_field)));
}

Sensitivity Book::sensitivity(std::size_t n) const {
  return static_cast<Sensitivity>(at(field(n, sensitivity_field)));
}

double Book::confidence(std::size_t n) const {
  return at(field(n, confidence_field)) / confidence_unit;
}

Rule Book::rule(std::size_t n) const {
  Rule rule;
  rule.id = id(n);
  rule.class_name = class_name(n);
  rule.about = text(field(n, about_field));
  rule.why = text(field(n, why_field));
  rule.sign = text(field(n, sign_field));
  rule.pattern = pattern(n);
  rule.since = text(field(n, since_field));
  rule.deprecated = text(field(n, deprecated_field));
  rule.notes = text(field(n, notes_field));
  rule.literals = texts(field(n, literals_field));
  rule.pos = texts(field(n, pos_field));
  rule.neg = texts(field(n, neg_field));
  rule.severity = severity(n);
  rule.sensitivity = sensitivity(n);
  rule.confidence = confidence(n);
  rule.cwe = at(field(n, cwe_field));
  rule.capec = at(field(n, capec_field));
  return rule;
}

std::optional<std::size_t> Book::with_id(std::string_view id) const {
  const auto all = std::views::iota(std::size_t{0}, size());
  const auto name = [&](std::size_t n) { return this->id(n); };
  const auto found = std::ranges::lower_bound(all, id, {}, name);
  if (found == all.end() || name(*found) != id) return std::nullopt;
  return *found;
}

std::optional<std::size_t> Book::with_sign(std::string_view sign) const {
  const auto signs = numbers_.subspan(at(signs_start), at(sign_count));
  const auto name = [&](std::uint32_t n) { return text(field(n, sign_field)); };
  const auto found = std::ranges::lower_bound(signs, sign, {}, name);
  if (found == signs.end() || name(*found) != sign) return std::nullopt;
  return *found;
}

std::span<const std::uint32_t> Book::patterns() const {
  return numbers_.subspan(at(patterns_start), at(pattern_count));
}

Screen Book::screen() const {
  const std::size_t start = at(screen_start);
  return {numbers_.subspan(start, at(texts_start) - start),
          reinterpret_cast<const char*>(numbers_.data() + at(texts_start))};
}

}  // namespace gird::rules
