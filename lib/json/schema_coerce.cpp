// Rounds of judging and mending: what a schema does not accept says itself how it may be mended.
#include "json/schema_coerce.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/json.hpp"
#include "json/coerce_plan.hpp"
#include "json/coerce_scalar.hpp"
#include "json/edited_text.hpp"
#include "json/origin.hpp"
#include "json/pointer.hpp"
#include "json/repairer.hpp"
#include "json/schema_fill.hpp"
#include "json/schema_machine.hpp"
#include "json/schema_message.hpp"
#include "json/settings.hpp"
#include "json/string_value.hpp"

namespace gird::json {
namespace {

using enum Confidence;

/// Each round mends at least one value; what is made in one may be filled in the next.
constexpr int most_rounds = 64;
constexpr std::size_t most_findings = 1'000'000;
/// Alternatives inside alternatives.
constexpr int most_nested = 8;
constexpr std::uint64_t most_alternatives = 100'000;
/// What an item that is lost costs beside bytes that are changed.
constexpr std::uint64_t cost_of_guess = 1000;

/// What the repairs of a document tell about its values.
class Provenance {
 public:
  explicit Provenance(std::span<const Repair> earlier) {
    for (const Repair& repair : earlier) {
      if (repair.kind == Kind::missing_value) gaps_.push_back(repair);
      const bool braces = repair.kind == Kind::wrong_brackets && repair.before.starts_with('{');
      if (braces) sets_.insert(repair.output_offset);
    }
  }
  [[nodiscard]] bool gap(std::uint64_t offset) const {
    auto behind = std::ranges::upper_bound(gaps_, offset, {}, &Repair::output_offset);
    if (behind == gaps_.begin()) return false;
    --behind;
    return offset < behind->output_offset + behind->inserted;
  }
  [[nodiscard]] bool set(std::uint64_t offset) const { return sets_.contains(offset); }

 private:
  std::vector<Repair> gaps_;
  std::set<std::uint64_t> sets_;
};

/// What is the same for a document and all parts of it.
struct Task {
  const SchemaProgram& program;
  Coercion how;
  const Provenance& provenance;
  std::uint64_t alternatives_left = most_alternatives;
};

class Mender {
 public:
  /// `outer` and `base` tell where `text` stands in the document.
  Mender(Task& task, std::uint32_t node, std::string_view text, const Mender* outer,
         std::uint64_t base)
      : task_(task),
        node_(node),
        machine_(task.program),
        text_(text),
        outer_(outer),
        base_(base),
        nested_(outer == nullptr ? 0 : outer->nested_ + 1) {}

  /// Mends until nothing is left to mend; whether the text is valid then.
  std::expected<bool, Unjudgeable> run();
  [[nodiscard]] const EditedText& text() const { return text_; }
  /// The last judgement; needs a `run`.
  [[nodiscard]] const SchemaMachine& machine() const { return machine_; }
  std::expected<bool, Unjudgeable> judge(Telling telling);

 private:
  [[nodiscard]] bool salvage() const { return task_.how == Coercion::salvage; }
  [[nodiscard]] const Tape& tape() const { return machine_.tape(); }
  [[nodiscard]] std::optional<std::uint64_t> place_in_document(std::uint64_t offset) const;
  [[nodiscard]] bool gap(std::uint32_t token) const;

  bool propose(const Finding& finding);
  bool mend_type(const Finding& finding);
  std::optional<std::string> retyped(const Finding& finding, TypeSet wanted) const;
  std::optional<std::string> opened(std::uint32_t token, TypeSet wanted) const;
  std::optional<std::string> unwrapped(std::uint32_t array, TypeSet wanted) const;
  std::optional<std::string> set_object(std::uint32_t array) const;
  std::optional<std::string> by_order(std::uint32_t array, std::uint32_t node) const;
  bool fill_gap(const Finding& finding);
  bool mend_choice(const Finding& finding);
  bool mend_alternatives(const Finding& finding);
  bool mend_missing(const Finding& finding);
  bool mend_never(const Finding& finding);
  bool mend_default(const Finding& finding);
  bool drop_item(std::uint32_t token);

