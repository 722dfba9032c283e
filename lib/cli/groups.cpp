// Sorting rows for pages.
#include "cli/groups.hpp"

namespace gird::cli {

std::vector<Group> groups(const Rows& rows) {
  std::vector<Group> all{{"Options", {}}};
  for (const Row& row : rows) {
    if (row.is_heading()) {
      all.push_back({row.help(), {}});
    } else if (!row.is_operand()) {
      all.back().rows.push_back(&row);
    }
  }
  std::erase_if(all, [](const Group& group) { return group.rows.empty(); });
  return all;
}

std::vector<const Row*> operands(const Rows& rows) {
  std::vector<const Row*> found;
  for (const Row& row : rows) {
    if (!row.is_heading() && row.is_operand()) found.push_back(&row);
  }
  return found;
}

bool has_long_name(const Row& row) { return row.long_name().starts_with("--"); }

std::vector<Word> choices(const Row& row) {
  return row.type_name() == "choice" ? row.words() : std::vector<Word>();
}

std::string listed(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) text.append(text.empty() ? "" : ", ").append(word.name);
  return text;
}

std::string shown_variable(const Command& command, const Row& row) {
  if (row.is_only_typed() || row.is_operand()) return {};
  const bool of_all = row.key() == "config" || row.key() == "profile";
  return variable(of_all ? "" : command.name, row.key());
}

}  // namespace gird::cli
