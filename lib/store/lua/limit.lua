-- The limiter of lib/policy/limiter.cpp and its parts, number for number: the same arithmetic on
-- doubles in the same order, so that both give the same bits. Tables have the names of `each` there.
-- What it means, and why, is said there.
-- Needs numbers.lua and buckets.lua.

local GCRA, SLIDING = 0, 1
local TAKE, DONE, CANCEL, VANISH, PEEK, REFUND, RESET = 0, 1, 2, 3, 4, 5, 6
local THROTTLED, FAILURE = 1, 2
local GO, QUEUED, REFUSED = 0, 1, 2
local HOLD_TAKE, HOLD_DROP = 1, 2
local EVENT_REFUSED, EVENT_VANISHED, EVENT_RATE_CHANGED = 4, 10, 12
local CAUSE_NONE, CAUSE_RATE, CAUSE_CONCURRENCY = 0, 12, 13

local MOST_HOLDERS, MOST_AT_ONCE = 98, 80
local LONGEST_WAIT = 172800000000
local MOST_COUNT, LEAST_COUNT = 2147483648, 1e-9
local LONGEST_PERIOD, MOST_COST, LONGEST_TOOK = 2 ^ 46, 2147483648, 2 ^ 53
local GRAINS, MOST_GRAINS, MOST_BURST = 64, 2 ^ 52, 2 ^ 31

local STEPS_OF_RANGE, AFTER_THROTTLED, AFTER_FAILURE = 20, 0.7, 0.9
local TOLERANCE, LEAST_GRADIENT, NOISE = 2, 0.5, 1000
local LEAST_LEARNED, MOST_LEARNED, RECENT_SHARE, WORTH_TELLING = 10, 100, 0.2, 0.1
local ROUNDS_OF_PERIOD, LONGEST_LATENCY = 10, 2 ^ 53

local PLACES_IN_TICKET, LAST_TICKET = 128, 32768
local FIRST_TICKET, NUMBERS, LONGEST_LINE, WORD_BITS = 65536, 1048576, 256, 32

local WINDOW = {width = 'width', newest = 'newest', last = 'last_start', counts = 'counts'}

local function note(answer, event, cause, value)
  if answer.event == 0 then
    answer.event, answer.cause, answer.value = event, cause, value
  elseif answer.event2 == 0 then
    answer.event2, answer.cause2, answer.value2 = event, cause, value
  end
end

local function until_moment(moment, now) return moment > now and moment - now or 0 end

-- Tokens.

local function pace_of(count, period, burst)
  local span = period * GRAINS
  local exact = span / count
  local interval = math.fmod(span, count) == 0 and exact or exact + 1
  if not (interval < MOST_GRAINS) then interval = MOST_GRAINS end
  interval = max(floor(interval), 1)
  local whole = floor(count)
  local rounded = whole < count and whole + 1 or whole
  return {interval = interval,
          burst = clamp(burst > 0 and burst or rounded, 1, floor(MOST_GRAINS / interval))}
end

local function at_pace(state, left, pace)
  local from = state.interval
  if left <= 0 or from <= 0 then return 0 end
  if from == pace.interval then return left end
  local quotient = left * pace.interval / from + 2
  if not (quotient < MOST_GRAINS) then return MOST_GRAINS end
  return floor(quotient)
end

local function unpaid(state, pace, now)
  local paid = until_moment(now, state.at) * GRAINS
  if pace.interval < state.interval then return at_pace(state, state.ahead - paid, pace) end
  return max(at_pace(state, state.ahead, pace) - paid, 0)
end

local function room_of(burst, interval)
  return min(burst, floor(MOST_GRAINS / interval)) * interval
end

local function owed(state, pace, now)
  local empty = until_moment(state.last_start, state.at) * GRAINS + pace.burst * pace.interval
  local debt = min(at_pace(state, state.ahead, pace), empty)
  return max(debt - until_moment(now, state.at) * GRAINS, 0)
end

local function wait_for_tokens(state, pace, cost, now)
  local over = owed(state, pace, now) + cost * pace.interval - pace.burst * pace.interval
  local wait = over > 0 and floor((over + GRAINS - 1) / GRAINS) or 0
  return max(wait, until_moment(state.last_start, now))
end

local function use_tokens(state, pace, cost, wait, now)
  local before = unpaid(state, pace, now)
  state.burst_used = before > 0 and max(state.burst_used, pace.burst) or pace.burst
  local after = max(before, wait * GRAINS) + cost * pace.interval
  local most = wait * GRAINS + room_of(state.burst_used, pace.interval)
  state.ahead = min(after, most, MOST_GRAINS)
  state.at = now
  state.interval = pace.interval
