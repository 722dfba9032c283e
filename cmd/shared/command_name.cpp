// Naming commands.
#include "shared/command_name.hpp"

#include "catalogue.hpp"

namespace gird {

Result<void> from_text(std::string_view text, CommandName& field) {
  field.name = text;
  return {};
}

std::string to_text(const CommandName& field) { return field.name; }

std::vector<std::pair<std::string_view, std::string_view>> words_of(const CommandName*) {
  std::vector<std::pair<std::string_view, std::string_view>> words;
  for (const cli::Command* command : catalogue().commands) {
    words.emplace_back(command->name, command->summary);
  }
  return words;
}

}  // namespace gird