  Task& task_;
  std::uint32_t node_;
  SchemaMachine machine_;
  EditedText text_;
  const Mender* outer_;
  std::uint64_t base_;
  int nested_;
  std::optional<CoercePlan> plan_;
};

std::expected<bool, Unjudgeable> Mender::judge(Telling telling) {
  if (auto read = machine_.tape().read(text_.text()); !read) {
    return std::unexpected(Unjudgeable{read.error().offset, std::move(read.error().what)});
  }
  const auto valid = machine_.run(node_, telling);
  if (!valid) return std::unexpected(Unjudgeable{0, what_of(valid.error())});
  return *valid;
}

std::expected<bool, Unjudgeable> Mender::run() {
  for (int round = 0;; ++round) {
    const auto valid = judge({.most_findings = most_findings, .defaults = true});
    if (!valid || machine_.findings().empty() || round == most_rounds) return valid;
    plan_.emplace(tape());
    std::vector<std::uint32_t> left;
    for (const Finding& finding : machine_.findings()) {
      if (!propose(finding)) left.push_back(finding.token);
    }
    if (plan_->empty() && salvage()) {
      for (const std::uint32_t token : left) drop_item(token);
    }
    if (plan_->empty()) return valid;
    const auto edits = plan_->edits();
    text_.apply(edits);
  }
}

std::optional<std::uint64_t> Mender::place_in_document(std::uint64_t offset) const {
  const auto here = text_.original(offset);
  if (!here || outer_ == nullptr) return here;
  return outer_->place_in_document(base_ + *here);
}

/// Nothing stood where this value stands now.
bool Mender::gap(std::uint32_t token) const {
  const auto place = place_in_document(tape()[token].offset);
  return place && task_.provenance.gap(*place);
}

/// Whether the plan has something for the finding.
bool Mender::propose(const Finding& finding) {
  switch (task_.program.code[finding.instruction].op) {
    case Op::type: return mend_type(finding);
    case Op::enumeration:
    case Op::constant: return mend_choice(finding);
    case Op::any_of:
    case Op::one_of: return mend_alternatives(finding);
    case Op::required: return mend_missing(finding);
    case Op::never: return mend_never(finding);
    case Op::defaults: return mend_default(finding);
    case Op::unique_items: return salvage() && drop_item(finding.detail);
    default: return false;
  }
}

bool Mender::mend_type(const Finding& finding) {
  const auto wanted = static_cast<TypeSet>(task_.program.code[finding.instruction].argument);
  if (fill_gap(finding)) return true;
  auto text = retyped(finding, wanted);
  if (!text) return false;
  const bool array = tape()[finding.token].is(TokenType::array);
  plan_->replace(finding.token, std::move(*text), array ? guess : likely);
  return true;
}

std::optional<std::string> Mender::retyped(const Finding& finding, TypeSet wanted) const {
  const std::uint32_t token = finding.token;
  if (tape()[token].is(TokenType::key)) return std::nullopt;
  if (tape()[token].is(TokenType::array)) {
    if (!salvage()) return std::nullopt;
    if (auto text = unwrapped(token, wanted)) return text;
    if ((wanted & types::object) == 0) return std::nullopt;
    auto text = set_object(token);
    return text ? text : by_order(token, finding.node);
  }
  if (auto text = scalar_as({tape(), token}, wanted)) return text;
  if (auto text = opened(token, wanted)) return text;
  // Null is no value that a list could be of.
  if ((wanted & types::array) == 0 || tape()[token].is(TokenType::null)) return std::nullopt;
  return "[" + std::string(tape().text_of(token)) + "]";
}

/// The text of the container that `text` is, if it is one that is wanted.
std::optional<std::string> container_in(std::string_view text, TypeSet wanted) {
  Tape tape;
  if (!tape.read(text)) return std::nullopt;
  const TypeSet type = type_bit(tape[0].type()) & (types::array | types::object);
  if ((type & wanted) == 0) return std::nullopt;
  return std::string(tape.text_of(0));
}

/// The document that the string holds; to salvage it, it may be broken.
std::optional<std::string> Mender::opened(std::uint32_t token, TypeSet wanted) const {
  if (!tape()[token].is(TokenType::string)) return std::nullopt;
  const std::string held = unescaped(tape().inside_of(token));
  if (auto text = container_in(held, wanted)) return text;
  const std::size_t first = held.find_first_not_of(" \t\r\n");
  const bool bracket = first != held.npos && (held[first] == '{' || held[first] == '[');
  if (!salvage() || !bracket) return std::nullopt;
  const auto repaired = repair_json(held, settings_of(Profile::llm));
  return repaired ? container_in(repaired->text, wanted) : std::nullopt;
}

/// The only item of an array, if it has, or writes, a type that is wanted.
std::optional<std::string> Mender::unwrapped(std::uint32_t array, TypeSet wanted) const {
  if (tape()[array].count() != 1) return std::nullopt;
  const std::uint32_t item = array + 1;
  const TypeSet own = type_bit(tape()[item].type());
  const bool number = own == types::number && (wanted & types::integer) != 0;
  if ((own & wanted) == 0 && !number) return scalar_as({tape(), item}, wanted);
  return std::string(tape().text_of(item));
}

/// `{"a", "b"}` was read as an array; as an object it has two members without values.
std::optional<std::string> Mender::set_object(std::uint32_t array) const {
  const auto place = place_in_document(tape()[array].offset);
  if (!place || !task_.provenance.set(*place)) return std::nullopt;
  std::string out;
  for (std::size_t item = array + 1; item < tape()[array].next; item = tape()[item].next) {
    if (!tape()[item].is(TokenType::string)) return std::nullopt;
    out += (out.empty() ? "" : ", ") + std::string(tape().text_of(item)) + ": null";
  }
  return "{" + out + "}";
}

/// One item for each property.
std::optional<std::string> Mender::by_order(std::uint32_t array, std::uint32_t node) const {
  const auto names = property_names(task_.program, node);
  if (names.empty() || names.size() != tape().count_of(array)) return std::nullopt;
  std::string out;
  std::size_t item = array + 1;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ", ") + json_quoted(name) + ": ";
    out += tape().text_of(item);
    item = tape()[item].next;
  }
  return "{" + out + "}";
}

