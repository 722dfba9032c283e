// Judging and mending documents one after the other.
#include "shared/repair_fit.hpp"

#include <algorithm>

#include "json/origin.hpp"
#include "shared/repair_listener.hpp"

namespace gird {

Fitter::Fitter(const SchemaTask& task, const json::Settings& settings)
    : task_(task), settings_(settings), validator_(task.schema) {}

std::expected<json::Coerced, json::Unjudgeable> Fitter::judge(
    std::string_view text, Stretch document, std::span<const json::Repair> repairs) {
  const std::string_view own = text.substr(document.from, document.to - document.from);
  if (!task_.coerce) {
    auto verdict = validator_.check(own, most_violations);
    if (!verdict) return std::unexpected(std::move(verdict.error()));
    return json::Coerced{.text = {}, .repairs = {}, .verdict = std::move(*verdict)};
  }
  std::vector<json::Repair> earlier;
  auto next = std::ranges::lower_bound(repairs, document.from, {}, &json::Repair::output_offset);
  for (; next != repairs.end() && next->output_offset < document.to; ++next) {
    earlier.push_back(*next);
    earlier.back().output_offset -= document.from;
  }
  return json::coerce(task_.schema, *task_.coerce, own, earlier, most_violations);
}

std::expected<Fitted, json::Refusal> Fitter::fit(std::string_view text,
                                                 std::span<const Stretch> documents,
                                                 std::span<const json::Repair> repairs) {
  using Why = json::Refusal::Why;
  json::Origin origin;
  for (const json::Repair& repair : repairs) origin.add(repair);
  auto count = static_cast<std::size_t>(std::ranges::count_if(repairs, [](const auto& repair) {
    return !is_note(repair) && repair.kind != json::Kind::duplicate_key;
  }));
  Fitted fitted;
  for (const Stretch document : documents) {
    auto judged = judge(text, document, repairs);
    if (!judged) {
      const std::uint64_t at = origin.of(document.from + judged.error().offset);
      return std::unexpected(json::Refusal{Why::unjudged, at, judged.error().what});
    }
    for (json::Repair& repair : judged->repairs) {
      const std::uint64_t at = document.from + repair.offset;
      std::string inserted = judged->text.substr(repair.output_offset, repair.inserted);
      repair.offset = origin.of(at);
      const std::string what(json::facts_of(repair.kind).what);
      if (!settings_.allows(repair.kind, repair.confidence)) {
        return std::unexpected(json::Refusal{Why::forbidden, repair.offset,
                                             what + " may not be repaired here", repair.kind});
      }
      if (++count > settings_.most_repairs) {
        return std::unexpected(json::Refusal{Why::too_many, repair.offset,
                                             json::too_many(settings_.most_repairs, repair.kind),
                                             repair.kind});
      }
      fitted.edits.push_back({at, std::move(inserted), std::move(repair)});
    }
    for (json::Violation& violation : judged->verdict.violations) {
      violation.offset = origin.of(document.from + violation.offset);
      fitted.violations.push_back(std::move(violation));
    }
    fitted.more = fitted.more || judged->verdict.more;
  }
  std::ranges::stable_sort(fitted.violations, {}, &json::Violation::offset);
  return fitted;
}

json::Refusal refusal_of(const json::Violation& violation) {
  return {json::Refusal::Why::violated, violation.offset, violation_text(violation)};
}

std::string violation_text(const json::Violation& violation) {
  const std::string pointer = violation.instance.empty() ? "" : violation.instance + ": ";
  return pointer + violation.message + " (" + violation.keyword + ")";
}

}  // namespace gird
