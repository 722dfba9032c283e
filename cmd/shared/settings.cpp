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
  const auto chosen = [&](std::string_view key) -> std::optional<std::string> {
    if (auto value = cli::typed_value(rows, typed, key)) return value;
    const auto same = [&](const cli::Setting& setting) { return setting.key == key; };
    const auto found = std::ranges::find_if(all, same);
    return found == all.end() ? std::nullopt : std::optional(found->values.front());
  };
  const std::string profile = chosen("profile").value_or("");
  bool profile_seen = has_profile(rows, profile);
  std::vector<cli::Setting> of_profile;
  std::vector<cli::Setting> plain;
  for (const cli::ConfigFile& file : TRY(config_files(world, chosen("config")))) {
    cli::FromConfig found = TRY(cli::from_config(file, command, rows, profile, catalogue));
    profile_seen = profile_seen || found.has_profile;
    append(of_profile, std::move(found.of_profile));
    append(plain, std::move(found.plain));
  }
  if (!profile.empty() && !profile_seen) {
    return misuse("profile-unknown", "--profile " + shell_quoted(profile),
                  "no configuration file has this profile", {"gird config show --origin"});
  }
  append(all, std::move(of_profile));
  append(all, std::move(plain));
  return all;
}

}  // namespace gird
