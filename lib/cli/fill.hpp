// Filling a command's form from the command line, the environment and the configuration.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace gird::cli {

/// What the command line asked for besides values.
enum class Asked { nothing, short_help, long_help, version };

/// What was typed: which rows are mentioned, with what, and which words are operands.
struct Typed {
  struct Mention {
    std::size_t row;
    std::string value;
    bool negated = false;  ///< --no-NAME
  };
  Asked asked = Asked::nothing;
  std::vector<Mention> mentions;
  std::vector<std::string> operands;
};

/// The value typed for the option `key`, if it was.
std::optional<std::string> typed_value(const Rows& rows, const Typed& typed, std::string_view key);

/// Takes `args` (without the command's name) apart. Wrappers stop at the first operand or `--`,
/// as POSIX has it; the others take options anywhere before `--`.
/// Help and version win over every other error.
/// Fault::usage: option-unknown, option-value, option-repeated, operand-unexpected.
Result<Typed> read_arguments(const Command& command, const Rows& rows,
                             std::span<const char* const> args);

/// One value found outside the command line, and where: "GIRD_RETRY_ATTEMPTS" or
/// "/etc/gird/config.toml:3:1".
struct Setting {
  std::string_view key;
  std::vector<std::string> values;
  std::string origin;
};

/// Sets every row: from `typed`, else the first of `settings` that names its key (so they come
/// most binding first), else its default stays. Operands go to the operand rows.
/// The error of a bad value names its source.
Result<void> fill(const Rows& rows, const Typed& typed, std::span<const Setting> settings);

/// The values that `environment` ("NAME=value" entries) holds for `command`: first those that
/// name the command, then the general ones. Empty variables count as unset.
std::vector<Setting> from_environment(const Command& command, const Rows& rows,
                                      std::span<const char* const> environment);

}  // namespace gird::cli
