// Any text, at every sensitivity: findings lie within it, in order, each rule once; the same text
// has the same findings; what is found at a lower sensitivity is found at a higher; and a text
// without the bytes that a family needs has no sign of it.
#include "detect/scan.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "detect/compiled.hpp"
#include "detect/families.hpp"
#include "detect/gate.hpp"
#include "target.hpp"

using namespace gird;
using detect::Finding;
using detect::Scanner;
using rules::Sensitivity;

namespace {

using Findings = std::vector<Finding>;

Findings scanned(Scanner& scanner, std::string_view text) {
  const auto findings = scanner.scan(text);
  return {findings.begin(), findings.end()};
}

Scanner& kept(Sensitivity sensitivity) {
  static Scanner low(detect::compiled_rules(), {Sensitivity::low, {}, true});
  static Scanner medium(detect::compiled_rules(), {Sensitivity::medium, {}, true});
  static Scanner high(detect::compiled_rules(), {Sensitivity::high, {}, true});
  if (sensitivity == Sensitivity::low) return low;
  return sensitivity == Sensitivity::medium ? medium : high;
}

auto place(const Finding& finding) { return std::tuple(finding.raw.begin, finding.rule); }

bool same(const Finding& one, const Finding& other) {
  return one.rule == other.rule && one.raw == other.raw && one.view == other.view;
}

void hold_places(const Findings& findings, std::string_view text) {
  for (const Finding& finding : findings) {
    fuzz::hold(finding.raw.begin <= finding.raw.end && finding.raw.end <= text.size(),
               "a finding lies within the text");
    fuzz::hold(finding.view.begin <= finding.view.end, "and within its view");
    fuzz::hold(finding.steps.count() > 0 || finding.raw == finding.view,
               "what is read in the text itself stands there");
  }
  fuzz::hold(std::ranges::is_sorted(findings, {}, place), "findings are in order");
}

void hold_rules(const Findings& findings) {
  std::vector<std::size_t> rules;
  for (const Finding& finding : findings) rules.push_back(finding.rule);
  std::ranges::sort(rules);
  fuzz::hold(std::ranges::adjacent_find(rules) == rules.end(), "a rule speaks once");
}

void hold_within(const Findings& few, const Findings& many) {
  for (const Finding& finding : few) {
    const auto is_same = [&](const Finding& other) { return same(finding, other); };
    fuzz::hold(std::ranges::any_of(many, is_same), "more attention finds no less");
  }
}

void hold_needs(std::string_view text) {
  const detect::Marks marks = detect::Marks::of(text);
  detect::Gate::Set open = detect::gate().open_for(text);
  for (const detect::Family& family : detect::families()) {
    const bool is_open = (open & 1U) != 0;
    open >>= 1U;
    detect::Signs signs;
    family.look(text, signs);
    const auto met = [&](detect::Marks need) { return need.meets(marks); };
    fuzz::hold(signs.all().empty() || (is_open && std::ranges::all_of(family.needs, met)),
               "a sign has the bytes that its family needs");
    for (const detect::Sign& sign : signs.all()) {
      fuzz::hold(sign.where.begin <= sign.where.end && sign.where.end <= text.size(),
                 "a sign lies within the text");
      fuzz::hold(kept(Sensitivity::low).book().with_sign(sign.name).has_value(),
                 "a sign has a rule");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  Findings before;
  for (const auto& choice : rules::sensitivities) {
    Findings findings = scanned(kept(choice.value), text);
    hold_places(findings, text);
    hold_rules(findings);
    hold_within(before, findings);
    before = std::move(findings);
  }
  fuzz::hold(std::ranges::equal(before, scanned(kept(Sensitivity::high), text), same),
             "the same text has the same findings");
  hold_needs(text);
  return 0;
}
