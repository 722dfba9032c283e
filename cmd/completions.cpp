// gird completions: the script that completes gird's commands in a shell.
#include "cli/command.hpp"
#include "cli/completion.hpp"
#include "sys/world.hpp"

namespace gird {
namespace {

struct Options {
  std::optional<cli::Shell> shell;
};

cli::Rows rows(Options& o) { return {{"SHELL", o.shell, "bash|zsh|fish", "shell to write for"}}; }

Result<Exit> act(const Options& o, World& world, const cli::Catalogue& all) {
  if (!o.shell) {
    return misuse("operand-missing", "SHELL", "which shell is it for?", {"gird completions bash"});
  }
  world.out(cli::completion_script(*o.shell, all));
  return yes;
}

}  // namespace

extern constinit const cli::Command completions = cli::command<Options, rows, act>(
    "completions", cli::Kind::tool, "write the completion script for a shell");

}  // namespace gird
