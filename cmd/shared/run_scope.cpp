// Reading the marks of outer wrappers.
#include "shared/run_scope.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "base/quoting.hpp"

namespace gird {
namespace {

bool hexadecimal(std::string_view text, std::size_t length) {
  constexpr std::string_view digits = "0123456789abcdef";
  return text.size() == length &&
         std::ranges::all_of(text, [&](char digit) { return digits.contains(digit); });
}

std::string hex(std::uint64_t bits) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = 0; i < 16; ++i) text[i] = digits[bits >> (60 - 4 * i) & 15U];
  return text;
}

/// The trace id of a W3C traceparent, "00-TRACE-SPAN-FLAGS".
/// Source: W3C Trace Context, section 3.2.
std::optional<std::string> trace_id(std::string_view traceparent) {
  if (traceparent.size() < 55 || traceparent[2] != '-' || traceparent[35] != '-')
    return std::nullopt;
  const std::string_view id = traceparent.substr(3, 32);
  if (!hexadecimal(id, 32) || id.find_first_not_of('0') == id.npos) return std::nullopt;
  return std::string(id);
}

std::string run_id(World& world) {
  const auto inherited = world.variable("GIRD_RUN");
  if (inherited && hexadecimal(*inherited, 32)) return *inherited;
  if (const auto parent = world.variable("TRACEPARENT")) {
    if (auto id = trace_id(*parent)) return *id;
  }
  return hex(world.entropy()) + hex(world.entropy());
}

}  // namespace

Result<RunScope> run_scope(World& world) {
  RunScope scope{run_id(world)};
  if (const auto depth = world.variable("GIRD_DEPTH")) {
    const auto outer = parse_integer(*depth, 0, 1'000'000);
    if (!outer)
      return misuse("variable-invalid", "GIRD_DEPTH=" + shell_quoted(*depth), outer.error().why);
    scope.depth = *outer + 1;
  }
  if (const auto deadline = world.variable("GIRD_DEADLINE_AT")) {
    scope.deadline = parse_time(*deadline);
    if (!scope.deadline) {
      return misuse("variable-invalid", "GIRD_DEADLINE_AT=" + shell_quoted(*deadline),
                    "not a time like 2026-11-20T08:15:30.250Z", {"unset GIRD_DEADLINE_AT"});
    }
  }
  return scope;
}

}  // namespace gird
