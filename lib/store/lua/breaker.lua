-- The breaker of lib/policy/breaker*.cpp, outcome_window.cpp and baseline.cpp, number for number:
-- the same arithmetic on doubles in the same order, so that both give the same bits. Tables have
-- the names of `each` there. What it means is said there; here is what differs. Needs numbers.lua.

local CLOSED, OPEN, HALF_OPEN, HELD_OPEN, HELD_CLOSED, DISABLED, METRICS_ONLY = 0, 1, 2, 3, 4, 5, 6

local ADMIT, RECORD, CANCEL, VANISH, TRIP, RESET = 0, 1, 2, 3, 4, 5
local HOLD_OPEN, HOLD_CLOSED, DISABLE, ONLY_METRICS, RELEASE = 6, 7, 8, 9, 10

local FAILURE, IGNORED = 1, 2

local HOLD_LEAVE, HOLD_TAKE, HOLD_DROP = 0, 1, 2

local EVENT = {
  opened = 1, half_opened = 2, closed = 3, refused = 4, held_open = 5, held_closed = 6,
  disabled = 7, metrics_only = 8, released = 9, vanished = 10, ramped = 11, late = 14,
}
local CAUSE = {
  none = 0, failures_in_row = 1, failure_rate = 2, slow_rate = 3, abnormal = 4, probe_failed = 5,
  probes_succeeded = 6, time = 7, administrator = 8, open = 9, probing = 10, ramp = 11,
}
local LAST_CAUSE = 14

-- The ways through, which tickets tell.
local LOOSE, HELD, PROBE = 0, 1, 2

local MOST_HELD = 32
local MOST_CALLS, CALLS_PER_WORD, WORDS, BUCKETS = 1000, 16, 63, 10
local LONGEST_SPAN = 2 ^ 50
local LONGEST_SILENCE = 86400000000
local MOST_COUNTED = 2 ^ 53
local MEMORY, LEAST_LEARNED, JUDGED, TOO_MANY, MOST_LEARNED = 50, 5, 32, 3, 1000000000
local LEAST_SHARE, LEAST_TOOK = 0.05, 10000

-- What a config means.

local function permits(config) return clamp(config.half_open_permits, 1, MOST_HELD) end
local function kept_for_probes(config) return min(permits(config), MOST_HELD / 2) end
local function longest_open(config) return clamp(config.open_max, 0, LONGEST_SPAN) end
local function base_open(config)
  return min(clamp(config.open_for, 0, LONGEST_SPAN), longest_open(config))
end
local function ramp_step(config) return floor(base_open(config) / 3) end

-- Calls and time of the window, one of them 0.
local function extent(config)
  if config.window_time <= 0 then return clamp(config.window_calls, 1, MOST_CALLS), 0 end
  return 0, clamp(config.window_time, BUCKETS, LONGEST_SPAN)
end

local function least_calls(config)
  local calls, time = extent(config)
  if time > 0 then return max(config.min_calls, 1) end
  return clamp(config.min_calls, 1, calls)
end

local function next_open_time(state, config, now)
  local stable = state.mode == CLOSED and now - state.since >= state.open_for
  if stable then return base_open(config) end
  return clamp(state.open_for, base_open(config), longest_open(config))
end

local function longer(config, open_for)
  local grown = open_for * between(1, config.open_factor, 1e6)
  return max(floor(min(grown, longest_open(config))), base_open(config))
end

local function jittered(config, open_for, chance)
  local swing = between(0, config.open_jitter, 1) * (2 * between(0, chance, 1) - 1)
  return min(floor(open_for * (1 + swing)), longest_open(config))
end

-- The window: words of the ring hold sixteen calls, two bits each.

local function slot_bits(state, slot)
  local word = state.ring[floor(slot / CALLS_PER_WORD) + 1]
  return floor(word / 4 ^ (slot % CALLS_PER_WORD)) % 4
end

local function count_ring(counts, bits, times)
  counts.ring_calls = counts.ring_calls + times
  if bits % 2 == 1 then counts.ring_failed = counts.ring_failed + times end
  if bits >= 2 then counts.ring_slow = counts.ring_slow + times end
