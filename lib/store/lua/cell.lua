-- One operation on one cell, inside the server and therefore atomic. What stands before this is made
-- by the build and the program: `kind`, the names of a machine's numbers in their order and what an
-- unused cell holds, and the machine itself: step, vanished, withdrawn, mend, and kind.lasts
-- where a state may last (policy::Lasts as a number). What stands behind it calls serve.
--
-- A cell is a hash: version; config and state as doubles; seal, a digest of both; clock, the cell's
-- time and the server's when the cell was last written; holders, a list of {token, ticket, deadline,
-- pid, host}; journal, rows of four doubles. Times are microseconds.

-- Servers before version 5 want to be told that a script which asks for the time may write.
if redis.replicate_commands then redis.replicate_commands() end

local LIFETIME = 30 * 24 * 3600 * 1000  -- of a cell that nobody uses, in milliseconds
local JOURNAL_ROW = 4 * 8
local JOURNAL_ROWS = 64
local LONGEST_LEASE = 3600 * 1000000
local TAKE, DROP = 1, 2  -- policy::Effects::Hold
local NONE, IN_HAND, NEW = 0, 1, 2  -- the token that has a hold after a step

local function pack_numbers(fields, object)
  local names, counts, numbers, at = fields.names, fields.counts, {}, 0
  for field = 1, #names do
    local value, count = object[names[field]], counts[field]
    if count < 0 then
      at = at + 1
      numbers[at] = value
    else
      for index = 1, count do numbers[at + index] = value[index] end
      at = at + count
    end
  end
  return struct.pack('<' .. string.rep('d', at), unpack(numbers))
end

local function object_of(fields, numbers)
  local names, counts, object, at = fields.names, fields.counts, {}, 0
  for field = 1, #names do
    local count = counts[field]
    if count < 0 then
      at = at + 1
      object[names[field]] = numbers[at]
    else
      local list = {}
      for index = 1, count do list[index] = numbers[at + index] end
      object[names[field]] = list
      at = at + count
    end
  end
  return object
end

