// Signals by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gird {

/// "SIGTERM" for 15, "SIGRTMIN+3" for a real-time signal, "signal 200" for what has no name.
std::string signal_name(int number);

/// The number of "SIGTERM", "TERM" or "SIGRTMIN+3"; nothing for other words.
std::optional<int> signal_number(std::string_view name);

}  // namespace gird
