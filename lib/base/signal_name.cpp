// The names of signals.
#include "base/signal_name.hpp"

#include <csignal>
#include <cstring>

#include "base/number.hpp"

namespace gird {

std::string signal_name(int number) {
  if (const char* name = ::sigabbrev_np(number)) return std::string("SIG") + name;
  const int first = SIGRTMIN;
  if (number == first) return "SIGRTMIN";
  if (number > first && number <= SIGRTMAX) return "SIGRTMIN+" + std::to_string(number - first);
  return "signal " + std::to_string(number);
}

std::optional<int> signal_number(std::string_view name) {
  if (name.starts_with("SIG")) name.remove_prefix(3);
  for (int number = 1; number < SIGRTMIN; ++number) {
    const char* known = ::sigabbrev_np(number);
    if (known != nullptr && name == known) return number;
  }
  if (!name.starts_with("RTMIN")) return std::nullopt;
  name.remove_prefix(5);
  if (name.empty()) return SIGRTMIN;
  if (!name.starts_with('+')) return std::nullopt;
  const auto offset = parse_integer(name.substr(1), 1, SIGRTMAX - SIGRTMIN);
  if (!offset) return std::nullopt;
  return SIGRTMIN + static_cast<int>(*offset);
}

}  // namespace gird
