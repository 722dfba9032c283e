// gird config: shows which values are in force and why, and checks configuration files.
#include "cli/config.hpp"

#include <array>

#include "base/json.hpp"
#include "base/nearest.hpp"
#include "base/quoting.hpp"
#include "base/utf8.hpp"
#include "cli/groups.hpp"
#include "shared/command_name.hpp"
#include "shared/settings.hpp"

namespace gird {
namespace {

enum class Action { show, check };

constexpr std::array<Choice<Action>, 2> actions{{
    {"show", Action::show, "print the values in force"},
    {"check", Action::check, "find every mistake in configuration files"},
}};

std::span<const Choice<Action>> choices(Action) { return actions; }

struct Options {
  std::optional<Action> action;
  std::vector<CommandName> names;
  bool origin = false;
  bool json = false;
  std::optional<std::string> profile;
  std::optional<std::string> config;
};

cli::Rows rows(Options& o) {
  using cli::Row;
  return {
      Row("ACTION", o.action, "show|check", "what to do"),
      Row("NAME...", o.names, "[NAME...]",
          "commands to show (all), or files to check (those in force)")
          .completes(cli::Completes::file),
      Row("--origin", o.origin, "", "say of each value where it comes from").only_typed().common(),
      Row("--json", o.json, "", "write one JSON document").only_typed().common(),
      // The variable of that name is taken as the command that is shown takes it.
      Row("--profile", o.profile, "NAME", "show the values under this profile")
          .only_typed()
          .common(),
      Row("--config", o.config, "FILE", "read this configuration file alone; none reads no file")
          .completes(cli::Completes::file)
          .common(),
  };
}

/// One option, its value in force and its source.
struct Shown {
  std::string_view key;
  std::string_view type;
  std::optional<std::string> value;  ///< as it would be typed; nothing when it is not set
  std::vector<std::string> list;     ///< of an option that may be repeated and was set
  std::string origin;                ///< empty for a default
};

bool settable(const cli::Row& row) {
  return !row.is_heading() && !row.is_operand() && !row.is_only_typed();
}

/// `profile` and `config` of this call, as if they had been typed for the command that is shown.
cli::Typed typed_for(const cli::Rows& target, const Options& o) {
  cli::Typed typed;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (!settable(target[i])) continue;
    const std::string_view key = target[i].key();
    if (key == "profile" && o.profile) typed.mentions.push_back({i, *o.profile});
    if (key == "config" && o.config) typed.mentions.push_back({i, *o.config});
  }
  return typed;
}

Result<std::vector<Shown>> values_of(const cli::Command& command, const Options& o, World& world,
                                     const cli::Catalogue& all) {
  const cli::Form form = form_of(command);
  const cli::Typed typed = typed_for(form.rows, o);
  const auto settings = TRY(settings_for(command, form.rows, typed, world, all));
  TRY(cli::fill(form.rows, typed, settings));
  std::vector<Shown> values;
  for (const cli::Row& row : form.rows) {
    // These two say where values come from; they are no values.
    if (!settable(row) || row.key() == "profile" || row.key() == "config") continue;
    Shown shown{row.key(), row.type_name(), {}, {}, {}};
    const auto names_it = [&](const cli::Setting& setting) { return setting.key == row.key(); };
    const auto source = std::ranges::find_if(settings, names_it);
    if (source != settings.end()) {
      shown.origin = source->origin;
      if (row.repeats()) shown.list = source->values;
    }
    std::string value = row.value();
    if (row.is_flag() && value.empty()) value = "false";
    if (!value.empty() || !shown.origin.empty()) shown.value = std::move(value);
    values.push_back(std::move(shown));
  }
  return values;
}

/// `value` as TOML. JSON strings are TOML's basic strings, the escape of a slash excepted, which
/// is never written here.
std::string as_toml(const Shown& shown) {
  if (!shown.list.empty()) {
    std::vector<std::string> items;
    for (const std::string& item : shown.list) items.push_back(json_quoted(item));
    return json_array(items);
  }
  const bool bare = shown.type == "flag" || shown.type == "integer" || shown.type == "number";
  return bare ? *shown.value : json_quoted(*shown.value);
}

/// A table that could stand in a configuration file; what is a default is commented out.
std::string table_of(const cli::Command& command, std::span<const Shown> values, bool origin) {
  std::string out = "[" + std::string(command.name) + "]\n";
  for (const Shown& shown : values) {
    std::string line = shown.origin.empty() ? "# " : "";
    line += shown.key;
    line += shown.value ? " = " + as_toml(shown) : " is not set";
    if (origin) {
      line.append(line.size() < 40 ? 40 - line.size() : 1, ' ');
      line += "# " + (shown.origin.empty() ? "default" : printable(shown.origin));
    }
    out += line + "\n";
  }
  return out;
}

std::string json_of(const cli::Command& command, std::span<const Shown> values) {
  std::vector<std::string> list;
  for (const Shown& shown : values) {
    JsonObject one;
    one.add("name", shown.key);
    if (!shown.list.empty()) {
      one.add("value", std::span<const std::string>(shown.list));
    } else if (shown.value) {
      one.add("value", *shown.value);
    }
    one.add("origin", shown.origin.empty() ? "default" : shown.origin);
    list.push_back(one.text());
  }
  return JsonObject().add("name", command.name).raw("options", json_array(list)).text();
}

Result<std::vector<const cli::Command*>> commands_of(const Options& o, const cli::Catalogue& all) {
  std::vector<const cli::Command*> chosen;
  const std::vector<std::string_view> known = all.names();
  for (const CommandName& asked : o.names) {
    const cli::Command* command = all.command(asked.name);
    if (command == nullptr) {
      return misuse("command-unknown", shell_quoted(asked.name), "no such command",
                    did_you_mean(nearest(asked.name, known)));
    }
    if (command->kind == cli::Kind::tool) {
      return misuse("config-none", asked.name, "takes nothing from the configuration");
    }
    chosen.push_back(command);
  }
  if (!chosen.empty()) return chosen;
  for (const cli::Command* command : all.commands) {
    if (command->kind != cli::Kind::tool) chosen.push_back(command);
  }
  return chosen;
}

Result<Exit> show(const Options& o, World& world, const cli::Catalogue& all) {
  std::string text;
  std::vector<std::string> objects;
  for (const cli::Command* command : TRY(commands_of(o, all))) {
    const std::vector<Shown> values = TRY(values_of(*command, o, world, all));
    text += (text.empty() ? "" : "\n") + table_of(*command, values, o.origin);
    objects.push_back(json_of(*command, values));
  }
  if (o.json) text = JsonObject().add("v", 1).raw("commands", json_array(objects)).text() + "\n";
  world.out(text);
  return yes;
}

/// A file that was looked at.
struct Checked {
  std::string path;
  std::vector<Error> mistakes;
};

Result<std::vector<Checked>> checked_files(const Options& o, World& world,
                                           const cli::Catalogue& all) {
  std::vector<cli::ConfigFile> files;
  if (o.names.empty()) files = TRY(config_files(world, o.config));
  for (const CommandName& asked : o.names) {
    for (cli::ConfigFile& file : TRY(config_files(world, asked.name))) {
      files.push_back(std::move(file));
    }
  }
  std::vector<Checked> checked;
  for (const cli::ConfigFile& file : files) {
    checked.push_back({file.path, cli::config_mistakes(file, all)});
  }
  return checked;
}

std::string report(const Checked& file) {
  if (file.mistakes.empty()) return printable(file.path) + ": ok\n";
  std::string out;
  for (const Error& mistake : file.mistakes) {
    out += printable(mistake.what) + ": " + printable(mistake.why) + "\n";
    for (const std::string& hint : mistake.hints) out += "  hint: " + printable(hint) + "\n";
  }
  return out;
}

std::string json_of(const Checked& file) {
  std::vector<std::string> mistakes;
  for (const Error& mistake : file.mistakes) {
    JsonObject one;
    one.add("code", mistake.code).add("place", mistake.what).add("message", mistake.why);
    if (!mistake.hints.empty()) one.add("hint", mistake.hints.front());
    mistakes.push_back(one.text());
  }
  return JsonObject().add("path", file.path).raw("mistakes", json_array(mistakes)).text();
}

Result<Exit> check(const Options& o, World& world, const cli::Catalogue& all) {
  if (o.origin) return misuse("options-contradict", "--origin", "belongs to gird config show");
  if (o.profile) return misuse("options-contradict", "--profile", "belongs to gird config show");
  const std::vector<Checked> files = TRY(checked_files(o, world, all));
  std::string text;
  std::vector<std::string> objects;
  bool fine = true;
  for (const Checked& file : files) {
    text += report(file);
    objects.push_back(json_of(file));
    fine = fine && file.mistakes.empty();
  }
  if (files.empty()) text = "there is no configuration file\n";
  if (o.json) text = JsonObject().add("v", 1).raw("files", json_array(objects)).text() + "\n";
  world.out(text);
  return fine ? yes : misused;
}

Result<Exit> act(const Options& o, World& world, const cli::Catalogue& all) {
  if (!o.action) {
    return misuse("operand-missing", "ACTION", "must be one of show, check",
                  {"gird config show --origin"});
  }
  return *o.action == Action::show ? show(o, world, all) : check(o, world, all);
}

}  // namespace

extern constinit const cli::Command config = cli::command<Options, rows, act>(
    "config", cli::Kind::tool, "show which values are in force and check configuration files");

}  // namespace gird
