// The exit statuses of gird, one table.
#pragma once

namespace gird {

/// How a command ends. `signal` is not 0 when the program is to die of that signal, as its child
/// did; then `code` is 128 + signal.
struct Exit {
  int code = 0;
  int signal = 0;

  friend constexpr bool operator==(Exit, Exit) = default;
};

inline constexpr Exit yes{0};       ///< done; the check passed
inline constexpr Exit no{1};        ///< a negative result: a finding, not repairable, unhealthy
inline constexpr Exit misused{2};   ///< usage or configuration error (filters and checkers)
inline constexpr Exit unable{3};    ///< could not do it: I/O, network, state store
inline constexpr Exit refused{75};  ///< a guard refused for now and the command did not run
inline constexpr Exit late{124};    ///< a deadline passed
inline constexpr Exit broken{125};  ///< a wrapper itself failed, usage errors included
inline constexpr Exit not_runnable{126};
inline constexpr Exit not_found{127};

/// Dying of signal `number`.
constexpr Exit died_of(int number) { return {128 + number, number}; }

}  // namespace gird
