-- Counts in buckets of time, those of lib/policy/buckets.cpp. `names` says which numbers of the state
-- they are. Needs numbers.lua.

local REACH, SIZE = 32, 33
local WIDEST = 2 ^ 46
local MOST_COUNTED = 2 ^ 32 - 1
local LATE, EARLY = 0, 1

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