end

local function clear_buckets(state)
  state.bucket_calls, state.bucket_failed = filled(BUCKETS), filled(BUCKETS)
  state.bucket_slow = filled(BUCKETS)
end

local function clear_window(state)
  state.at, state.ring_calls, state.ring_failed, state.ring_slow = 0, 0, 0, 0
  state.ring = filled(WORDS)
  clear_buckets(state)
end

local function fit_window(state, config)
  local calls, time = extent(config)
  if state.extent_calls == calls and state.extent_time == time then return end
  state.extent_calls, state.extent_time = calls, time
  clear_window(state)
end

local function add_to_ring(state, bits)
  local old = slot_bits(state, state.at)
  if state.ring_calls == state.extent_calls then count_ring(state, old, -1) end
  local word = floor(state.at / CALLS_PER_WORD) + 1
  state.ring[word] = state.ring[word] + (bits - old) * 4 ^ (state.at % CALLS_PER_WORD)
  count_ring(state, bits, 1)
  state.at = (state.at + 1) % state.extent_calls
end

local function bucket_at(state, now)
  local bucket = floor(now / floor(state.extent_time / BUCKETS))
  if bucket < state.at and state.at - bucket < BUCKETS then return state.at end
  return bucket
end

local function add_to_buckets(state, failed, slow, now)
  local bucket = bucket_at(state, now)
  local passed = bucket - state.at
  if passed < 0 or passed >= BUCKETS then
    clear_buckets(state)
  else
    for newer = state.at + 1, bucket do
      local place = newer % BUCKETS + 1
      state.bucket_calls[place], state.bucket_failed[place], state.bucket_slow[place] = 0, 0, 0
    end
  end
  state.at = bucket
  local place = bucket % BUCKETS + 1
  state.bucket_calls[place] = state.bucket_calls[place] + 1
  state.bucket_failed[place] = state.bucket_failed[place] + (failed and 1 or 0)
  state.bucket_slow[place] = state.bucket_slow[place] + (slow and 1 or 0)
end

local function add_to_window(state, failed, slow, now)
  if state.extent_time == 0 then
    add_to_ring(state, (failed and 1 or 0) + (slow and 2 or 0))
  else
    add_to_buckets(state, failed, slow, now)
  end
end

-- Calls, failed ones and slow ones.
local function counts(state, now)
  if state.extent_time == 0 then return state.ring_calls, state.ring_failed, state.ring_slow end
  local calls, failed, slow = 0, 0, 0
  local passed = bucket_at(state, now) - state.at
  if passed < 0 then return 0, 0, 0 end
  for age = 0, BUCKETS - passed - 1 do
    local place = (state.at - age) % BUCKETS + 1
    calls = calls + state.bucket_calls[place]
    failed = failed + state.bucket_failed[place]
    slow = slow + state.bucket_slow[place]
  end
  return calls, failed, slow
end

-- The baseline.

local function learn(state, mean, variance, value)
  local weight = 1 / min(state.learned, MEMORY)
  local away = value - state[mean]
  local step = away * weight
  state[mean] = state[mean] + step
  local grown = state[variance] + away * step
  state[variance] = (1 - weight) * grown
end

local function exceeds(value, mean, variance, least)
  local away = value - mean
  return away > 0 and away * away > 9 * max(variance, least)
end

local function abnormal_blocks(state)
  local count, bits = 0, state.abnormal
  while bits > 0 do
    count = count + bits % 2
    bits = floor(bits / 2)
  end
  return count
end

local function stands_out(state, share, took, calls)
  if state.learned < LEAST_LEARNED then return false end
  local likely = max(state.share_mean, LEAST_SHARE)
  local deviation = max(state.took_mean / 3, LEAST_TOOK)
  return exceeds(share, state.share_mean, state.share_variance, likely * (1 - likely) / calls) or
    exceeds(took, state.took_mean, state.took_variance, deviation * deviation)
end

