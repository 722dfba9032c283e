// gird help: the help and the manuals of all commands.
#include "cli/help.hpp"

#include <array>

#include "base/quoting.hpp"
#include "cli/man.hpp"
#include "shared/command_name.hpp"
#include "sys/world.hpp"

namespace gird {
namespace {

enum class Format { text, roff, json };

constexpr std::array<Choice<Format>, 3> formats{{
    {"text", Format::text, "plain text of 80 columns"},
    {"roff", Format::roff, "a manual page in mdoc(7)"},
    {"json", Format::json, "the table of commands and options"},
}};

std::span<const Choice<Format>> choices(Format) { return formats; }

struct Options {
  std::optional<CommandName> topic;
  Format format = Format::text;
  bool json = false;
};

cli::Rows rows(Options& o) {
  return {
      cli::Row("TOPIC", o.topic, "[TOPIC]", "command or manual page to explain"),
      cli::Row("--format", o.format, "FORMAT", "how to write it").only_typed().common(),
      cli::Row("--json", o.json, "", "the same as --format=json").only_typed().common(),
  };
}

Error unknown_topic(const std::string& name, const cli::Catalogue& all) {
  std::vector<std::string_view> known = all.names();
  for (const std::string_view page : cli::topics(all)) known.push_back(page);
  std::vector<std::string> hints = did_you_mean(nearest(name, known));
  if (hints.empty()) hints.emplace_back("gird help");
  return {Fault::usage, "topic-unknown", shell_quoted(name), "no such command or manual page",
          std::move(hints)};
}

/// The date on manual pages, which a packager may set.
/// Source: reproducible-builds.org, SOURCE_DATE_EPOCH.
Result<std::string> page_date(const World& world, const cli::Catalogue& all) {
  const auto epoch = world.variable("SOURCE_DATE_EPOCH");
  if (!epoch) return std::string(all.date);
  constexpr std::int64_t last = 9'000'000'000;  // in 2255, within what Time can hold
  const auto seconds = parse_integer(*epoch, 0, last);
  if (!seconds) {
    return misuse(seconds.error().code, "SOURCE_DATE_EPOCH",
                  seconds.error().what + ": " + seconds.error().why);
  }
  return to_text(Time(std::chrono::seconds(*seconds))).substr(0, 10);
}

Result<std::string> as_roff(const std::string& name, const World& world,
                            const cli::Catalogue& all) {
  const std::string date = TRY(page_date(world, all));
  if (const cli::Command* command = all.command(name)) return cli::manual(*command, all, date);
  if (const cli::Page* page = cli::topic(all, name)) return cli::topic_manual(*page, all, date);
  return std::unexpected(unknown_topic(name, all));
}

Result<std::string> as_text(const std::string& name, const cli::Catalogue& all) {
  if (const cli::Command* command = all.command(name)) return cli::long_help(*command, all);
  if (const cli::Page* page = cli::topic(all, name)) return cli::topic_help(*page);
  return std::unexpected(unknown_topic(name, all));
}

Result<std::string> as_json(const std::optional<CommandName>& topic, const cli::Catalogue& all) {
  if (!topic) return cli::help_json(all);
  if (const cli::Command* command = all.command(topic->name)) return cli::help_json(all, command);
  if (cli::topic(all, topic->name) == nullptr) {
    return std::unexpected(unknown_topic(topic->name, all));
  }
  return misuse("help-format", "--format=json", "only commands have it, pages do not",
                {"gird help " + shell_quoted(topic->name)});
}

Result<Exit> act(const Options& o, World& world, const cli::Catalogue& all) {
  if (o.json && o.format == Format::roff) {
    return misuse("options-contradict", "--json", "contradicts --format=roff");
  }
  if (o.json || o.format == Format::json) {
    world.out(TRY(as_json(o.topic, all)));
  } else if (o.format == Format::roff) {
    world.out(TRY(as_roff(o.topic ? o.topic->name : "gird", world, all)));
  } else {
    world.out(o.topic ? TRY(as_text(o.topic->name, all)) : cli::overview(all));
  }
  return yes;
}

}  // namespace

extern constinit const cli::Command help = cli::command<Options, rows, act>(
    "help", cli::Kind::tool, "explain a command, its options and gird itself");

}  // namespace gird
