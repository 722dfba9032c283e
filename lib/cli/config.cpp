// Reading TOML. The only file that knows toml++.
#include "cli/config.hpp"

#include <algorithm>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
// toml++ 3.3 holds U+FB26 to U+FEFE impossible where it looks for a blank, and runs into
// __builtin_unreachable. That part of it is read with an answer in its place. It also holds a key
// certain behind '[', although it has a good message for when there is none: what it takes for
// granted is only asked.
#include <toml++/impl/forward_declarations.h>
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT_ASSUME(expr) static_cast<void>(expr)
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE return false
#include <toml++/impl/unicode.h>
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE __builtin_unreachable()
#include <toml++/toml.h>

namespace gird::cli {
namespace {

std::string place(const ConfigFile& file, const toml::source_region& source) {
  return file.path + ":" + std::to_string(source.begin.line) + ":" +
         std::to_string(source.begin.column);
}

Error unknown(const ConfigFile& file, const toml::key& key, std::string_view code,
              std::string_view kind, std::span<const std::string_view> known) {
  return {Fault::usage, code, place(file, key.source()),
          "unknown " + std::string(kind) + " '" + std::string(key.str()) + "'",
          did_you_mean(nearest(key.str(), known))};
}

Error wrong_type(const ConfigFile& file, const toml::node& node, std::string_view name,
                 std::string_view wanted) {
  return {Fault::usage, "config-type", place(file, node.source()),
          "'" + std::string(name) + "' must be " + std::string(wanted)};
}

/// A TOML scalar as it would be typed on a command line; nothing for dates and tables.
std::optional<std::string> typed(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* whole = node.as_integer()) return std::to_string(whole->get());
  if (const auto* number = node.as_floating_point()) return to_text(number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
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

Reading read_table(const ConfigFile& file, const toml::table& table, const Rows& rows) {
  Reading reading;
  std::vector<std::string_view> known;
  for (const Row& row : rows) {
    if (may_stand_in_a_file(row)) known.push_back(row.key());
  }
  for (const auto& [key, node] : table) {
    const auto named = [&](const Row& row) {
      return may_stand_in_a_file(row) && row.key() == key.str();
    };
    const auto row = std::ranges::find_if(rows, named);
    if (row == rows.end()) {
      reading.mistakes.push_back(unknown(file, key, "config-unknown-key", "option", known));
      continue;
    }
    Setting setting{row->key(), {}, place(file, key.source())};
    if (const toml::array* list = node.as_array(); list != nullptr && row->repeats()) {
      for (const toml::node& item : *list) {
        if (auto value = typed(item)) {
          setting.values.push_back(*value);
        } else {
          reading.mistakes.push_back(wrong_type(file, item, key.str(), "a list of plain values"));
        }
      }
    } else if (auto value = typed(node)) {
      setting.values.push_back(*value);
    } else {
      reading.mistakes.push_back(wrong_type(file, node, key.str(), "a plain value"));
      continue;
    }
    reading.settings.push_back(std::move(setting));
  }
  return reading;
}

Result<toml::table> parsed(const ConfigFile& file) {
  toml::parse_result result = toml::parse(file.text, file.path);
  if (result) return std::move(result).table();
  const toml::parse_error& fault = result.error();
  std::string why(fault.description());
  if (why.starts_with("Error")) why.front() = 'e';  // messages are lower case
  return misuse("config-syntax", place(file, fault.source()), std::move(why));
}

/// Calls `each(command, table, profile)` for every command's table; notes unknown tables.
template <class Each>
std::vector<Error> walk(const ConfigFile& file, const toml::table& root, const Catalogue& catalogue,
                        const Each& each) {
  std::vector<Error> mistakes;
  std::vector<std::string_view> names = catalogue.names();
  const auto tables = [&](const toml::table& parent, std::string_view profile) {
    for (const auto& [key, node] : parent) {
      if (profile.empty() && key.str() == "profile") continue;
      const Command* command = catalogue.command(key.str());
      if (command == nullptr) {
        mistakes.push_back(unknown(file, key, "config-unknown-table", "table", names));
      } else if (const toml::table* table = node.as_table()) {
        each(*command, *table, profile);
      } else {
        mistakes.push_back(wrong_type(file, node, key.str(), "a table"));
      }
    }
  };
  tables(root, "");
  if (const toml::node* profiles = root.get("profile")) {
    if (!profiles->is_table()) {
      mistakes.push_back(wrong_type(file, *profiles, "profile", "a table"));
      return mistakes;
    }
    for (const auto& [name, node] : *profiles->as_table()) {
      if (const toml::table* table = node.as_table()) {
        tables(*table, name.str());
      } else {
        mistakes.push_back(wrong_type(file, node, name.str(), "a table"));
      }
    }
  }
  return mistakes;
}

}  // namespace

Result<FromConfig> from_config(const ConfigFile& file, const Command& command, const Rows& rows,
                               std::string_view profile, const Catalogue& catalogue) {
  const toml::table root = TRY(parsed(file));
  FromConfig found;
  found.has_profile = root["profile"][profile].is_table();
  std::vector<Error> mistakes;
  const auto read = [&](const Command& owner, const toml::table& table, std::string_view name) {
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
  const auto check = [&](const Command& owner, const toml::table& table, std::string_view) {
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