local function judge_block(state, failed, took, block)
  state.block_calls = state.block_calls + 1
  if failed then state.block_failed = state.block_failed + 1 end
  state.block_took = state.block_took + took
  if state.block_calls < block then return false end
  local calls = state.block_calls
  local share, mean_took = state.block_failed / calls, state.block_took / calls
  local out = stands_out(state, share, mean_took, calls)
  state.abnormal = (state.abnormal * 2 + (out and 1 or 0)) % JUDGED
  state.block_calls, state.block_failed, state.block_took = 0, 0, 0
  if not out then
    state.learned = min(state.learned + 1, MOST_LEARNED)
    learn(state, 'share_mean', 'share_variance', share)
    learn(state, 'took_mean', 'took_variance', mean_took)
  end
  return abnormal_blocks(state) >= TOO_MANY
end

local function pause_baseline(state)
  state.block_calls, state.block_failed, state.block_took, state.abnormal = 0, 0, 0, 0
end

local function forget_baseline(state)
  pause_baseline(state)
  state.learned = 0
  state.share_mean, state.share_variance, state.took_mean, state.took_variance = 0, 0, 0, 0
end

-- Changes of mode.

local function note(answer, event, cause, value)
  local suffix = answer.event == 0 and '' or '2'
  if suffix == '2' and answer.event2 ~= 0 then return end
  answer['event' .. suffix] = EVENT[event]
  answer['cause' .. suffix] = cause or CAUSE.none
  answer['value' .. suffix] = value or 0
end

local function forget_probes(state)
  state.probes, state.probe_tickets = 0, filled(MOST_HELD)
end

local function settle(state, config, now)
  if state.epoch == 0 and state.since == 0 then state.since = now end
  if state.since > now then
    state.open_until = max(state.open_until - (state.since - now), 0)
    state.since = now
  end
  state.open_until = min(state.open_until, state.since + longest_open(config))
  state.heard = min(state.heard, now)
  if now - state.heard >= LONGEST_SILENCE then
    state.held = 0
    forget_probes(state)
  end
  fit_window(state, config)
end

local function enter(state, mode, now)
  state.mode, state.epoch, state.since = mode, state.epoch + 1, now
  state.successes = 0
  forget_probes(state)
end

local function open(turn, cause, value, open_for)
  local state = turn.state
  enter(state, OPEN, turn.now)
  state.open_for = open_for
  state.open_until = turn.now + jittered(turn.config, open_for, turn.ask.chance)
  state.opened_by, state.opened_value = cause, value
  state.opened_total = state.opened_total + 1
  note(turn.answer, 'opened', cause, value)
end

local function close(turn)
  local state = turn.state
  enter(state, CLOSED, turn.now)
  state.failures, state.share = 0, 100
  clear_window(state)
  pause_baseline(state)
end

local function close_after_probes(turn)
  local successes = turn.state.successes
  close(turn)
  note(turn.answer, 'closed', CAUSE.probes_succeeded, successes)
  if turn.config.ramp == 0 then return end
  turn.state.share = 10
  note(turn.answer, 'ramped', CAUSE.time, 10)
end

-- Admission.

local function ticket_of(number, way) return (number % 2 ^ 28 + 1) * 4 + way end

local function way_of(ticket)
  local way = ticket < 4 and LOOSE or ticket % 4
  return (way == HELD or way == PROBE) and way or LOOSE
end

local function call_way(turn)
  return turn.state.held < MOST_HELD - kept_for_probes(turn.config) and HELD or LOOSE
end

local function let_through(turn, way)
  local state = turn.state
  turn.answer.ticket = ticket_of(way == PROBE and state.probes_made or state.epoch, way)
  if way == LOOSE then return end
  turn.answer.hold = HOLD_TAKE
  state.held, state.heard = state.held + 1, turn.now
end

local function refuse(turn, cause, retry_in)
  local config, answer = turn.config, turn.answer
  answer.answer_cause, answer.retry_in = cause, retry_in
  answer.since = turn.now - turn.state.since
  local by_hand = cause == CAUSE.administrator
  if not by_hand and config.enforce < 1 and turn.ask.enforce_chance >= config.enforce then
    answer.would_refuse = 1
    return let_through(turn, cause == CAUSE.ramp and call_way(turn) or LOOSE)
  end
  answer.allowed = 0
  turn.state.refused_total = turn.state.refused_total + 1
  note(answer, 'refused', cause, retry_in / 1e6)
