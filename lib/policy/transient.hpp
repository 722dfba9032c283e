// Which failures of well-known programs are worth another try.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fixed_text.hpp"
#include "base/outcome.hpp"
#include "base/result.hpp"

namespace gird::policy {

/// What a rule says of a failure.
enum class Nature { transient, permanent };

/// One line of a pack. It applies when the outcome is in `outcomes` (the grammar of OutcomeSet)
/// and, where there is a `message`, when that RE2 pattern is found in a line of standard error.
struct TransientRule {
  FixedText<40> outcomes;
  FixedText<100> message;  ///< empty: any
  Nature nature;
  FixedText<60> reason;  ///< what the outcome means: "could not resolve host"
};

/// The rules for one program; the first that applies decides, and where none does the general
/// rules of the command decide.
struct TransientPack {
  std::string_view name;
  std::span<const std::string_view> programs;  ///< names of programs that `auto` knows it by
  std::span<const TransientRule> rules;
  std::string_view source;  ///< where the meanings are documented
  std::string_view note;    ///< what one must know to profit from it; mostly empty
};

/// All packs, by name.
std::span<const TransientPack> transient_packs();

/// The pack called `name`, or nullptr.
const TransientPack* pack_named(std::string_view name);

/// The pack for the program that `argv0` names ("/usr/bin/curl", "apt-get"), or nullptr.
const TransientPack* pack_for_program(std::string_view argv0);

/// The packs that --transient asks for: "auto", "none" or names, comma-separated.
struct TransientChoice {
  bool automatic = true;
  bool list = false;  ///< print the packs instead
  std::vector<const TransientPack*> packs;
  friend bool operator==(const TransientChoice&, const TransientChoice&) = default;
};

/// Fault::usage, value-pack, with the nearest name.
Result<void> from_text(std::string_view text, TransientChoice& choice);
std::string to_text(const TransientChoice& choice);
std::span<const std::pair<std::string_view, std::string_view>> words_of(const TransientChoice*);

/// The packs as people read them (`--transient list`).
std::string packs_as_text();

}  // namespace gird::policy
