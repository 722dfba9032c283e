-- The budget of lib/policy/budget.cpp and its buckets, number for number: the same arithmetic on
-- doubles in the same order, so that both give the same bits. Tables have the names of `each` there.
-- What it means, and why, is said there.

-- Buckets: `names` says which numbers of the state they are.

local REACH, SIZE = 32, 33
local WIDEST = 2 ^ 46
local MOST_COUNTED = 2 ^ 32 - 1
local LATE, EARLY = 0, 1

local floor, min, max = math.floor, math.min, math.max

local function whole_quotient(dividend, divisor)
  local quotient = dividend / divisor
  return quotient < 0 and -floor(-quotient) or floor(quotient)
end

local function clamp(value, low, high) return max(low, min(value, high)) end

local function between(low, value, high)
  if value >= low then return min(value, high) end
  return low
end

local function filled(count)
  local list = {}
  for i = 1, count do list[i] = 0 end
  return list
end

local function copy_of(object)
  local copy = {}
  for name, value in pairs(object) do
    if type(value) == 'table' then
      local list = {}
      for i = 1, #value do list[i] = value[i] end
      value = list
    end
    copy[name] = value
  end
  return copy
end

local function is_count(value, most) return value >= 0 and value <= most and value % 1 == 0 end

local function width_for(period)
  local width = 1
  while width * REACH < period and width < WIDEST do width = width * 2 end
  return width
end

local function number_of(state, names, moment)
  local width = state[names.width]
  return width > 0 and whole_quotient(moment, width) or 0
end

local function oldest_of(state, names) return max(state[names.newest] - REACH, 0) end

local function count_at(state, names, number)
  if number > state[names.newest] or number < oldest_of(state, names) then return 0 end
  return state[names.counts][number % SIZE + 1]
end

local function count_from(state, names, from)
  local sum = 0
  for each = max(from, oldest_of(state, names)), state[names.newest] do
    sum = sum + count_at(state, names, each)
  end
  return sum
end

local function move_on(state, names, number)
  local newest, counts = state[names.newest], state[names.counts]
  if number <= newest then return end
  for each = max(newest, number - SIZE) + 1, number do counts[each % SIZE + 1] = 0 end
  state[names.newest] = number
end

local function add(state, names, when, count)
  state[names.last] = max(state[names.last], when)
  local number = number_of(state, names, when)
  move_on(state, names, number)
  local slot = max(number, oldest_of(state, names)) % SIZE + 1
  local counts = state[names.counts]
  counts[slot] = min(counts[slot] + count, MOST_COUNTED)
end

local function fit(state, names, wanted, now, lean)
  local width, last = state[names.width], state[names.last]
  if width == wanted then return end
  local newest = state[names.newest]
  local fitted = {[names.width] = wanted, [names.newest] = floor(max(now, last) / wanted),
                  [names.last] = 0, [names.counts] = filled(SIZE)}
  if width > 0 then
    for each = oldest_of(state, names), newest do
      local when = each * width
      if lean == LATE then when = min((each + 1) * width - 1, last) end
      if number_of(fitted, names, when) >= oldest_of(fitted, names) then
        add(fitted, names, when, count_at(state, names, each))
      end
    end
  end
  state[names.width], state[names.newest] = wanted, fitted[names.newest]
  state[names.counts] = fitted[names.counts]
end

local function follow(state, names, now)
  local latest = number_of(state, names, max(now, state[names.last]))
  if state[names.newest] <= latest then return end
  local all = count_from(state, names, 0)
  state[names.counts] = filled(SIZE)
  state[names.newest] = latest
  state[names.counts][latest % SIZE + 1] = min(all, MOST_COUNTED)
end

local function are_possible(state, names)
  local width = state[names.width]
  if not is_count(width, WIDEST) or width == 0 then return false end
  while width % 2 == 0 do width = width / 2 end
  if width ~= 1 then return false end
  if not is_count(state[names.newest], floor(2 ^ 53 / state[names.width])) then return false end
  if not is_count(state[names.last], 2 ^ 63) then return false end
  for _, count in ipairs(state[names.counts]) do
    if not is_count(count, MOST_COUNTED) then return false end
  end
  return true
end

local function mend_buckets(state, names, now, most_ahead)
  if not are_possible(state, names) then
    state[names.width], state[names.newest], state[names.last] = 0, 0, 0
    state[names.counts] = filled(SIZE)
  end
  state[names.last] = min(state[names.last], now + most_ahead)
  follow(state, names, now)
end

-- The budget.

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
