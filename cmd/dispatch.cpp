// Choosing the command, filling its form, telling its errors.
#include "dispatch.hpp"

#include <array>

#include "base/nearest.hpp"
#include "base/quoting.hpp"
#include "base/utf8.hpp"
#include "catalogue.hpp"
#include "cli/help.hpp"
#include "fusion.hpp"
#include "shared/settings.hpp"
#include "sys/program.hpp"

namespace gird {
namespace {

/// Words people try first, and what they mean here.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> synonyms{{
    {"again", "retry"},
    {"repeat", "retry"},
    {"rerun", "retry"},
    {"attempt", "retry"},
    {"circuit-breaker", "breaker-run"},
    {"circuitbreaker", "breaker-run"},
    {"circuit", "breaker-run"},
    {"cb", "breaker-run"},
    {"fuse", "breaker-run"},
    {"throttle", "rate-limit"},
    {"ratelimit", "rate-limit"},
    {"limit", "rate-limit"},
    {"bulkhead", "rate-limit"},
    {"semaphore", "rate-limit"},
    {"sem", "rate-limit"},
    {"repair", "json-repair"},
    {"jsonrepair", "json-repair"},
    {"json_repair", "json-repair"},
    {"fix-json", "json-repair"},
    {"man", "help"},
    {"usage", "help"},
    {"settings", "config"},
    {"complete", "completions"},
    {"install", "links"},
}};

/// What the user typed to get here, for messages: "gird retry", or the link's name.
struct Invocation {
  const cli::Command* command = nullptr;
  std::string tool = "gird";
  std::span<const char* const> rest;
};

std::string_view base_name(std::string_view path) {
  path.remove_prefix(path.find_last_of('/') + 1);
  if (path.starts_with('-')) path.remove_prefix(1);  // a login shell
  return path;
}

/// The command that the link is named after, else the one that the first argument names; no command
/// where neither is one.
Invocation invocation_of(std::span<const char* const> args, const cli::Catalogue& all) {
  Invocation call;
  if (args.empty()) return call;
  const std::string_view link = base_name(args.front());
  call.command = all.command(link.starts_with("gird-") ? link.substr(5) : link);
  call.rest = args.subspan(1);
  if (call.command != nullptr) {
    call.tool = link;
  } else if (!call.rest.empty()) {
    call.command = all.command(call.rest.front());
    if (call.command == nullptr) return call;
    call.tool = "gird " + std::string(call.rest.front());
    call.rest = call.rest.subspan(1);
  }
  return call;
}

void tell_error(World& world, std::string_view tool, const Error& error) {
  std::string text(tool);
  text += ": " + printable(error.what) + ": " + printable(error.why) + "\n";
  for (std::size_t i = 0; i < error.hints.size() && i < 2; ++i) {
    text += "  hint: " + printable(error.hints[i]) + "\n";
  }
  world.err(text);
}

Error unknown_command(const cli::Catalogue& all, std::string_view word) {
  const auto names = all.names();
  std::vector<std::string> near = nearest(word, names);
  for (const auto& [synonym, meaning] : synonyms) {
    if (near.empty() && synonym == word) near.emplace_back(meaning);
  }
  for (std::string& name : near) name.insert(0, "gird ");
  std::vector<std::string> hints = did_you_mean(near);
  if (hints.empty()) hints.emplace_back("gird help");
  return {Fault::usage, "command-unknown", shell_quoted(word), "no such command", std::move(hints)};
}

Exit finished(World& world, std::string_view tool, const cli::Kind kind, Exit exit) {
  const auto written = world.finish();
  if (written) return *written == yes ? exit : *written;
  tell_error(world, tool, written.error());
  return exit_for(kind, written.error());
}

Exit answer(World& world, const Invocation& call, const cli::Catalogue& all, cli::Asked asked) {
  using cli::Asked;
  if (asked == Asked::version) {
    world.out("gird " + std::string(all.version) + "\n");
  } else if (asked == Asked::short_help) {
    world.out(cli::short_help(*call.command, all));
  } else {
    world.out(cli::long_help(*call.command, all));
  }
  return finished(world, call.tool, call.command->kind, yes);
}

Result<Exit> perform(const Invocation& call, World& world, const cli::Catalogue& all) {
  const cli::Form form = form_of(*call.command);
  const cli::Typed typed = TRY(cli::read_arguments(*call.command, form.rows, call.rest));
  if (typed.asked != cli::Asked::nothing) return answer(world, call, all, typed.asked);
  const auto settings = TRY(settings_for(*call.command, form.rows, typed, world, all));
  TRY(cli::fill(form.rows, typed, settings));
  const Exit exit = TRY(call.command->act(form.options.get(), world, all));
  return finished(world, call.tool, call.command->kind, exit);
}

Exit overview(World& world, const cli::Catalogue& all, bool asked) {
  const std::string text = cli::overview(all);
  if (asked) {
    world.out(text);
    return finished(world, "gird", cli::Kind::tool, yes);
  }
  world.err(text);
  return misused;
}

/// `words` name no command: they ask what gird is, or name a program of somebody else's.
Exit without_command(std::span<const char* const> words, World& world, const cli::Catalogue& all) {
  if (words.empty()) return overview(world, all, false);
  const std::string_view word = words.front();
  if (word == "--help" || word == "-h") return overview(world, all, true);
  if (word == "--version" || word == "-V") {
    world.out("gird " + std::string(all.version) + "\n");
    return finished(world, "gird", cli::Kind::tool, yes);
  }
  const bool option = word.starts_with('-');
  // A program gird-NAME on PATH is a command of somebody else's.
  if (!option) sys::become_program("gird-" + std::string(word), words);
  tell_error(world, "gird",
             option ? Error{Fault::usage,
                            "option-unknown",
                            shell_quoted(word),
                            "no such option",
                            {"gird --help"}}
                    : unknown_command(all, word));
  return misused;
}

}  // namespace

Exit dispatch(std::span<const char* const> args, World& around, int depth) {
  const cli::Catalogue all = catalogue();
  const Invocation call = invocation_of(args, all);
  if (call.command == nullptr) return without_command(call.rest, around, all);
  Fusing fusing(around, depth);
  World& world = call.command->kind == cli::Kind::wrapper ? fusing : around;
  world.call_me(call.tool);
  const auto exit = perform(call, world, all);
  if (exit) return *exit;
  tell_error(world, call.tool, exit.error());
  return exit_for(call.command->kind, exit.error());
}

bool names_wrapper(std::span<const char* const> args) {
  const Invocation call = invocation_of(args, catalogue());
  return call.command != nullptr && call.command->kind == cli::Kind::wrapper;
}

}  // namespace gird
