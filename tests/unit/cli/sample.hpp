// A small command of each kind, to be filled in tests.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "cli/config.hpp"
#include "cli/fill.hpp"

namespace gird::cli::sample {

enum class Colour { red, green };

inline std::span<const Choice<Colour>> choices(Colour) {
  static constexpr std::array<Choice<Colour>, 2> all{
      {{"red", Colour::red, "like a rose"}, {"green", Colour::green, "like a leaf"}}};
  return all;
}

struct Options {
  std::int64_t attempts = 3;
  double factor = 2;
  Duration delay = std::chrono::seconds(1);
  Timeout timeout;
  Colour colour = Colour::red;
  std::string name = "unset";
  std::optional<std::string> log;
  std::vector<std::string> patterns;
  bool quiet = false;
  bool verbose = false;
  bool once = false;
  bool plain = false;
  std::vector<std::string> rest;
};

inline Rows rows(Options& o) {
  return {
      Row("Work"),
      Row("-n,--attempts", o.attempts, "N", "give up after N attempts").common(),
      Row("--factor", o.factor, "F", "multiply by F"),
      Row("-d,--delay", o.delay, "DURATION", "wait so long"),
      Row("-t,--timeout", o.timeout, "DURATION", "end it then"),
      Row("--colour", o.colour, "NAME", "paint it"),
      Row("--name", o.name, "NAME", "call it"),
      Row("--log", o.log, "FILE", "write there").completes(Completes::file).otherwise("stderr"),
      Row("-e,--pattern", o.patterns, "RE", "look for it"),
      Row("-q,--quiet", o.quiet, "", "say nothing").yields_to("once verbose"),
      Row("-v,--verbose", o.verbose, "", "say more"),
      Row("--no-frills", o.plain, "", "leave them out"),
      Row("--once", o.once, "", "say how once").only_typed(),
      Row("COMMAND...", o.rest, "", "what to run"),
  };
}

/// Filters have one operand, so that one too many is an error.
struct FilterOptions {
  bool quiet = false;
  std::int64_t count = 0;
  std::optional<std::string> in_place;
  std::optional<Colour> paint;
  std::vector<std::int64_t> levels;
  std::string file;
};

inline Rows filter_rows(FilterOptions& o) {
  return {
      Row("-q,--quiet", o.quiet, "", "say nothing"),
      Row("-n,--count", o.count, "N", "so many"),
      Row("-i,--in-place", o.in_place, "SUFFIX", "replace it").alone(".old"),
      Row("--paint", o.paint, "NAME", "paint it").alone("red"),
      Row("--level", o.levels, "N", "on this one (repeatable)"),
      Row("FILE", o.file, "", "what to read"),
  };
}

inline Result<Exit> act(const Options&, World&) { return yes; }
inline Result<Exit> act_on_filter(const FilterOptions&, World&) { return yes; }

inline constexpr Command wrapper =
    command<Options, rows, act>("wrap-it", Kind::wrapper, "wrap a command");
inline constexpr Command filter =
    command<FilterOptions, filter_rows, act_on_filter>("filter", Kind::filter, "filter bytes");

inline constexpr std::array<const Command*, 2> commands{&wrapper, &filter};
inline const Catalogue catalogue{commands, {}, "1.2.3"};

/// The form of a command after `args` and `settings`; the options are its `O`.
template <class O>
struct Filled {
  Form form;
  Typed typed;
  const O& options;
};

template <class O>
Result<Filled<O>> filled(const Command& command, const std::vector<const char*>& args,
                         std::span<const Setting> settings = {}) {
  Form form = form_of(command);
  Typed typed = TRY(read_arguments(command, form.rows, args));
  if (typed.asked == Asked::nothing) TRY(fill(form.rows, typed, settings));
  const O& options = *static_cast<const O*>(form.options.get());
  return Filled<O>{std::move(form), std::move(typed), options};
}

inline auto wrap(const std::vector<const char*>& args, std::span<const Setting> settings = {}) {
  return filled<Options>(wrapper, args, settings);
}

inline auto strain(const std::vector<const char*>& args, std::span<const Setting> settings = {}) {
  return filled<FilterOptions>(filter, args, settings);
}

}  // namespace gird::cli::sample
