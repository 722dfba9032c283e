// gird json-repair: makes valid JSON of almost-JSON.
#include <algorithm>
#include <csignal>

#include "base/quoting.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "shared/color.hpp"
#include "shared/repair_choice.hpp"
#include "shared/repair_delivery.hpp"
#include "shared/repair_diff.hpp"
#include "shared/repair_prose.hpp"
#include "shared/repair_report.hpp"
#include "shared/repair_run.hpp"
#include "shared/voice.hpp"
#include "sys/files.hpp"

namespace gird {
namespace {

using cli::Row;

struct Options {
  std::vector<std::string> files;
  bool check = false;
  bool fail_on_repair = false;
  RepairChoice choice;
  RepairShape shape;
  LineChoice lines;
  SchemaChoice schema;
  std::optional<InPlace> in_place;
  std::optional<std::string> output;
  bool force = false;
  bool diff = false;
  bool follow = false;
  bool explain = false;
  Color color = Color::automatic;
  std::vector<RepairReportTarget> reports;
  Voice voice;
};

cli::Rows rows(Options& o) {
  const cli::Rows product{
      Row("Output"),
      Row("--check", o.check, "", "write nothing; exit 1 if a repair is needed, and say which")
          .only_typed()
          .common(),
      Row("--fail-on-repair", o.fail_on_repair, "",
          "exit 1 and write nothing if a repair was needed")
          .yields_to("diff follow"),
      Row("-i,--in-place", o.in_place, "SUFFIX",
          "replace each file that changes; keep the old one as FILE and SUFFIX")
          .alone("")
          .only_typed()
          .common(),
      Row("-o,--output", o.output, "FILE", "write to FILE, all or nothing")
          .completes(cli::Completes::file)
          .only_typed()
          .common(),
      Row("--force", o.force, "", "replace a file with several names, too; they part").only_typed(),
      Row("--diff", o.diff, "", "write what would change, as a unified diff").only_typed().common(),
      Row("--follow", o.follow, "",
          "write each element as soon as it is complete; what was written stays")
          .only_typed()
          .common(),
  };
  const cli::Rows telling{
      Row("Messages"),
      Row("--explain", o.explain, "", "show the line of each repair, with a caret").common(),
      Row("--report", o.reports, "FORMAT[=FILE]",
          "report each repair as text, json, jsonl or github, to standard error or to FILE"),
      Row("--color", o.color, "WHEN", "colour messages: auto, always or never"),
  };
  const cli::Rows operands{
      Row("FILE...", o.files, "[FILE...]", "files to repair; - or none: standard input")
          .completes(cli::Completes::file),
  };
  return product + dial_rows(o.choice) + knob_rows(o.choice) + content_rows(o.shape.content) +
         shape_rows(o.shape) + line_rows(o.lines) + schema_rows(o.schema) + telling +
         voice_rows(o.voice) + operands;
}

std::unexpected<Error> contradict(const char* what, const char* why) {
  return misuse("options-contradict", what, why);
}

/// What of the text is given, against how it is given.
Result<void> check_content(const Options& o) {
  const RepairContent& content = o.shape.content;
  const bool lines = o.lines.given() || o.choice.sequence == json::Sequence::ndjson;
  if (content.duplicate && lines)
    return contradict("--duplicate", "line by line keys are not looked at");
  if (content.duplicate && o.choice.sequence == json::Sequence::array)
    return contradict("--duplicate and --sequence array", "choose one");
  const bool largest = o.choice.extract == json::Extract::largest;
  if (largest && lines)
    return contradict("--extract largest",
                      "which document is the largest is not looked at by lines");
  if (largest && o.follow)
    return contradict("--follow and --extract largest", "what was written cannot be taken back");
  if (content.duplicate && o.follow)
    return contradict("--follow and --duplicate", "what was written cannot be taken back");
  if (o.check && o.shape.shapes())
    return contradict("--check", "it writes nothing that could be laid out, sorted or selected");
  if ((content.select || content.sort_keys) && o.lines.bad == json::BadLines::keep)
    return contradict("--bad-lines keep", "a line that is not valid has no keys");
  return {};
}

/// What the types of the options cannot rule out.
Result<void> check(const Options& o) {
  TRY(check(o.voice));
  TRY(check(o.shape));
  TRY(check(o.lines));
  if (o.lines.given() &&
      o.choice.sequence.value_or(json::Sequence::ndjson) != json::Sequence::ndjson)
    return contradict("--sequence", "options that are about lines need ndjson");
  TRY(check_content(o));
  if (o.diff && (o.check || o.in_place || o.output || o.follow || o.fail_on_repair))
    return contradict("--diff", "it writes the changes and nothing else");
  if (o.in_place && o.output) return contradict("--in-place and --output", "choose one");
  if (o.check && (o.in_place || o.output || o.follow))
    return contradict("--check", "it writes nothing, neither to a file");
  if (o.follow && (o.in_place || o.output))
    return contradict("--follow", "it writes to standard output");
  if (o.follow && o.schema.schema)
    return contradict("--follow and --schema", "a document is judged when all of it is there");
  if (o.follow && o.fail_on_repair)
    return contradict("--follow and --fail-on-repair", "what was written cannot be taken back");
  if (o.follow && o.choice.sequence == json::Sequence::array)
    return contradict("--follow and --sequence array", "its bracket stands before all documents");
  const bool from_stdin = o.files.empty() || std::ranges::find(o.files, "-") != o.files.end();
  if (o.in_place && from_stdin)
    return contradict("--in-place", "standard input cannot be replaced; name a file");
  if (from_stdin && o.schema.reads_input())
    return contradict("--schema", "standard input is what is repaired; name files");
  if (o.force && !o.in_place && !o.output)
    return contradict("--force", "it is about files that are replaced: add --in-place or --output");
  return {};
}

std::vector<std::string> files_of(const Options& o) {
  return o.files.empty() ? std::vector<std::string>{"-"} : o.files;
}

/// What is written beside the data must be no file that is read: it is emptied before.
Result<void> check_written(const char* option, const std::string& path, const Options& o) {
  const bool read = std::ranges::any_of(
      files_of(o), [&](const std::string& file) { return sys::same_file(path, file); });
  if (!read) return {};
  return misuse("options-contradict", std::string(option) + " " + shell_quoted(path),
                "it is the file that is read", {"name another file"});
}

/// "-" is standard output, where nothing else goes there.
Result<void> check_standard_output(const Options& o) {
  const bool free = !o.diff && (o.check || o.in_place || o.output.value_or("-") != "-");
  std::vector<std::string> takers;
  if (o.lines.rejects == "-") takers.emplace_back("--rejects -");
  for (const RepairReportTarget& report : o.reports) {
    if (report.path == "-") takers.push_back("--report " + to_text(report));
  }
  if (takers.empty() || (free && takers.size() == 1)) return {};
  if (free) return misuse("options-contradict", takers[0] + " and " + takers[1], "choose one");
  return misuse("options-contradict", takers.front(), "standard output is what was repaired",
                {"name a file, or write that to one by --output FILE"});
}

Result<void> check_written(const Options& o) {
  TRY(check_standard_output(o));
  if (o.lines.rejects) TRY(check_written("--rejects", *o.lines.rejects, o));
  for (const RepairReportTarget& report : o.reports) {
    if (report.format != RepairFormat::github && !report.path.empty())
      TRY(check_written("--report", report.path, o));
  }
  return {};
}

/// Notes are looked for where somebody is told of them, and what is written waits.
bool looks_at_keys(const Options& o, const RepairTask& task) {
  if (task.lines || o.follow || (task.schema && !o.shape.content.duplicate)) return false;
  if (task.settings.sequence == json::Sequence::array) return false;
  return o.shape.content.duplicate || o.explain || !o.reports.empty();
}

RepairProse::Style style_of(const Options& o, const World& world) {
  const bool machine = std::ranges::any_of(o.reports, [](const RepairReportTarget& report) {
    const bool json = report.format == RepairFormat::json || report.format == RepairFormat::jsonl;
    return json && report.path.empty();
  });
  const bool github =
      std::ranges::count(o.reports, RepairFormat::github, &RepairReportTarget::format) > 0;
  const bool annotated = github && !o.voice.verbose && !o.explain;
  // A program reads the report from standard error: prose would be in its way.
  return {.quiet = o.voice.quiet || machine || annotated,
          .every = o.voice.verbose || o.check || o.fail_on_repair,
          .unlimited = o.voice.verbose,
          .explain = o.explain,
          .colour = coloured(o.color, Stream::error, world),
          .notes = o.shape.content.duplicate == json::Duplicate::keep,
          .annotated = annotated,
          .needed = o.check || o.fail_on_repair};
}

struct Done {
  Exit exit;
  bool given = false;  ///< its output, as far as any was asked for
};

/// One file: judged, and given where nothing stands against it.
Result<Done> repair(const std::string& file, const Options& o, const RepairTask& task,
                    Delivery& delivery, const RepairListeners& listeners) {
  Judged judged = TRY(judge(file, task, listeners));
  task.progress->erase();
  const bool found = judged.counts.all > 0 || judged.counts.rejected > 0;
  if (judged.exit == yes && found && (o.check || o.fail_on_repair)) judged.exit = no;
  const bool leaves = judged.exit == yes && !o.check;
  if (leaves && o.diff) {
    judged.exit = TRY(write_diff(file, judged, 1));
  } else if (leaves && !o.follow) {
    judged.exit = TRY(delivery.give(file, judged));
  }
  for (const auto& listener : listeners) listener->end(file, judged.counts, leaves);
  const bool bad = judged.kept_bad && judged.exit == yes;
  return Done{bad ? no : judged.exit, leaves};
}

/// The worse of two ends: nothing is worse than that nobody reads on.
Exit worse(Exit a, Exit b) { return a.code >= b.code ? a : b; }

Result<Exit> act(const Options& o, World& world, const cli::Catalogue& all) {
  TRY(check(o));
  TRY(check_written(o));
  if (o.files.empty() && sys::input_is_terminal()) {
    world.err(cli::short_help(*all.command("json-repair"), all));
    return misused;
  }
  RepairTask task{.settings = TRY(settings_of(o.choice)),
                  .shape = o.shape,
                  .schema = TRY(schema_task(o.schema)),
                  .output = !o.check || o.shape.content.drops(),
                  .lasting = o.diff,
                  .follow = o.follow};
  task.settings.live = o.follow;
  if (o.lines.given() || task.settings.sequence == json::Sequence::ndjson)
    task.lines = line_task(o.lines);
  if (looks_at_keys(o, task)) {
    task.keys = KeyTask{o.shape.content.duplicate.value_or(json::Duplicate::keep),
                        {world.entropy(), world.entropy()}};
    // Keys may be told of when all of the text has passed.
    task.lasting = true;
  }
  Progress progress(world, !o.voice.quiet);
  task.progress = &progress;
  RepairListeners listeners = TRY(open_reports(o.reports, world));
  listeners.push_back(std::make_unique<RepairProse>(world, progress, style_of(o, world)));
  Delivery delivery(o.in_place, o.output, o.force);
  TRY(delivery.begin());
  Exit exit = yes;
  bool all_given = true;
  for (const std::string& file : files_of(o)) {
    for (const auto& listener : listeners) listener->begin(file);
    const auto done = repair(file, o, task, delivery, listeners);
    if (!done) {
      for (const auto& listener : listeners) {
        listener->failed(file, done.error());
        listener->end(file, {}, false);
      }
    }
    exit = worse(exit, done ? done->exit : exit_for(cli::Kind::filter, done.error()));
    all_given = all_given && done && done->given;
    if (exit.signal != 0) return exit;
  }
  if (all_given) TRY(delivery.finish());
  for (const auto& listener : listeners) TRY(listener->finish(exit));
  return exit;
}

}  // namespace

extern constinit const cli::Command json_repair = cli::command<Options, rows, act>(
    "json-repair", cli::Kind::filter, "make valid JSON of almost-JSON");

}  // namespace gird
