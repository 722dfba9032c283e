// What a configuration file says of a command.
#include "cli/config.hpp"

#include <algorithm>

#include "toml/parse.hpp"

namespace gird::cli {
namespace {

std::string place(const ConfigFile& file, toml::Place at) {
  return file.path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

Error unknown(const ConfigFile& file, const toml::Entry& entry, std::string_view code,
              std::string_view kind, std::span<const std::string_view> known) {
  return {Fault::usage, code, place(file, entry.place),
          "unknown " + std::string(kind) + " '" + entry.key + "'",
          did_you_mean(nearest(entry.key, known))};
}

Error wrong_type(const ConfigFile& file, const toml::Value& value, std::string_view name,
                 std::string_view wanted) {
  return {Fault::usage, "config-type", place(file, value.place),
          "'" + std::string(name) + "' must be " + std::string(wanted)};
}

/// A TOML scalar as it would be typed on a command line; nothing for dates and tables.
std::optional<std::string> typed(const toml::Value& value) {
  if (const auto* text = value.as<std::string>()) return *text;
  if (const auto* whole = value.as<std::int64_t>()) return std::to_string(*whole);
  if (const auto* number = value.as<double>()) return to_text(*number);
  if (const auto* flag = value.as<bool>()) return *flag ? "true" : "false";
  return std::nullopt;
}

/// Which file is read, and which profile of it, a file cannot say itself.
bool may_stand_in_a_file(const Row& row) {
  if (row.is_heading() || row.is_operand() || row.is_only_typed()) return false;
  return row.key() != "config" && row.key() != "profile";
}

/// The settings of one table of a command, and the mistakes in it.
struct Reading {
  std::vector<Setting> settings;
  std::vector<Error> mistakes;
};

Reading read_table(const ConfigFile& file, const toml::Table& table, const Rows& rows) {
  Reading reading;
  std::vector<std::string_view> known;
  for (const Row& row : rows) {
    if (may_stand_in_a_file(row)) known.push_back(row.key());
  }
  for (const toml::Entry& entry : table.entries) {
    const auto named = [&](const Row& row) {
      return may_stand_in_a_file(row) && row.key() == entry.key;
    };
    const auto row = std::ranges::find_if(rows, named);
    if (row == rows.end()) {
      reading.mistakes.push_back(unknown(file, entry, "config-unknown-key", "option", known));
      continue;
    }
    Setting setting{row->key(), {}, place(file, entry.place)};
    const toml::Value& value = entry.value;
    if (const auto* list = value.as<toml::List>(); list != nullptr && row->repeats()) {
      for (const toml::Value& item : *list) {
        if (auto word = typed(item)) {
          setting.values.push_back(*word);
        } else {
          reading.mistakes.push_back(wrong_type(file, item, entry.key, "a list of plain values"));
        }
      }
    } else if (auto word = typed(value)) {
      setting.values.push_back(*word);
    } else {
      reading.mistakes.push_back(wrong_type(file, value, entry.key, "a plain value"));
      continue;
    }
    reading.settings.push_back(std::move(setting));
  }
  return reading;
}

Result<toml::Table> parsed(const ConfigFile& file) {
  auto table = toml::parse(file.text);
  if (table) return std::move(*table);
  return misuse("config-syntax", place(file, table.error().place), table.error().why);
}

/// Calls `each(command, table, profile)` for every command's table; notes unknown tables.
template <class Each>
std::vector<Error> walk(const ConfigFile& file, const toml::Table& root, const Catalogue& catalogue,
                        const Each& each) {
  std::vector<Error> mistakes;
  std::vector<std::string_view> names = catalogue.names();
  const auto tables = [&](const toml::Table& parent, std::string_view profile) {
    for (const toml::Entry& entry : parent.entries) {
      if (profile.empty() && entry.key == "profile") continue;
      const Command* command = catalogue.command(entry.key);
      if (command == nullptr) {
        mistakes.push_back(unknown(file, entry, "config-unknown-table", "table", names));
      } else if (const auto* table = entry.value.as<toml::Table>()) {
        each(*command, *table, profile);
      } else {
        mistakes.push_back(wrong_type(file, entry.value, entry.key, "a table"));
      }
    }
  };
  tables(root, "");
  const toml::Entry* profiles = root.find("profile");
  if (profiles == nullptr) return mistakes;
  const auto* all = profiles->value.as<toml::Table>();
  if (all == nullptr) {
    mistakes.push_back(wrong_type(file, profiles->value, "profile", "a table"));
    return mistakes;
  }
  for (const toml::Entry& profile : all->entries) {
    if (const auto* table = profile.value.as<toml::Table>()) {
      tables(*table, profile.key);
    } else {
      mistakes.push_back(wrong_type(file, profile.value, profile.key, "a table"));
    }
  }
  return mistakes;
}

bool has_profile(const toml::Table& root, std::string_view name) {
  const toml::Entry* profiles = root.find("profile");
  const auto* all = profiles == nullptr ? nullptr : profiles->value.as<toml::Table>();
  const toml::Entry* profile = all == nullptr ? nullptr : all->find(name);
  return profile != nullptr && profile->value.as<toml::Table>() != nullptr;
}

}  // namespace

Result<FromConfig> from_config(const ConfigFile& file, const Command& command, const Rows& rows,
                               std::string_view profile, const Catalogue& catalogue) {
  const toml::Table root = TRY(parsed(file));
  FromConfig found;
  found.has_profile = has_profile(root, profile);
  std::vector<Error> mistakes;
  const auto read = [&](const Command& owner, const toml::Table& table, std::string_view name) {
    if (&owner != &command || (!name.empty() && name != profile)) return;
    Reading reading = read_table(file, table, rows);
    (name.empty() ? found.plain : found.of_profile) = std::move(reading.settings);
    mistakes.insert(mistakes.end(), reading.mistakes.begin(), reading.mistakes.end());
  };
  const std::vector<Error> outside = walk(file, root, catalogue, read);
  if (!mistakes.empty()) return std::unexpected(mistakes.front());
  if (!outside.empty()) return std::unexpected(outside.front());
  return found;
}

std::vector<Error> config_mistakes(const ConfigFile& file, const Catalogue& catalogue) {
  const auto root = parsed(file);
  if (!root) return {root.error()};
  std::vector<Error> mistakes;
  const auto check = [&](const Command& owner, const toml::Table& table, std::string_view) {
    const Form form = form_of(owner);
    Reading reading = read_table(file, table, form.rows);
    mistakes.insert(mistakes.end(), reading.mistakes.begin(), reading.mistakes.end());
    // One at a time, so that each bad value is told and not only the first.
    for (const Setting& setting : reading.settings) {
      const auto done = fill(form.rows, {}, std::span(&setting, 1));
      if (!done) mistakes.push_back(done.error());
    }
  };
  const std::vector<Error> outside = walk(file, *root, catalogue, check);
  mistakes.insert(mistakes.end(), outside.begin(), outside.end());
  return mistakes;
}

}  // namespace gird::cli