end

local function place_of(list, value)
  for i, each in ipairs(list) do
    if each == value then return i end
  end
end

local function admit_probe(turn)
  local state = turn.state
  if state.held >= MOST_HELD or state.probes >= permits(turn.config) then
    return refuse(turn, CAUSE.probing, 0)
  end
  turn.answer.probe = 1
  let_through(turn, PROBE)
  state.probes, state.probes_made = state.probes + 1, state.probes_made + 1
  state.probe_tickets[place_of(state.probe_tickets, 0)] = turn.answer.ticket
end

local function climb(turn)
  local state, step = turn.state, ramp_step(turn.config)
  local closed_for = turn.now - state.since
  local over = turn.config.ramp == 0 or closed_for >= 2 * step
  local share = over and 100 or closed_for >= step and 50 or 10
  if share <= state.share then return end
  state.share = share
  note(turn.answer, 'ramped', CAUSE.time, share)
end

local function admit_on_ramp(turn)
  local state = turn.state
  if state.share < 100 then climb(turn) end
  if state.share < 100 and turn.ask.chance * 100 >= state.share then
    local steps = state.share == 10 and 1 or 2
    return refuse(turn, CAUSE.ramp, state.since + steps * ramp_step(turn.config) - turn.now)
  end
  let_through(turn, call_way(turn))
end

local function admit(turn)
  local state, mode = turn.state, turn.state.mode
  if mode == OPEN then
    if turn.now < state.open_until then
      return refuse(turn, CAUSE.open, state.open_until - turn.now)
    end
    enter(state, HALF_OPEN, turn.now)
    note(turn.answer, 'half_opened', CAUSE.time)
    return admit_probe(turn)
  end
  if mode == HALF_OPEN then return admit_probe(turn) end
  if mode == HELD_OPEN then return refuse(turn, CAUSE.administrator, 0) end
  if mode == DISABLED then return let_through(turn, LOOSE) end
  if mode == CLOSED then return admit_on_ramp(turn) end
  let_through(turn, call_way(turn))
end

-- The ends of calls.

local function let_go(turn, hold)
  local state, ticket = turn.state, turn.ask.ticket
  turn.answer.ticket = ticket
  if way_of(ticket) == LOOSE then return end
  turn.answer.hold = hold
  state.held, state.heard = max(state.held - 1, 0), turn.now
end

local function is_current(turn)
  local ticket, way = turn.ask.ticket, way_of(turn.ask.ticket)
  if way == PROBE then return place_of(turn.state.probe_tickets, ticket) ~= nil end
  return ticket == ticket_of(turn.state.epoch, way)
end

local function free_permit(turn)
  local state, ticket = turn.state, turn.ask.ticket
  if way_of(ticket) ~= PROBE then return end
  state.probe_tickets[place_of(state.probe_tickets, ticket)] = 0
  state.probes = state.probes - 1
end

local function judge_probe(turn, failed)
  local state = turn.state
  free_permit(turn)
  state.failures = failed and state.failures + 1 or 0
  if failed then
    return open(turn, CAUSE.probe_failed, state.failures, longer(turn.config, state.open_for))
  end
  state.successes = state.successes + 1
  if state.successes >= turn.config.success_threshold then close_after_probes(turn) end
end

local function find_fault(state, config, now)
  if config.failure_threshold > 0 and state.failures >= config.failure_threshold then
    return CAUSE.failures_in_row, state.failures
  end
  local calls, failed, slow = counts(state, now)
  if calls < least_calls(config) then return nil end
  if config.failure_rate > 0 and failed / calls >= config.failure_rate then
    return CAUSE.failure_rate, failed / calls
  end
  if config.slow_call > 0 and config.slow_rate > 0 and slow / calls >= config.slow_rate then
    return CAUSE.slow_rate, slow / calls
  end
end