end

local function give_back_tokens(state, cost, started, now)
  local used_up = until_moment(max(now, state.last_start), started)
  if state.interval <= 0 or used_up > MOST_GRAINS / GRAINS then return end
  local rest = room_of(cost, state.interval) - used_up * GRAINS
  if rest > 0 then state.ahead = max(state.ahead - rest, 0) end
end

-- The window.

local function frame_of(count, period)
  if count >= 1 then return {most = floor(count), period = period} end
  local longer = period / count + 1
  if not (longer < LONGEST_PERIOD) then return {most = 1, period = LONGEST_PERIOD} end
  return {most = 1, period = floor(longer)}
end

local function first_for(state, frame, number)
  return number - floor((frame.period + state.width - 1) / state.width)
end

local function wait_for_window(state, frame, cost, now)
  local start = max(now, state.last_start)
  local number = number_of(state, WINDOW, start)
  local first = first_for(state, frame, number)
  local sum = count_from(state, WINDOW, first)
  while sum + cost > frame.most do
    sum = sum - count_at(state, WINDOW, first)
    start = (number + 1) * state.width
    number, first = number + 1, first + 1
  end
  return start - now
end

local function remove_at(state, when, count)
  local number = number_of(state, WINDOW, when)
  if number > state.newest or number < oldest_of(state, WINDOW) then return end
  local slot = number % SIZE + 1
  state.counts[slot] = state.counts[slot] - min(state.counts[slot], count)
end

local function remove_oldest(state, from, count)
  for each = max(from, oldest_of(state, WINDOW)), state.newest do
    if count <= 0 then return end
    local slot = each % SIZE + 1
    local taken = min(state.counts[slot], count)
    state.counts[slot] = state.counts[slot] - taken
    count = count - taken
  end
end

local function give_back_window(state, frame, cost, started, now)
  if started > now then return remove_at(state, started, cost) end
  local number = number_of(state, WINDOW, max(now, state.last_start))
  local first = first_for(state, frame, number)
  if number_of(state, WINDOW, started) >= first then remove_oldest(state, first, cost) end
end

local function used(state, frame, now)
  return count_from(state, WINDOW, first_for(state, frame, number_of(state, WINDOW, now)))
end

local function empty_in(state, frame, now)
  local reach = -first_for(state, frame, 0)
  for each = state.newest, max(state.newest - REACH, 0), -1 do
    if count_at(state, WINDOW, each) ~= 0 then
      return max((each + reach + 1) * state.width - now, 0)
    end
  end
  return 0
end

-- Places.

local function is_taken(turns) return turns % 2 == 1 end

local function taken(state)
  local sum = 0
  for _, turns in ipairs(state.places) do sum = sum + turns % 2 end
  return sum
end

local function has_place(state, ticket)
  if ticket <= 0 or ticket > LAST_TICKET then return false end
  local turns = state.places[(ticket - 1) % PLACES_IN_TICKET + 1]
  return turns ~= nil and turns == floor((ticket - 1) / PLACES_IN_TICKET) and is_taken(turns)
end

local function sit(state)
  for place, turns in ipairs(state.places) do
    if not is_taken(turns) then
      turns = (turns + 1) % 256
      state.places[place] = turns
      return place + turns * PLACES_IN_TICKET
    end
  end
end

local function leave_place(state, ticket)
  if not has_place(state, ticket) then return end
  local place = (ticket - 1) % PLACES_IN_TICKET + 1
  state.places[place] = (state.places[place] + 1) % 256
end

-- The line.

local function number_at(state, place) return (state.head + place) % NUMBERS end
local function word_of(number) return floor(number % LONGEST_LINE / WORD_BITS) + 1 end
local function bit_of(number) return 2 ^ (number % WORD_BITS) end

local function waits(state, number)
  return floor(state.waiting[word_of(number)] / bit_of(number)) % 2 == 1
end

local function mark(state, number, sign)
  local word = word_of(number)
  state.waiting[word] = state.waiting[word] + sign * bit_of(number)
end

local function trim(state)
  while state.span > 0 and not waits(state, state.head) do
    state.head = number_at(state, 1)
    state.span = state.span - 1
  end
  while state.span > 0 and not waits(state, number_at(state, state.span - 1)) do
    state.span = state.span - 1
  end
end

local function in_line(state, ticket)
  local number = ticket - FIRST_TICKET
  if number < 0 or number >= NUMBERS then return false end
  return (number - state.head + NUMBERS) % NUMBERS < state.span and waits(state, number)
end

