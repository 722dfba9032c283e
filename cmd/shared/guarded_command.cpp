// Reading the command lines of our wrappers as they would read them themselves.
#include "shared/guarded_command.hpp"

#include "catalogue.hpp"
#include "cli/fill.hpp"

namespace gird {
namespace {

using Words = std::span<const std::string>;

std::string_view base_name(std::string_view path) {
  return path.substr(path.find_last_of('/') + 1);
}

/// The wrapper that `argv` calls, and its arguments; null for anything else.
std::pair<const cli::Command*, Words> wrapper_of(Words argv, const cli::Catalogue& all) {
  std::string_view name = base_name(argv.front());
  std::size_t words = 1;
  if (name == "gird") {
    if (argv.size() < 2) return {};
    name = argv[1];
    words = 2;
  } else if (name.starts_with("gird-")) {
    name.remove_prefix(5);
  }
  const cli::Command* command = all.command(name);
  if (command == nullptr || command->kind != cli::Kind::wrapper) return {};
  return {command, argv.subspan(words)};
}

/// What stands behind the options of one wrapper; empty where `argv` is none.
Words behind(Words argv, const cli::Catalogue& all) {
  const auto [command, arguments] = wrapper_of(argv, all);
  if (command == nullptr) return {};
  std::vector<const char*> words;
  for (const std::string& word : arguments) words.push_back(word.c_str());
  const cli::Form form = form_of(*command);
  const auto typed = cli::read_arguments(*command, form.rows, words);
  // A wrapper's operands are the last of its words.
  return typed ? arguments.last(typed->operands.size()) : Words();
}

}  // namespace

std::span<const std::string> guarded_command(std::span<const std::string> argv) {
  const cli::Catalogue all = catalogue();
  Words innermost;
  while (!argv.empty()) {
    argv = behind(argv, all);
    if (!argv.empty()) innermost = argv;
  }
  return innermost;
}

}  // namespace gird