local function judge_calls(turn, failed, took)
  local state, config, now = turn.state, turn.config, turn.now
  local abnormal = config.adaptive ~= 0 and judge_block(state, failed, took, least_calls(config))
  local cause, value = find_fault(state, config, now)
  if not cause and abnormal then cause, value = CAUSE.abnormal, abnormal_blocks(state) end
  if cause then open(turn, cause, value, next_open_time(state, config, now)) end
end

local function count_end(turn, failed, took)
  local state, config = turn.state, turn.config
  local mode = state.mode
  if mode == DISABLED then return end
  state.calls_total = state.calls_total + 1
  if failed then state.failures_total = state.failures_total + 1 end
  local slow = config.slow_call > 0 and took > config.slow_call
  if way_of(turn.ask.ticket) == PROBE then return judge_probe(turn, failed or slow) end
  if mode == OPEN or mode == HALF_OPEN then return end
  state.failures = failed and state.failures + 1 or 0
  add_to_window(state, failed, slow, turn.now)
  if mode == CLOSED then judge_calls(turn, failed, took) end
end

local function record(turn)
  let_go(turn, HOLD_DROP)
  if not is_current(turn) then return note(turn.answer, 'late') end
  if turn.ask.result == IGNORED then return free_permit(turn) end
  count_end(turn, turn.ask.result == FAILURE, clamp(turn.ask.took, 0, LONGEST_SPAN))
end

local function cancel(turn)
  let_go(turn, HOLD_DROP)
  if is_current(turn) then free_permit(turn) end
end

local function vanish(turn)
  let_go(turn, HOLD_LEAVE)
  if not is_current(turn) then return note(turn.answer, 'late') end
  note(turn.answer, 'vanished')
  if way_of(turn.ask.ticket) == PROBE then return free_permit(turn) end
  count_end(turn, true, 0)
end

-- Administration.

local function trip(turn)
  if turn.state.mode == OPEN then return end
  open(turn, CAUSE.administrator, 0, next_open_time(turn.state, turn.config, turn.now))
end

local function reset(turn)
  local state, changes = turn.state, turn.state.mode ~= CLOSED
  close(turn)
  forget_baseline(state)
  state.open_for, state.opened_by, state.opened_value = 0, CAUSE.none, 0
  if changes then note(turn.answer, 'closed', CAUSE.administrator) end
end

local function set_by_hand(mode, event)
  return function(turn)
    if turn.state.mode == mode then return end
    enter(turn.state, mode, turn.now)
    note(turn.answer, event, CAUSE.administrator)
  end
end

local function release(turn)
  if turn.state.mode <= HALF_OPEN then return end
  close(turn)
  turn.state.open_for = 0
  note(turn.answer, 'released', CAUSE.administrator)
end

local acts = {
  [ADMIT] = admit, [RECORD] = record, [CANCEL] = cancel, [VANISH] = vanish,
  [TRIP] = trip, [RESET] = reset, [RELEASE] = release,
  [HOLD_OPEN] = set_by_hand(HELD_OPEN, 'held_open'),
  [HOLD_CLOSED] = set_by_hand(HELD_CLOSED, 'held_closed'),
  [DISABLE] = set_by_hand(DISABLED, 'disabled'),
  [ONLY_METRICS] = set_by_hand(METRICS_ONLY, 'metrics_only'),
}

local function step(state, config, ask, now)
  settle(state, config, now)
  local answer = {
    allowed = 1, probe = 0, would_refuse = 0, answer_cause = CAUSE.none,
    before = state.mode, retry_in = 0, since = 0, hold = HOLD_LEAVE, ticket = 0,
    event = 0, cause = 0, value = 0, event2 = 0, cause2 = 0, value2 = 0,
  }
  acts[ask.what]({state = state, config = config, ask = ask, now = now, answer = answer})
  answer.after, answer.failures = state.mode, state.failures
  answer.opened_by, answer.opened_value = state.opened_by, state.opened_value
  return answer
end

local function vanished(ticket)
  return {what = VANISH, chance = 0.5, enforce_chance = 0, ticket = ticket, result = 0, took = 0}
end

-- The call of this ticket was not made after all; cell.lua asks so for one whose answer came too late.
local function withdrawn(ticket)
  return {what = CANCEL, chance = 0.5, enforce_chance = 0, ticket = ticket, result = 0, took = 0}
