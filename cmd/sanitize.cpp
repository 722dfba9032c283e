// gird sanitize: finds what is hostile in untrusted text, and writes it so that it is safe.
#include <algorithm>
#include <array>

#include "base/size.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "shared/color.hpp"
#include "shared/found_report.hpp"
#include "shared/found_summary.hpp"
#include "shared/requirement_choice.hpp"
#include "shared/sanitizer.hpp"
#include "sys/input.hpp"
#include "sys/world.hpp"
#include "text/records.hpp"

namespace gird {
namespace {

using cli::Row;

/// What is done with a record that is too long.
enum class OnLimit { reject, cut };
constexpr std::array<Choice<OnLimit>, 2> limit_choices{
    {{"reject", OnLimit::reject, "leave the record out, and exit 1"},
     {"cut", OnLimit::cut, "write its head, and say so"}}};
std::span<const Choice<OnLimit>> choices(OnLimit) { return limit_choices; }

struct Options {
  std::vector<ContextChoice> to;
  bool decode = false;
  bool null = false;
  bool whole = false;
  std::vector<std::string> texts;
  text::OnUnsafe on_unsafe = text::OnUnsafe::reject;
  std::optional<ActionChoice> action;
  RequirementChoice required;
  DetectionChoice detection;
  std::vector<FoundReportTarget> reports;
  bool summary = false;
  bool redact = false;
  Color color = Color::automatic;
  std::optional<std::string> under;
  OnLimit on_limit = OnLimit::reject;
  Size max_record{std::int64_t{64} << 20};
  bool quiet = false;
  std::vector<std::string> files;
};

cli::Rows rows(Options& o) {
  using cli::operator+;
  const cli::Rows output = {
      Row("Output"),
      Row("--to", o.to, "CONTEXT",
          "write text that is safe there: html, sh, json, log ...; list prints them all")
          .common(),
      Row("--decode", o.decode, "", "read back what was written for that context")
          .only_typed()
          .serves("to"),
      Row("--on-unsafe", o.on_unsafe, "HOW",
          "what the context has no form for: reject the record, or replace it")
          .serves("to"),
      Row("--action", o.action, "ACTION",
          "check, encode, filter, or quarantine=FILE for what is rejected")
          .otherwise("encode with --to or --under, else check")
          .common(),
  };
  const cli::Rows path = {
      Row("--under", o.under, "DIR",
          "it must be a path that stays inside of DIR; the real path is written")
          .completes(cli::Completes::directory)
          .common(),
  };
  const cli::Rows records = {
      Row("Records"),
      Row("-0,--null", o.null, "", "records end with a NUL, not with a line").common(),
      Row("--whole", o.whole, "", "the whole of each file is one record").common(),
      Row("--arg", o.texts, "TEXT", "TEXT is a record; standard input is not read")
          .only_typed()
          .common(),
      Row("--max-record", o.max_record, "SIZE", "the longest record"),
      Row("--on-limit", o.on_limit, "HOW", "what is longer: reject it, or cut it"),
      Row("Messages"),
      Row("--report", o.reports, "FORMAT[=FILE]",
          "report what was found as text, jsonl, sarif, github or gitlab")
          .otherwise("text with --action check")
          .common(),
      Row("--summary", o.summary, "", "say in the end how much of what was found"),
      Row("--redact", o.redact, "", "reports without the text that was found"),
      Row("--color", o.color, "WHEN", "colour reports: auto, always or never"),
      Row("-q,--quiet", o.quiet, "", "say nothing but errors of gird itself"),
      Row("FILE...", o.files, "[FILE...]", "files to read; - or none: standard input")
          .completes(cli::Completes::file),
  };
  return output + detection_rows(o.detection) + requirement_rows(o.required) + path + records;
}

std::unexpected<Error> contradict(const char* what, const char* why) {
  return misuse("options-contradict", what, why);
}

bool asks_for_contexts(const Options& o) {
  return std::ranges::any_of(o.to, [](const ContextChoice& to) { return to.context == nullptr; });
}

bool asks_for_types(const Options& o) {
  return o.required.type && o.required.type->type == nullptr;
}

/// What is done where nothing else is said.
Action action_of(const Options& o) {
  if (o.action) return o.action->action;
  return !o.to.empty() || o.under ? Action::encode : Action::check;
}

/// What counts against a record: where it is written safely, nothing unless it is asked for.
FailOn fail_on_of(const Options& o) {
  const bool encodes = action_of(o) == Action::encode;
  return o.detection.fail_on.value_or(encodes ? FailOn::never : FailOn::high);
}

/// Whether anything comes of looking for attacks.
bool detects(const Options& o) {
  return action_of(o) != Action::encode || fail_on_of(o) != FailOn::never || !o.reports.empty() ||
         o.summary;
}

/// What the types of the options cannot rule out.
Result<void> check(const Options& o) {
  if (o.to.empty() && !o.under && action_of(o) == Action::encode) {
    return contradict("--action encode", "it needs a context: --to");
  }
  for (const FoundReportTarget& report : o.reports) {
    if (report.path == "-" && action_of(o) != Action::check) {
      return contradict("--report -", "records are written to standard output");
    }
  }
  if (o.null && o.whole) return contradict("--null and --whole", "choose one");
  if (!o.texts.empty() && !o.files.empty()) return contradict("--arg and FILE", "choose one");
  if (!o.texts.empty() && o.whole)
    return contradict("--arg and --whole", "each TEXT is one record");
  for (const ContextChoice& to : o.to) {
    if (o.decode && to.context->decode == nullptr) {
      return misuse("context-one-way", "--decode", to_text(to) + " cannot be read back");
    }
  }
  return {};
}

std::optional<char> end_of_records(const Options& o) {
  if (o.whole) return std::nullopt;
  return o.null ? '\0' : '\n';
}

Sanitizer::Plan plan_of(const Options& o) {
  Sanitizer::Plan plan;
  plan.action = action_of(o);
  plan.framing = o.whole ? Framing::whole : o.null ? Framing::nulls : Framing::lines;
  plan.is_written = !o.decode && (!o.to.empty() || o.under);
  plan.strip_line = o.whole && o.decode;
  plan.cuts = o.on_limit == OnLimit::cut;
  plan.most_record = o.max_record;
  plan.fail_on = fail_on_of(o);
  if (detects(o)) plan.detection = settings_of(o.detection);
  // What a report says on standard error is not said twice.
  plan.quiet = o.quiet || std::ranges::any_of(o.reports, [](const FoundReportTarget& report) {
                 return report.path.empty();
               });
  return plan;
}

Result<std::vector<std::unique_ptr<FoundListener>>> reports_of(const Options& o, World& world) {
  const bool checks = action_of(o) == Action::check;
  FoundReportPlan plan{.targets = o.reports,
                       .to_output = checks,
                       .colour = coloured(o.color, checks ? Stream::output : Stream::error, world),
                       .redact = o.redact ? Redact::yes : Redact::no};
  if (o.reports.empty() && checks && !o.quiet) plan.targets.emplace_back();
  auto reports = TRY(open_found_reports(plan, world));
  if (o.summary) reports.push_back(found_summary(world));
  return reports;
}

/// What is complete is written before more is read: a pipe has each record at once.
Result<Exit> sanitize_file(const std::string& file, const Options& o, World& world,
                           Sanitizer& sanitizer) {
  sys::Input input = TRY(sys::Input::open(file));
  text::Records records(end_of_records(o), static_cast<std::size_t>(o.max_record.bytes),
                        [&](const text::RecordText& record) { sanitizer.take(file, record); });
  while (true) {
    const std::string_view bytes = TRY(input.next());
    if (bytes.empty()) break;
    records.feed(bytes);
    const Exit exit = TRY(world.finish());
    if (exit != yes) return exit;
  }
  records.finish();
  return world.finish();
}

void sanitize_texts(const Options& o, Sanitizer& sanitizer) {
  std::uint64_t number = 0;
  for (const std::string& text : o.texts) {
    const auto most = static_cast<std::size_t>(o.max_record.bytes);
    sanitizer.take("--arg", {.text = std::string_view(text).substr(0, most),
                             .number = ++number,
                             .ended = true,
                             .cut = text.size() > most});
  }
}

Result<TextRoute> route_of(const Options& o) {
  TextRoute::Plan plan{.required = requirements_of(o.required),
                       .folder = std::nullopt,
                       .to = o.to,
                       .decode = o.decode,
                       .on_unsafe = o.on_unsafe};
  if (o.under) plan.folder = TRY(sys::Folder::open(*o.under));
  return TextRoute(std::move(plan));
}

Result<Exit> sanitize_files(const Options& o, World& world, Sanitizer& sanitizer) {
  std::vector<std::string> files = o.files;
  if (files.empty() && o.texts.empty()) files.emplace_back("-");
  for (const std::string& file : files) {
    const Exit exit = TRY(sanitize_file(file, o, world, sanitizer));
    if (exit != yes) return exit;
  }
  TRY(sanitizer.finish());
  return sanitizer.totals().rejected == 0 ? yes : no;
}

Result<Exit> act(const Options& o, World& world, const cli::Catalogue& all) {
  if (asks_for_contexts(o) || asks_for_types(o)) {
    world.out(asks_for_contexts(o) ? contexts_as_text() : types_as_text());
    return yes;
  }
  TRY(check(o));
  if (o.files.empty() && o.texts.empty() && sys::input_is_terminal()) {
    world.err(cli::short_help(*all.command("sanitize"), all));
    return misused;
  }
  Sanitizer sanitizer(plan_of(o), TRY(route_of(o)), TRY(Quarantine::open(o.action)),
                      TRY(reports_of(o, world)), world);
  sanitize_texts(o, sanitizer);
  return sanitize_files(o, world, sanitizer);
}

}  // namespace

extern constinit const cli::Command sanitize = cli::command<Options, rows, act>(
    "sanitize", cli::Kind::filter, "find what is hostile in text, and write text that is safe");

}  // namespace gird