local function length(state)
  local sum = 0
  for place = 0, state.span - 1 do
    if waits(state, number_at(state, place)) then sum = sum + 1 end
  end
  return sum
end

local function join(state)
  local number = number_at(state, state.span)
  mark(state, number, 1)
  state.span = state.span + 1
  return FIRST_TICKET + number
end

local function leave_line(state, ticket)
  if not in_line(state, ticket) then return end
  mark(state, ticket - FIRST_TICKET, -1)
  trim(state)
end

local function release(state, ticket)
  leave_place(state, ticket)
  leave_line(state, ticket)
end

-- The rate that adapts.

local function rate_of(state, range)
  local first = range.first > 0 and range.first or range.slowest
  local rate = state.adaptive_rate > 0 and state.adaptive_rate or first
  return min(max(rate, range.slowest), range.fastest)
end

local function learn_latency(state, took)
  state.learned = min(state.learned + 1, MOST_LEARNED)
  state.usual = state.usual + (took - state.usual) / state.learned
  if state.learned == 1 then
    state.recent = took
  else
    state.recent = state.recent + (took - state.recent) * RECENT_SHARE
  end
end

local function gradient(state)
  if state.learned <= LEAST_LEARNED then return 1 end
  local bound = TOLERANCE * state.usual
  if state.recent <= bound or state.recent - state.usual <= NOISE then return 1 end
  return max(bound / state.recent, LEAST_GRADIENT)
end

local function factor_of(state, result)
  if result == THROTTLED then return AFTER_THROTTLED end
  if result == FAILURE then return AFTER_FAILURE end
  return gradient(state)
end

local function may_go_down(state, range, took, now)
  if state.lowered_at == 0 then return true end
  return now - took >= state.lowered_at and
    now - state.lowered_at >= floor(range.period / ROUNDS_OF_PERIOD)
end

local function tell(state, range, answer)
  local rate = state.adaptive_rate
  local far = math.abs(rate - state.told) >= WORTH_TELLING * state.told
  local at_end = rate == range.slowest or rate == range.fastest
  if rate == state.told or (not far and not at_end) then return end
  state.told = rate
  note(answer, EVENT_RATE_CHANGED, CAUSE_NONE, rate)
end

local function learn(state, range, result, took, now, answer)
  state.adaptive_rate = rate_of(state, range)
  if state.told <= 0 then state.told = state.adaptive_rate end
  if result ~= THROTTLED and result ~= FAILURE then learn_latency(state, took) end
  local factor = factor_of(state, result)
  if factor < 1 then
    if not may_go_down(state, range, took, now) then return end
    state.adaptive_rate = max(state.adaptive_rate * factor, range.slowest)
    state.lowered_at = now
  else
    local rise = (range.fastest - range.slowest) / STEPS_OF_RANGE
    state.adaptive_rate =
      min(state.adaptive_rate + rise / max(state.adaptive_rate, 1), range.fastest)
  end
  tell(state, range, answer)
end

-- Steps.

local function terms_of(config, state)
  local period = clamp(config.period, 1, LONGEST_PERIOD)
  local count = config.count > 0 and between(LEAST_COUNT, config.count, MOST_COUNT) or 0
  local slowest = between(LEAST_COUNT, config.slowest, MOST_COUNT)
  local range = {slowest = slowest, fastest = between(slowest, config.fastest, MOST_COUNT),
                 first = count, period = period}
  local terms = {algorithm = config.algorithm, range = range, adapts = config.fastest > 0}
  terms.count = terms.adapts and rate_of(state, range) or count
  terms.limits_rate = terms.count > 0
  if terms.limits_rate then
    terms.pace = pace_of(terms.count, period, min(config.burst, MOST_BURST))
    terms.frame = frame_of(terms.count, period)
  end
  terms.concurrency = clamp(config.concurrency, 0, MOST_AT_ONCE)
  return terms
end

local function most_of(terms)
  return terms.algorithm == SLIDING and terms.frame.most or terms.pace.burst
end

local function wait_for_rate(state, terms, cost, now)
  if terms.algorithm == SLIDING then return wait_for_window(state, terms.frame, cost, now) end
  return wait_for_tokens(state, terms.pace, cost, now)
end

local function use_rate(state, terms, cost, wait, now)
  use_tokens(state, terms.pace, min(cost, terms.pace.burst), wait, now)
  add(state, WINDOW, now + wait, cost)
end

local function refund(state, terms, ask, now)
  if not terms.limits_rate then return end
  local started = now - ask.took
  give_back_tokens(state, ask.cost, started, now)
  give_back_window(state, terms.frame, ask.cost, started, now)