end

function kind.lasts(state, now)
  if state.mode >= HELD_OPEN then return 2 end
  return state.mode == OPEN and now < state.open_until and 1 or 0
end

-- Mending. Here numbers may have fractions, which there they cannot.

local function is_within(value, most) return value >= 0 and value <= most end
local function is_word(value) return is_within(value, 2 ^ 32 - 1) and value % 1 == 0 end

local function are_words(list)
  for _, value in ipairs(list) do
    if not is_word(value) then return false end
  end
  return true
end

local function mend_counts(state, most, ...)
  for _, name in ipairs({...}) do state[name] = floor(clamp(state[name], 0, most)) end
end

local function mend_probes(state)
  if state.mode ~= HALF_OPEN then return forget_probes(state) end
  local seen = {}
  state.probes = 0
  for i, ticket in ipairs(state.probe_tickets) do
    if ticket == 0 or seen[ticket] or not is_word(ticket) then
      state.probe_tickets[i] = 0
    else
      seen[ticket] = true
      state.probes = state.probes + 1
    end
  end
end

local function ring_is_possible(state)
  local slots, used = state.extent_calls, state.ring_calls
  if slots < 1 or slots > MOST_CALLS then return false end
  if used < 0 or used > slots or state.at < 0 or state.at >= slots then return false end
  if used < slots and state.at ~= used then return false end
  if (state.at + used) % 1 ~= 0 or not are_words(state.ring) then return false end
  local counted = {ring_calls = 0, ring_failed = 0, ring_slow = 0}
  for slot = 0, used - 1 do count_ring(counted, slot_bits(state, slot), 1) end
  return counted.ring_failed == state.ring_failed and counted.ring_slow == state.ring_slow
end

local function buckets_are_possible(state, now)
  if state.extent_calls ~= 0 or state.extent_time < BUCKETS then return false end
  if not (are_words(state.bucket_calls) and are_words(state.bucket_failed) and
      are_words(state.bucket_slow) and state.at % 1 == 0) then
    return false
  end
  for i, calls in ipairs(state.bucket_calls) do
    if state.bucket_failed[i] > calls or state.bucket_slow[i] > calls then return false end
  end
  return state.at >= 0 and state.at <= floor(now / floor(state.extent_time / BUCKETS))
end

local function mend_baseline(state)
  local whole = (state.block_calls + state.block_failed + state.learned + state.abnormal) % 1 == 0
  local possible = whole and is_within(state.block_calls, MOST_LEARNED - 1) and
    is_within(state.block_failed, state.block_calls) and is_within(state.block_took, 2 ^ 53) and
    is_within(state.learned, MOST_LEARNED) and is_within(state.abnormal, JUDGED - 1) and
    is_within(state.share_mean, 1) and is_within(state.share_variance, 1) and
    is_within(state.took_mean, 2 ^ 53) and is_within(state.took_variance, 2 ^ 106)
  if not possible then forget_baseline(state) end
end

local function mend(state, config, now)
  if not is_within(state.mode, METRICS_ONLY) or state.mode % 1 ~= 0 then state.mode = CLOSED end
  if not is_within(state.opened_by, LAST_CAUSE) or state.opened_by % 1 ~= 0 then state.opened_by = CAUSE.none end
  if not is_within(state.opened_value, 2 ^ 53) then state.opened_value = 0 end
  if state.share ~= 10 and state.share ~= 50 then state.share = 100 end
  mend_counts(state, MOST_COUNTED / 2, 'epoch', 'calls_total', 'failures_total', 'refused_total',
    'opened_total', 'failures', 'successes', 'probes_made')
  mend_counts(state, MOST_COUNTED, 'since', 'open_until', 'heard')
  mend_counts(state, LONGEST_SPAN, 'open_for')
  mend_counts(state, MOST_HELD, 'held')
  mend_probes(state)
  settle(state, config, now)
  local possible
  if state.extent_time == 0 then
    possible = ring_is_possible(state)
  else
    possible = buckets_are_possible(state, now)
  end
  if not possible then clear_window(state) end
  mend_baseline(state)
end