-- Raises an error where the text does not hold these numbers.
local function unpack_numbers(fields, text)
  local size = fields.size
  assert(#text == size * 8, 'its size is wrong')
  local numbers, sum = {struct.unpack('<' .. string.rep('d', size), text)}, 0
  -- Of what is no number, or without bounds, nothing times is no number.
  for index = 1, size do sum = sum + numbers[index] * 0 end
  assert(sum == 0, 'it holds what is no number')
  return object_of(fields, numbers)
end

local function read_holders(text, now)
  local holders = {}
  for index, row in ipairs(cmsgpack.unpack(text)) do
    local token, ticket, deadline, pid, host = unpack(row)
    assert(type(token) == 'string' and type(ticket) == 'number' and type(deadline) == 'number' and
           type(pid) == 'number' and type(host) == 'string', 'its holders are no holders')
    -- A hold from nowhere must not last for ever.
    deadline = math.min(deadline, now + LONGEST_LEASE)
    holders[index] = {token = token, ticket = ticket, deadline = deadline, pid = pid, host = host}
  end
  return holders
end

local function write_holders(holders)
  local rows = {}
  for index, it in ipairs(holders) do rows[index] = {it.token, it.ticket, it.deadline, it.pid, it.host} end
  return cmsgpack.pack(rows)
end

-- The cell's clock goes on by what the server's did since, and never back: where a replica with a
-- slower clock took over, or somebody set it back, the time that is lost is lost once and nothing
-- stays open for longer than that.
local function clock_of(text, time)
  if not text then return time, time end
  assert(#text == 16, 'its clock is no clock')
  local now, before = struct.unpack('<dd', text)
  assert(now >= 0 and before >= 0 and now < 2 ^ 53 and before < 2 ^ 53, 'its clock is no clock')
  return now + math.max(0, time - before), before
end

-- Not against anybody: it tells what a step has written from what something else has.
local function seal_of(config, state)
  return redis.sha1hex((config or '') .. (state or ''))
end

local function fresh_cell(time)
  return {config = object_of(kind.config, kind.fresh_config),
          state = object_of(kind.state, kind.fresh_state),
          holders = {}, now = time, time = time, stored = {}, notes = ''}
end

local function read_cell(got, time)
  local now, before = clock_of(got[5], time)
  local cell = {
    config = got[2] and unpack_numbers(kind.config, got[2]) or object_of(kind.config, kind.fresh_config),
    state = unpack_numbers(kind.state, got[3] or ''),
    holders = got[4] and read_holders(got[4], now) or {},
    now = now, before = before, time = time, notes = '', exists = true,
    stored = {config = got[2], state = got[3], holders = got[4]}}
  -- What was written by a step needs no mending.
  if got[6] ~= seal_of(got[2], got[3]) then mend(cell.state, cell.config, cell.now) end
  return cell
end

-- The cell at `key`; then nil or a complaint. Without a cell: nil and the reply that says why.
local function load_cell(key, spare, time)
  local got = redis.pcall('HMGET', key, 'version', 'config', 'state', 'holders', 'clock', 'seal')
  local why
  if got.err then
    if not string.find(got.err, 'WRONGTYPE', 1, true) then return nil, got end
    why = 'it is no cell'
  else
    local version = got[1] and tonumber(got[1])
    if version and version > kind.version then return nil, {'newer', tostring(version)} end
    if not got[1] and not got[2] and not got[3] and not got[4] and not got[5] then
      if redis.call('EXISTS', key) == 0 then return fresh_cell(time) end
      why = 'it is no cell'
    elseif version and version < kind.version then
      local cell = fresh_cell(time)
      cell.outdated = true
      return cell
    elseif version == kind.version then
      local fine, cell = pcall(read_cell, got, time)
      if fine then return cell end
      why = string.gsub(tostring(cell), '^.*: ', '')
    else
      why = 'it has no version'
    end
  end
  return fresh_cell(time), why
end

local function set_aside(key, spare)
  redis.call('RENAME', key, spare)
  redis.call('PEXPIRE', spare, LIFETIME)
end

local function note(cell, answer)
  for _, tail in ipairs({'', '2'}) do
    local event = answer['event' .. tail]
    if event ~= 0 then
      cell.notes = cell.notes ..
        struct.pack('<dddd', cell.time, event, answer['cause' .. tail], answer['value' .. tail])
    end
  end
end

local function journal_with(key, cell)
  local old = not cell.outdated and redis.call('HGET', key, 'journal') or ''
  if #old % JOURNAL_ROW ~= 0 then old = '' end
  return string.sub(old .. cell.notes, -JOURNAL_ROWS * JOURNAL_ROW)
end

-- Fields of `kind`, as a script has no more than 200 locals.
kind.idle, kind.for_ever = 0, 2
kind.longest = 100 * 365 * 24 * 3600 * 1000  -- of what was set by hand, in milliseconds

-- How long the state is to be kept though nobody uses it.
function kind.needed(cell)
  return kind.lasts and kind.lasts(cell.state, cell.now) or kind.idle
end

local function save(key, cell, config)
  local fields = {}
  local function set(name, value)
    if value ~= cell.stored[name] then
      fields[#fields + 1] = name
      fields[#fields + 1] = value
    end
  end
  if config then set('config', config) end
  local state = pack_numbers(kind.state, cell.state)
  set('state', state)
  if #cell.holders > 0 or cell.stored.holders then set('holders', write_holders(cell.holders)) end
  if cell.notes ~= '' then set('journal', journal_with(key, cell)) end
  if #fields == 0 then return end
  -- Fields of an older version that this one does not write would stay, as if they were of it.
  if cell.outdated then redis.call('DEL', key) end
  set('version', tostring(kind.version))
  set('seal', seal_of(config or cell.stored.config, state))
  set('clock', struct.pack('<dd', cell.now, cell.time))
  -- What is written at first is all that may fail: an error leaves no half.
  redis.call('HSET', key, unpack(fields))
  -- Not PERSIST, which users with few rights may not call.
  redis.call('PEXPIRE', key, kind.needed(cell) == kind.for_ever and kind.longest or LIFETIME)
  -- Who may not publish may still use the cell; watchers then see nothing.
  redis.pcall('PUBLISH', key, 'changed')
end

local function find(holders, token)
  if token == '' then return nil end
  for index, holder in ipairs(holders) do
    if holder.token == token then return index end
  end
end

-- Tells the machine of everybody whose lease is over. A caller that speaks has not vanished.
local function bury(cell, token)
  local living, gone = {}, {}
  for _, holder in ipairs(cell.holders) do
    local lives = holder.deadline > cell.now or holder.token == token
    table.insert(lives and living or gone, holder)
  end
  cell.holders = living
  table.sort(gone, function(a, b)
    if a.deadline ~= b.deadline then return a.deadline < b.deadline end
    return a.ticket < b.ticket
  end)
  for _, holder in ipairs(gone) do
    note(cell, step(cell.state, cell.config, vanished(holder.ticket), cell.now))
  end
end

local operations = {}

-- token in hand or '', a new token, lease, pid, host, config or '', ask
function operations.step(cell, key, token, new_token, lease, pid, host, config, ask)
  if config ~= '' then
    cell.config = unpack_numbers(kind.config, config)
    if config ~= cell.stored.config then mend(cell.state, cell.config, cell.now) end
  end
  bury(cell, token)
  ask = unpack_numbers(kind.ask, ask)
  local at = find(cell.holders, token)
  -- The lease is over, or another server took over that never knew it: whoever has the ticket now is
  -- somebody else.
  if token ~= '' and not at then ask.ticket = kind.no_ticket end
  local answer = step(cell.state, cell.config, ask, cell.now)
  local deadline, held = cell.now + tonumber(lease), at and IN_HAND or NONE
  if at then cell.holders[at].deadline = deadline end
  if answer.hold == TAKE and at then
    cell.holders[at].ticket = answer.ticket
  elseif answer.hold == TAKE and #cell.holders < kind.most_holders then
    table.insert(cell.holders, {token = new_token, ticket = answer.ticket, deadline = deadline,
                                pid = tonumber(pid), host = host})
    held = NEW
  elseif answer.hold == DROP and at then
    table.remove(cell.holders, at)
    held = NONE
  end
  note(cell, answer)
  save(key, cell, config ~= '' and config or nil)
  return {'ok', held, pack_numbers(kind.answer, answer)}
end

function operations.renew(cell, key, token, lease)
  local at = find(cell.holders, token)
  if not at then return {'lost'} end
  cell.holders[at].deadline = cell.now + tonumber(lease)
  save(key, cell)
  return {'ok'}
end

-- The caller did not hear the answer in time and went elsewhere: as if it had not asked.
function operations.withdraw(cell, key, token)
  local at = find(cell.holders, token)
  if not at then return {'lost'} end
  local holder = table.remove(cell.holders, at)
  note(cell, step(cell.state, cell.config, withdrawn(holder.ticket), cell.now))
  save(key, cell)
  return {'ok'}
end

function operations.look(cell, key)
  if not cell.exists then return {'none'} end
  local holders = {}
  for _, holder in ipairs(cell.holders) do
    if holder.deadline > cell.now then
      table.insert(holders, {holder.ticket, holder.pid, holder.host})
    end
  end
  return {'ok', struct.pack('<ddd', cell.now, cell.time, cell.time - cell.before), pack_numbers(kind.config, cell.config),
          pack_numbers(kind.state, cell.state), holders, journal_with(key, cell)}
end

function operations.remove(cell, key, idle)
  if not cell.exists then return {'ok', 0} end
  for _, holder in ipairs(cell.holders) do
    if holder.deadline > cell.now then return {'ok', 0} end
  end
  if cell.time - cell.before < tonumber(idle) then return {'ok', 0} end
  if kind.needed(cell) ~= kind.idle then return {'ok', 0} end
  redis.call('DEL', key)
  redis.pcall('PUBLISH', key, 'removed')
  return {'ok', 1}
end

-- `time`: the server's. The reply is a list that begins with a word: ok, none, lost, newer; with
-- `complaint` as its last element where something was set aside.
local function serve(keys, arguments, time)
  local key, spare = keys[1], keys[2]
  local cell, complaint = load_cell(key, spare, time)
  if not cell then return complaint end
  -- Looking changes nothing.
  if complaint and arguments[1] ~= 'look' then set_aside(key, spare) end
  local reply = operations[arguments[1]](cell, key, unpack(arguments, 2))
  if complaint then table.insert(reply, 'complaint:' .. complaint) end
  return reply
end

local function server_time()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end