end

local function drop(ask, answer)
  if ask.ticket ~= 0 then answer.hold = HOLD_DROP end
end

local function hold(ticket, answer) answer.hold, answer.ticket = HOLD_TAKE, ticket end

local function refuse(state, ask, cause, retry_after, answer)
  release(state, ask.ticket)
  drop(ask, answer)
  answer.answer, answer.answer_cause, answer.retry_after = REFUSED, cause, retry_after
  note(answer, EVENT_REFUSED, cause, retry_after / 1e6)
end

local function has_room(state, terms)
  local queue = length(state)
  return state.span < LONGEST_LINE and queue < MOST_HOLDERS - terms.concurrency and
    queue + taken(state) < MOST_HOLDERS
end

local function may_sit(state, terms, ticket)
  local is_next = state.span == 0
  if in_line(state, ticket) then is_next = ticket == FIRST_TICKET + state.head end
  return is_next and taken(state) < terms.concurrency
end

local function wait_in_line(state, terms, ask, answer)
  local already = in_line(state, ask.ticket)
  if ask.patience <= 0 or (not already and not has_room(state, terms)) then
    return refuse(state, ask, CAUSE_CONCURRENCY, 0, answer)
  end
  if not already then hold(join(state), answer) end
  answer.answer, answer.answer_cause, answer.wait = QUEUED, CAUSE_CONCURRENCY, ask.patience
end

local function pass_rate(state, terms, ask, now, answer)
  if ask.cost > most_of(terms) then
    refuse(state, ask, CAUSE_RATE, 0, answer)
    return false
  end
  local wait = wait_for_rate(state, terms, ask.cost, now)
  if wait > ask.patience then
    refuse(state, ask, CAUSE_RATE, wait, answer)
    return false
  end
  use_rate(state, terms, ask.cost, wait, now)
  answer.wait = wait
  return true
end

local function take(state, terms, ask, now, answer)
  local seated = has_place(state, ask.ticket)
  local wants_place = terms.concurrency > 0 and not seated
  if wants_place and not may_sit(state, terms, ask.ticket) then
    return wait_in_line(state, terms, ask, answer)
  end
  if terms.limits_rate and not pass_rate(state, terms, ask, now, answer) then return end
  if seated then return end
  leave_line(state, ask.ticket)
  if not wants_place then return drop(ask, answer) end
  hold(sit(state), answer)
end

local function done(state, terms, ask, now, answer)
  release(state, ask.ticket)
  drop(ask, answer)
  if terms.adapts then learn(state, terms.range, ask.result, max(ask.took, 0), now, answer) end
end

local function cancel(state, terms, ask, now, answer)
  local queues = in_line(state, ask.ticket)
  release(state, ask.ticket)
  drop(ask, answer)
  if not queues then refund(state, terms, ask, now) end
end

local function clear_tokens(state)
  state.at, state.ahead, state.interval, state.burst_used = 0, 0, 0, 0
end

local function clear_rate(state)
  state.adaptive_rate, state.told, state.lowered_at = 0, 0, 0
  state.usual, state.recent, state.learned = 0, 0, 0
end

local function reset(state)
  clear_tokens(state)
  clear_rate(state)
  state.width, state.newest, state.last_start, state.counts = 0, 0, 0, filled(SIZE)
end

local function left_by_rate(state, terms, now)
  if state.last_start > now then return 0 end
  if terms.algorithm == SLIDING then
    return max(terms.frame.most - used(state, terms.frame, now), 0)
  end
  local room = terms.pace.burst * terms.pace.interval
  local debt = min(owed(state, terms.pace, now), room)
  return floor((room - debt) / terms.pace.interval)
end

local function until_unused(state, terms, now)
  if terms.algorithm == SLIDING then return empty_in(state, terms.frame, now) end
  return floor((owed(state, terms.pace, now) + GRAINS - 1) / GRAINS)
end

local function describe(state, terms, now, answer)
  answer.at_once, answer.queue = taken(state), length(state)
  local free = answer.queue == 0 and max(terms.concurrency - answer.at_once, 0) or 0
  if not terms.limits_rate then
    answer.limit, answer.remaining = terms.concurrency, free
    return
  end
  answer.limit = most_of(terms)
  answer.remaining = left_by_rate(state, terms, now)
  if terms.concurrency > 0 then answer.remaining = min(answer.remaining, free) end
  answer.reset = until_unused(state, terms, now)
  answer.rate = terms.count
end

