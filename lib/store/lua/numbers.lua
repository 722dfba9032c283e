-- What the machines make of numbers and lists.

local floor, min, max = math.floor, math.min, math.max

local function clamp(value, low, high) return max(low, min(value, high)) end

-- Not a number becomes the lower bound, which `clamp` leaves to chance.
local function between(low, value, high)
  if value >= low then return min(value, high) end
  return low
end

local function whole_quotient(dividend, divisor)
  local quotient = dividend / divisor
  return quotient < 0 and -floor(-quotient) or floor(quotient)
end

local function is_count(value, most) return value >= 0 and value <= most and value % 1 == 0 end

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
