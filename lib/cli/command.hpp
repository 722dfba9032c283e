// A command as data.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include "base/exit.hpp"
#include "base/result.hpp"
#include "cli/rows.hpp"

namespace gird {
class World;
}

namespace gird::cli {

/// Whose standard output it is, and with that the meaning of exit statuses (CLI conventions):
/// a wrapper's belongs to the command it runs, a filter's is the data, a checker's is its report.
/// A tool serves gird itself (help, completions).
enum class Kind { wrapper, filter, checker, tool };

/// The options that every command takes; tools have no profile and no config.
struct Common {
  bool brief_help = false;
  bool help = false;
  bool version = false;
  std::optional<std::string> profile;
  std::optional<std::string> config;
};

/// A command's options, ready to be filled: the struct and the rows bound to it.
struct Form {
  std::unique_ptr<void, void (*)(void*)> options{nullptr, [](void*) {}};
  std::unique_ptr<Common> common;
  Rows rows;  ///< the command's own, then the common ones
};

struct Command;

/// Every command of the program, in the order of its listing, and the pages beside them.
struct Page {
  std::string_view name;  ///< "retry", or a topic: "gird", "config.5"
  std::string_view text;  ///< man/NAME.md as it was written
};

struct Catalogue {
  std::span<const Command* const> commands;
  std::span<const Page> pages;
  std::string_view version;
  std::string_view date = {};  ///< of that version: "2026-11-21"

  [[nodiscard]] const Command* command(std::string_view name) const;
  [[nodiscard]] std::string_view page(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> names() const;
};

struct Command {
  std::string_view name;
  Kind kind;
  std::string_view summary;  ///< lower case, no full stop
  void (*bind)(Form& form);  ///< makes the options and their rows; `form_of` is what callers want
  Result<Exit> (*act)(const void* options, World& world, const Catalogue& catalogue);
};

/// A command whose options are an `Options`, described by `rows` and obeyed by `act`.
template <class Options, auto rows, auto act>
constexpr Command command(std::string_view name, Kind kind, std::string_view summary) {
  return {
      .name = name,
      .kind = kind,
      .summary = summary,
      .bind =
          [](Form& form) {
            auto options = std::make_unique<Options>();
            form.rows = rows(*options);
            form.options = {options.release(),
                            [](void* old) { delete static_cast<Options*>(old); }};
          },
      .act = [](const void* options, World& world, const Catalogue& catalogue) -> Result<Exit> {
        const auto& filled = *static_cast<const Options*>(options);
        if constexpr (std::is_invocable_v<decltype(act), const Options&, World&,
                                          const Catalogue&>) {
          return act(filled, world, catalogue);
        } else {
          return act(filled, world);
        }
      },
  };
}

/// A fresh form of `command`, every field at its default.
Form form_of(const Command& command);

/// The status of a command of `kind` that could not do its work because of `error`.
Exit exit_for(Kind kind, const Error& error);

/// The variables gird sets for the commands it runs; no option may be set by one of these names.
inline constexpr std::string_view child_variables[] = {
    "GIRD_ATTEMPT",     "GIRD_ATTEMPT_LIMIT", "GIRD_DEADLINE_AT", "GIRD_DEPTH",
    "GIRD_RUN",         "GIRD_DELAY_MS",      "GIRD_EXIT",        "GIRD_REASON",
    "GIRD_PUSHBACK_FD", "GIRD_BREAKER",       "GIRD_STATE"};

}  // namespace gird::cli
