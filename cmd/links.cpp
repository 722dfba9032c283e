// gird links: makes links that are commands of their own.
#include "sys/links.hpp"

#include "base/nearest.hpp"
#include "base/quoting.hpp"
#include "cli/command.hpp"
#include "cli/completion.hpp"
#include "shared/command_name.hpp"
#include "sys/world.hpp"

namespace gird {
namespace {

struct Options {
  std::optional<std::string> directory;
  std::vector<CommandName> names;
  bool dry_run = false;
};

cli::Rows rows(Options& o) {
  return {
      cli::Row("DIR", o.directory, "", "directory to make the links in")
          .completes(cli::Completes::directory),
      cli::Row("NAME...", o.names, "[NAME...]",
               "commands to make links for; without one, all whose names nobody else claims"),
      cli::Row("--dry-run", o.dry_run, "", "say what would be made and make nothing")
          .only_typed()
          .common(),
  };
}

/// A link may also be named gird-NAME, which clashes with nothing.
Result<void> check_name(std::string_view link, const cli::Catalogue& all) {
  const std::string_view name = link.starts_with("gird-") ? link.substr(5) : link;
  if (all.command(name) != nullptr) return {};
  const std::vector<std::string_view> known = all.names();
  return misuse("command-unknown", shell_quoted(link), "no such command",
                did_you_mean(nearest(name, known)));
}

Result<std::vector<std::string>> chosen(const Options& o, const cli::Catalogue& all) {
  std::vector<std::string> names;
  for (const CommandName& asked : o.names) {
    TRY(check_name(asked.name, all));
    names.push_back(asked.name);
  }
  if (!names.empty()) return names;
  for (const std::string_view name : cli::free_names(all)) names.emplace_back(name);
  return names;
}

Result<Exit> act(const Options& o, World& world, const cli::Catalogue& all) {
  if (!o.directory) {
    return misuse("operand-missing", "DIR", "where are the links to be?",
                  {"gird links ~/bin gird-retry"});
  }
  const std::vector<std::string> names = TRY(chosen(o, all));
  const std::string program = TRY(sys::own_program());
  const auto path_of = [&](const std::string& name) { return *o.directory + "/" + name; };
  // All or nothing, as far as one can know: whatever is in the way is found before the first link.
  for (const std::string& name : names) TRY(sys::check_free(path_of(name)));
  for (const std::string& name : names) {
    if (!o.dry_run) TRY(sys::make_link(path_of(name), program));
    world.out(shell_quoted(path_of(name)) + " -> " + shell_quoted(program) + "\n");
  }
  return yes;
}

}  // namespace

extern constinit const cli::Command links = cli::command<Options, rows, act>(
    "links", cli::Kind::tool, "make links that are commands of their own");

}  // namespace gird