local function follow_clock(state, now)
  local back = state.at - now
  if back > 0 then
    state.at = now
    state.last_start = max(state.last_start - back, 0)
    state.lowered_at = min(state.lowered_at, now)
  end
  follow(state, WINDOW, now)
end

local function fitted(state, config, now)
  local terms = terms_of(config, state)
  if terms.limits_rate then fit(state, WINDOW, width_for(terms.frame.period), now, LATE) end
  return terms
end

local function empty_answer()
  return {answer = GO, answer_cause = CAUSE_NONE, wait = 0, limit = 0, remaining = 0,
          retry_after = 0, reset = 0, rate = 0, at_once = 0, queue = 0, hold = 0, ticket = 0,
          event = 0, cause = 0, value = 0, event2 = 0, cause2 = 0, value2 = 0}
end

local function without_effects(answer)
  for _, name in ipairs({'hold', 'ticket', 'event', 'cause', 'value', 'event2', 'cause2', 'value2'}) do
    answer[name] = 0
  end
end

local function answer_to(ask, terms, state, now, answer)
  local what = ask.what
  if what == TAKE then return take(state, terms, ask, now, answer) end
  if what == DONE then return done(state, terms, ask, now, answer) end
  if what == CANCEL then return cancel(state, terms, ask, now, answer) end
  if what == REFUND then return refund(state, terms, ask, now) end
  if what == RESET then return reset(state) end
  if what == VANISH then
    if has_place(state, ask.ticket) then note(answer, EVENT_VANISHED, CAUSE_NONE, 0) end
    return release(state, ask.ticket)
  end
  if what == PEEK then
    take(copy_of(state), terms, ask, now, answer)
    without_effects(answer)
  end
end

local function step(state, config, asked, now)
  local ask = {what = asked.what, ticket = asked.ticket, result = asked.result,
               cost = clamp(asked.cost, 1, MOST_COST),
               patience = clamp(asked.patience, 0, LONGEST_WAIT),
               took = clamp(asked.took, -LONGEST_TOOK, LONGEST_TOOK)}
  follow_clock(state, now)
  local width, newest, last, counts = state.width, state.newest, state.last_start, {unpack(state.counts)}
  local answer = empty_answer()
  answer_to(ask, fitted(state, config, now), state, now, answer)
  describe(state, fitted(state, config, now), now, answer)
  local in_vain = ask.what == TAKE and answer.answer ~= GO
  if in_vain or ask.what == PEEK then
    state.width, state.newest, state.last_start, state.counts = width, newest, last, counts
  end
  return answer
end

local function ask_of(what, ticket)
  return {what = what, cost = 1, patience = 0, ticket = ticket, result = 0, took = 0}
end

local function vanished(ticket) return ask_of(VANISH, ticket) end
local function withdrawn(ticket) return ask_of(CANCEL, ticket) end

-- Mending. Here numbers may have fractions, which there they cannot.

local function all_counts(list, most)
  for _, number in ipairs(list) do
    if not is_count(number, most) then return false end
  end
  return true
end

local function bits_of(word)
  local sum = 0
  while word > 0 do
    sum = sum + word % 2
    word = floor(word / 2)
  end
  return sum
end

local function mend_line(state)
  local possible = is_count(state.head, NUMBERS - 1) and is_count(state.span, LONGEST_LINE) and
    all_counts(state.waiting, 2 ^ 32 - 1)
  if possible then
    local bits = 0
    for _, word in ipairs(state.waiting) do bits = bits + bits_of(word) end
    possible = bits == length(state)
  end
  if not possible then state.head, state.span, state.waiting = 0, 0, filled(8) end
  trim(state)
end

local function mend_rate(state, now)
  local function possible(number, most) return number >= 0 and number <= most end
  local rates = possible(state.adaptive_rate, 1e15) and possible(state.told, 1e15)
  local latencies = possible(state.usual, LONGEST_LATENCY) and
    possible(state.recent, LONGEST_LATENCY) and possible(state.learned, MOST_LEARNED)
  if not rates or not latencies or state.lowered_at < 0 then clear_rate(state) end
  state.lowered_at = min(floor(state.lowered_at), now)
end

local function mend(state, config, now)
  local tokens = is_count(state.at, 2 ^ 63) and is_count(state.ahead, MOST_GRAINS) and
    is_count(state.interval, MOST_GRAINS) and is_count(state.burst_used, MOST_BURST)
  if not tokens then clear_tokens(state) end
  state.at = min(state.at, now)
  mend_buckets(state, WINDOW, now, LONGEST_WAIT)
  if not all_counts(state.places, 255) then state.places = filled(MOST_AT_ONCE) end
  mend_line(state)
  mend_rate(state, now)
end
