// Result and Error: how every fallible function of gird answers.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gird {

/// Who can mend a failure: the caller's command line (`usage`), the data (`input`), or the machine
/// (`system`).
enum class Fault { usage, input, system };

/// A failure as a person will read it: "WHAT: WHY", then hints.
/// `code` is stable and has a section in `gird explain`; `what` names the flag or file at fault;
/// each hint is a command or a spelling that mends it (at most two are shown).
struct Error {
  Fault fault = Fault::system;
  std::string_view code;
  std::string what;
  std::string why;
  std::vector<std::string> hints = {};
};

template <class T>
using Result = std::expected<T, Error>;

/// A mistake in the command line, the environment or the configuration.
inline std::unexpected<Error> misuse(std::string_view code, std::string what, std::string why,
                                     std::vector<std::string> hints = {}) {
  return std::unexpected(
      Error{Fault::usage, code, std::move(what), std::move(why), std::move(hints)});
}

/// "invalid argument"-style text of an errno value, lower case, as messages want it.
std::string errno_text(int number);

/// A call to the operating system that failed with `number`.
inline std::unexpected<Error> system_error(std::string_view code, std::string what, int number) {
  return std::unexpected(Error{Fault::system, code, std::move(what), errno_text(number)});
}

}  // namespace gird

/// The value of a Result, or return its Error from the function around it.
/// Source: the TRY macros of SerenityOS (AK/Try.h).
#define TRY(expression)                                                     \
  __extension__({                                                           \
    auto&& try_result = (expression);                                       \
    if (!try_result) return std::unexpected(std::move(try_result).error()); \
    *std::move(try_result);                                                 \
  })