/// What the schema has for a value that was missing.
bool Mender::fill_gap(const Finding& finding) {
  if (!gap(finding.token)) return false;
  auto text = filling(task_.program, finding.node, Gap::no_value);
  if (!text) return false;
  plan_->replace(finding.token, std::move(*text), likely);
  return true;
}

bool Mender::mend_choice(const Finding& finding) {
  if (tape()[finding.token].is(TokenType::key)) return false;
  if (fill_gap(finding)) return true;
  const Tape& schema = tape_of(task_.program, finding.node);
  const auto meant =
      meant_value({tape(), finding.token}, schema, allowed_values(task_.program, finding.node));
  if (!meant) return false;
  plan_->replace(finding.token, std::string(schema.text_of(*meant)), likely);
  return true;
}

/// The alternative that takes the fewest changes; the first of several.
bool Mender::mend_alternatives(const Finding& finding) {
  const Instruction& in = task_.program.code[finding.instruction];
  const bool several = in.op == Op::one_of && finding.detail > 0;
  if (several || nested_ == most_nested || tape()[finding.token].is(TokenType::key)) return false;
  if (fill_gap(finding)) return true;
  const std::uint64_t start = tape()[finding.token].offset;
  std::optional<std::vector<Edit>> best;
  std::uint64_t best_cost = 0;
  for (const std::uint32_t node : task_.program.lists[in.argument]) {
    if (task_.alternatives_left == 0) return false;
    --task_.alternatives_left;
    Mender inner(task_, node, tape().text_of(finding.token), this, start);
    const auto valid = inner.run();
    if (!valid || !*valid) continue;
    auto edits = inner.text().edits();
    std::uint64_t cost = 0;
    for (Edit& edit : edits) {
      cost += edit.removed + edit.inserted.size() + (edit.confidence == guess ? cost_of_guess : 0);
      edit.offset += start;
    }
    if (best && best_cost <= cost) continue;
    best = std::move(edits);
    best_cost = cost;
  }
  if (!best || best->empty()) return false;
  plan_->change(finding.token, std::move(*best));
  return true;
}

