// The programs that an injected command line calls.
#pragma once

#include <string_view>

namespace gird::detect::shell {

/// How much a name says that a program is meant.
enum class Kind : unsigned char {
  none,   ///< no program that is known
  word,   ///< also a word of a language people write: `cat`, `find`, `time`
  tool,   ///< also said of by name in technical prose: `grep`, `ssh`, `perl`
  plain,  ///< a name of a program and nothing else: `whoami`, `ifconfig`
};

/// What is known of a program beside its name.
enum Trait : unsigned char {
  no_trait = 0,
  runs = 1,     ///< runs the command that its arguments are: `env`, `nohup`, `xargs`
  shells = 2,   ///< reads commands from its input: `sh`
  counts = 4,   ///< a number is its argument: `sleep`
  filters = 8,  ///< stands behind a pipe in every manual: `grep`, `sort`
  prints = 16,  ///< prints its arguments: `echo`
  builds = 32,  ///< stands in every manual of a project: `git`, `npm`, `make`
};

struct Program {
  std::string_view name;
  Kind kind = Kind::none;
  unsigned char traits = no_trait;

  [[nodiscard]] bool is(Trait trait) const { return (traits & trait) != 0; }
};

/// The program of that name, or of kind none.
/// Source: coreutils, util-linux, GTFOBins, the shells' own builtins.
Program program_of(std::string_view name);

/// The program whose name the glob pattern fits, `c?t` or `wh*ami`; where none does, of kind none.
/// A pattern with fewer than two plain letters or with no name of its length fits nothing.
Program program_like(std::string_view pattern);

/// Whether the glob pattern fits the whole of `name`.
bool fits(std::string_view pattern, std::string_view name);

/// Whether `folder` (absolute, no slash at its end) is one, or fits one, that holds programs.
bool is_program_folder(std::string_view folder);

}  // namespace gird::detect::shell
