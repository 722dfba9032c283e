// Gathering settings from the environment and the configuration files.
#include "shared/settings.hpp"

#include <algorithm>

#include "base/quoting.hpp"

namespace gird {
namespace {

void append(std::vector<cli::Setting>& all, std::vector<cli::Setting> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// XDG: a relative value is invalid and means the default.
std::optional<std::string> user_file(const World& world) {
  const auto base = world.variable("XDG_CONFIG_HOME");
  if (base && base->starts_with('/')) return *base + "/gird/config.toml";
  const auto home = world.variable("HOME");
  if (home && home->starts_with('/')) return *home + "/.config/gird/config.toml";
  return std::nullopt;
}

/// Whether the command has a profile of that name of its own, which needs no file.
bool has_profile(const cli::Rows& rows, std::string_view name) {
  for (const cli::Row& row : rows) {
    if (row.is_heading() || row.key() != "profile") continue;
    const auto words = row.words();
    return std::ranges::find(words, name, &cli::Word::name) != words.end();
  }
  return false;
}

/// GIRD_PROFILE is meant for every command: that one of them has the profile is enough.
bool some_command_has_profile(const cli::Catalogue& catalogue, std::string_view name) {
  return std::ranges::any_of(catalogue.commands, [&](const cli::Command* command) {
    return has_profile(cli::form_of(*command).rows, name);
  });
}

}  // namespace

Result<std::vector<cli::ConfigFile>> config_files(World& world,
                                                  const std::optional<std::string>& named) {
  std::vector<cli::ConfigFile> files;
  if (named) {
    if (*named == "none") return files;
    auto text = TRY(world.read_configuration(*named));
    if (!text) return misuse("config-missing", "open " + shell_quoted(*named), "no such file");
    files.push_back({*named, std::move(*text)});
    return files;
  }
  const auto read = [&](const std::string& path) -> Result<void> {
    auto text = TRY(world.read_configuration(path));
    if (text) files.push_back({path, std::move(*text)});
    return {};
  };
  if (const auto path = user_file(world)) TRY(read(*path));
  TRY(read("/etc/gird/config.toml"));
  return files;
}

Result<std::vector<cli::Setting>> settings_for(const cli::Command& command, const cli::Rows& rows,
                                               const cli::Typed& typed, World& world,
                                               const cli::Catalogue& catalogue) {
  std::vector<cli::Setting> all = cli::from_environment(command, rows, world.environment());
  // A tool mends, shows and explains the configuration; it does not depend on it.
  if (command.kind == cli::Kind::tool) return all;
  const auto chosen = [&](std::string_view key) -> std::optional<cli::Setting> {
    if (auto value = cli::typed_value(rows, typed, key)) return cli::Setting{key, {*value}, ""};
    const auto found = std::ranges::find(all, key, &cli::Setting::key);
    return found == all.end() ? std::nullopt : std::optional(*found);
  };
  const auto asked = chosen("profile");
  const std::string profile = asked ? asked->values.front() : "";
  bool profile_seen = has_profile(rows, profile);
  std::vector<cli::Setting> of_profile;
  std::vector<cli::Setting> plain;
  const auto config = chosen("config");
  const auto named = config ? std::optional(config->values.front()) : std::nullopt;
  for (const cli::ConfigFile& file : TRY(config_files(world, named))) {
    cli::FromConfig found = TRY(cli::from_config(file, command, rows, profile, catalogue));
    profile_seen = profile_seen || found.has_profile;
    append(of_profile, std::move(found.of_profile));
    append(plain, std::move(found.plain));
  }
  const bool general = asked && asked->origin == cli::variable("", "profile");
  if (!profile_seen && general) profile_seen = some_command_has_profile(catalogue, profile);
  if (!profile.empty() && !profile_seen) {
    const std::string source = asked->origin.empty() ? "--profile " + shell_quoted(profile)
                                                     : asked->origin + "=" + shell_quoted(profile);
    return misuse("profile-unknown", source, "no configuration file has this profile",
                  {"gird config show --origin"});
  }
  append(all, std::move(of_profile));
  append(all, std::move(plain));
  return all;
}

}  // namespace gird
