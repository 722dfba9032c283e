-- The budget of lib/policy/budget.cpp and its buckets, number for number: the same arithmetic on
-- doubles in the same order, so that both give the same bits. Tables have the names of `each` there.
-- What it means, and why, is said there.
-- Needs numbers.lua and buckets.lua.

local CALL, RETRY, PEEK, RESET = 0, 1, 2, 3
local EXHAUSTED, BUDGET = 13, 14
local LONGEST_PERIOD = 2 ^ 46
local MOST = 1e9

local CALLS = {width = 'calls_width', newest = 'calls_newest', last = 'calls_last', counts = 'calls'}
local RETRIES = {width = 'retries_width', newest = 'retries_newest', last = 'retries_last',
                 counts = 'retries'}

local function in_range(number) return number > 0 and min(number, MOST) or 0 end
local function period_of(config) return clamp(config.period, 1, LONGEST_PERIOD) end

local function make_fit(state, period, now)
  local width = width_for(period)
  for _, names in ipairs({CALLS, RETRIES}) do
    state[names.last] = min(state[names.last], now)
    follow(state, names, now)
  end
  fit(state, CALLS, width, now, EARLY)
  fit(state, RETRIES, width, now, LATE)
end

local function calls_since(state, when)
  if state.calls_width == 0 then return 0 end
  return count_from(state, CALLS, when >= 0 and number_of(state, CALLS, when) + 1 or 0)
end

local function retries_since(state, when)
  return count_from(state, RETRIES, when > 0 and number_of(state, RETRIES, when) or 0)
end

local function allowance(config, calls)
  local floor_of_period = in_range(config.floor_per_second) * period_of(config) / 1000000
  return in_range(config.ratio) * calls + floor_of_period
end

local function counted(state, config, now)
  local since = now - period_of(config)
  local answer = {allowed = 1, hold = 0, ticket = 0, event = 0, cause = 0, value = 0, event2 = 0,
                  cause2 = 0, value2 = 0}
  answer.calls = calls_since(state, since)
  answer.retries = retries_since(state, since)
  answer.left = max(allowance(config, answer.calls) - answer.retries, 0)
  return answer
end

local function clear(state)
  for _, names in ipairs({CALLS, RETRIES}) do
    state[names.width], state[names.newest], state[names.last] = 0, 0, 0
    state[names.counts] = filled(SIZE)
  end
end

local function step(state, config, ask, now)
  local as_kept = copy_of(state)
  make_fit(state, period_of(config), now)
  if ask.what == RESET then clear(state) end
  if ask.what == CALL then add(state, CALLS, now, 1) end
  local answer = counted(state, config, now)
  if ask.what == PEEK or ask.what == RETRY then answer.allowed = answer.left >= 1 and 1 or 0 end
  if ask.what == RETRY and answer.allowed == 1 then
    add(state, RETRIES, now, 1)
    answer.retries = answer.retries + 1
    answer.left = answer.left - 1
  elseif ask.what == RETRY then
    answer.event, answer.cause, answer.value = EXHAUSTED, BUDGET, answer.retries
  end
  if ask.what == PEEK or answer.allowed == 0 then
    for name, value in pairs(as_kept) do state[name] = value end
  end
  return answer
end

local function mend(state, config, now)
  mend_buckets(state, CALLS, now, 0)
  mend_buckets(state, RETRIES, now, 0)
end
