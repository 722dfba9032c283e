// The whole table as JSON.
#include "base/json.hpp"
#include "cli/groups.hpp"
#include "cli/help.hpp"

namespace gird::cli {
namespace {

constexpr std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::wrapper: return "wrapper";
    case Kind::filter: return "filter";
    case Kind::checker: return "checker";
    case Kind::tool: return "tool";
  }
  return {};
}

std::string words_json(const std::vector<Word>& words) {
  std::vector<std::string> list;
  for (const Word& word : words) {
    JsonObject one;
    one.add("name", word.name);
    if (!word.help.empty()) one.add("help", word.help);
    list.push_back(one.text());
  }
  return json_array(list);
}

/// A closed list is "choices"; words that may stand among others are "suggestions".
void add_words(JsonObject& object, const Row& row) {
  const std::vector<Word> words = row.words();
  if (words.empty()) return;
  object.raw(row.type_name() == "choice" ? "choices" : "suggestions", words_json(words));
}

std::string option_json(const Command& command, const Row& row, std::string_view group) {
  JsonObject option;
  if (has_long_name(row)) option.add("name", row.key());
  if (row.letter() != '\0') option.add("letter", std::string(1, row.letter()));
  if (!row.placeholder().empty()) option.add("placeholder", row.placeholder());
  option.add("type", row.type_name());
  if (const std::string value = row.value(); !value.empty()) option.add("default", value);
  add_words(option, row);
  option.add("repeatable", row.repeats());
  const std::string name = shown_variable(command, row);
  if (!name.empty()) option.add("environment", name);
  option.add("help", row.help()).add("group", group);
  return option.text();
}

std::string operand_json(const Row& row) {
  JsonObject operand;
  operand.add("name", row.long_name()).add("type", row.type_name());
  add_words(operand, row);
  operand.add("repeatable", row.repeats()).add("help", row.help());
  return operand.text();
}

std::string command_json(const Command& command) {
  const Form form = form_of(command);
  std::vector<std::string> given;
  for (const Row* row : operands(form.rows)) given.push_back(operand_json(*row));
  std::vector<std::string> options;
  for (const Group& group : groups(form.rows)) {
    for (const Row* row : group.rows) options.push_back(option_json(command, *row, group.heading));
  }
  std::vector<std::string> exits;
  for (const ExitLine& line : exit_lines(command.kind)) {
    exits.push_back(JsonObject().add("status", line.code).add("meaning", line.meaning).text());
  }
  return JsonObject()
      .add("name", command.name)
      .add("kind", name_of(command.kind))
      .add("summary", command.summary)
      .add("usage", usage(command, form.rows))
      .raw("operands", json_array(given))
      .raw("options", json_array(options))
      .raw("exit_statuses", json_array(exits))
      .text();
}

std::string topic_json(const Catalogue& catalogue, std::string_view name) {
  const Title title = title_of(catalogue.page(name));
  return JsonObject()
      .add("name", name)
      .add("section", title.number - '0')
      .add("summary", title.summary)
      .text();
}

}  // namespace

std::string help_json(const Catalogue& catalogue, const Command* only) {
  std::vector<std::string> commands;
  for (const Command* command : catalogue.commands) {
    if (only == nullptr || only == command) commands.push_back(command_json(*command));
  }
  JsonObject document;
  document.add("v", 1).add("version", catalogue.version).raw("commands", json_array(commands));
  if (only == nullptr) {
    std::vector<std::string> pages;
    for (const std::string_view name : topics(catalogue)) {
      pages.push_back(topic_json(catalogue, name));
    }
    document.raw("topics", json_array(pages));
  }
  return document.text() + "\n";
}

}  // namespace gird::cli