bool Mender::mend_missing(const Finding& finding) {
  const KeyTable& names = task_.program.names[task_.program.code[finding.instruction].argument];
  const std::string& name = names.entries()[finding.detail].key;
  const std::uint32_t node = property_node(task_.program, finding.node, name);
  if (node == no_node || !salvage()) return false;
  auto text = filling(task_.program, node, Gap::no_member);
  if (!text) return false;
  plan_->add(finding.token, name, std::move(*text), guess);
  return true;
}

bool Mender::mend_default(const Finding& finding) {
  const KeyTable& names = task_.program.names[task_.program.code[finding.instruction].argument];
  const std::string& name = names.entries()[finding.detail].key;
  const std::uint32_t node = property_node(task_.program, finding.node, name);
  const Tape& schema = tape_of(task_.program, node);
  const auto value = member_of(schema, task_.program.nodes[node].token, "default");
  if (!value) return false;
  plan_->add(finding.token, name, std::string(schema.text_of(*value)), likely);
  return true;
}

/// A member or item that the schema has no place for goes; one that it has a place for, but no
/// value that would do, goes only to salvage the rest.
bool Mender::mend_never(const Finding& finding) {
  const std::uint32_t token = finding.token;
  if (token == 0 || tape()[token].is(TokenType::key)) return false;
  const std::string keyword = keyword_of(task_.program, finding);
  if (tape()[token - 1].is(TokenType::key)) {
    const bool unknown = keyword == "additionalProperties" || keyword == "unevaluatedProperties";
    if (!unknown && !salvage()) return false;
    plan_->drop(token - 1, Kind::unknown_property, likely);
    return true;
  }
  const bool item = keyword == "items" || keyword == "additionalItems" ||
                    keyword == "unevaluatedItems" || keyword == "prefixItems";
  if (!item) return false;
  plan_->drop(token, Kind::coercion, likely);
  return true;
}

/// The nearest item around the value that cannot be kept.
bool Mender::drop_item(std::uint32_t token) {
  while (token != 0) {
    const std::uint32_t container = plan_->container_of(token);
    if (tape()[container].is(TokenType::array)) {
      plan_->drop(token, Kind::coercion, guess);
      return true;
    }
    token = container;
  }
  return false;
}

}  // namespace

std::expected<Coerced, Unjudgeable> coerce(const Schema& schema, Coercion how,
                                           std::string_view document,
                                           std::span<const Repair> earlier, std::size_t most) {
  const Provenance provenance(earlier);
  Task task{.program = schema.program(), .how = how, .provenance = provenance};
  Mender mender(task, schema.program().root, document, nullptr, 0);
  if (const auto valid = mender.run(); !valid) return std::unexpected(valid.error());
  const auto valid = mender.judge({.most_findings = most});
  if (!valid) return std::unexpected(valid.error());
  Coerced out{.text = mender.text().text(),
              .repairs = mender.text().repairs(),
              .verdict = {.valid = *valid, .violations = {}, .more = mender.machine().more()}};
  Origin origin;
  for (const Repair& repair : out.repairs) origin.add(repair);
  for (const Finding& finding : mender.machine().findings()) {
    out.verdict.violations.push_back(
        violation_of(schema.program(), mender.machine().tape(), finding));
    Violation& violation = out.verdict.violations.back();
    violation.offset = origin.of(violation.offset);
  }
  return out;
}

}  // namespace gird::json
