// The counter as a script.
#pragma once

#include <string_view>

namespace gird::store {

inline constexpr std::string_view counter_lua = R"(
local function step(state, config, ask, now)
  local answer = {hold = 0, ticket = 0, event = 0, cause = 0, value = 0, event2 = 0, cause2 = 0,
                  value2 = 0}
  if ask.what == 0 then
    state.count = state.count + config.by
  elseif ask.what == 2 or ask.what == 3 then
    answer.hold = ask.what - 1
    answer.ticket = ask.ticket
  elseif ask.what == 4 then
    state.vanished = state.vanished + 1
    state.last_vanished = ask.ticket
    answer.event, answer.value = 10, ask.ticket
  elseif ask.what == 5 then
    answer.event, answer.cause, answer.value = 1, 7, ask.ticket
  end
  answer.count, answer.vanished, answer.now = state.count, state.vanished, now
  return answer
end
local function vanished(ticket) return {what = 4, ticket = ticket} end
local function withdrawn(ticket) return {what = 1, ticket = ticket} end
local function mend(state, config, now)
  if state.count >= 0 then return end
  state.count = 0
  state.mended = state.mended + 1
end
)";

inline std::string_view counter_machine(std::string_view name) {
  return name == "counter" ? counter_lua : std::string_view();
}

}  // namespace gird::store
