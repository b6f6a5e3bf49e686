-- Takes places of a platform back and gives others: each carries one message at a
-- time.
-- KEYS[1] places  hash, number of a place -> question that it was given to; a place
--                 without is free. Beside them instants in µs: hold, before which the
--                 platform is left alone, and holds, for how long that was; even, before which nothing planned gets a
--                 place; short, before which answers lack some; and turn, whose turn
--                 it is with what is planned, and until when
-- ARGV[1] this question
-- ARGV[2] who asks
-- ARGV[3] how many places there are
-- ARGV[4] how many are wanted for answers
-- ARGV[5] and for what is planned
-- ARGV[6] µs between two planned messages in the long run
-- ARGV[7] how many places the asker would keep
-- ARGV[8...] number and question of each of those, then of each that is given back
-- Returns {µs to leave the platform alone with answers, and with what is planned, µs until asking again is worth while for
-- what is planned or 0, {places given}, {places kept}, {number and question of each
-- place that was held before}}.
-- Time: the clock of Redis spreads what is planned. When it is set, that is uneven
-- for a moment. How many places there are depends on no clock.
local key, question, who = KEYS[1], ARGV[1], ARGV[2]
local answers, planned, every = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local keeps = tonumber(ARGV[7])
for i = 8 + 2 * keeps, #ARGV, 2 do
  if redis.call('HGET', key, ARGV[i]) == ARGV[i + 1] then redis.call('HDEL', key, ARGV[i]) end
end

local state, flat = {}, redis.call('HGETALL', key)
for i = 1, #flat, 2 do state[flat[i]] = flat[i + 1] end
local free, held = {}, {}
for n = 0, ARGV[3] - 1 do
  local by = state[tostring(n)]
  if by then
    held[#held + 1] = tostring(n)
    held[#held + 1] = by
  else
    free[#free + 1] = n
  end
end

-- How long it is until an instant that was noted to be most away at most: what is
-- further away was noted before the clock was set back.
local function still(at, most)
  local left = (tonumber(at) or 0) - now
  if left > most then return 0 end
  return math.max(left, 0)
end
local hold = still(state.hold, tonumber(state.holds) or math.huge)
-- Answers are held for the first 10 s of it, and then tried.
local brief = math.max(hold - math.max((tonumber(state.holds) or 0) - 10000000, 0), 0)
if brief > 0 then return {brief, hold, 0, {}, {}, held} end
if hold > 0 then planned, keeps = 0, 0 end
local function note(field, at) redis.call('HSET', key, field, string.format('%.0f', at)) end

local given = {}
local function give(n)
  for _ = 1, n do
    given[#given + 1] = table.remove(free, 1)
    redis.call('HSET', key, given[#given], question)
  end
end

local patience = math.max(2 * every, 5000) -- longer than anybody waits to ask again
local enough = answers <= #free
give(math.min(answers, #free))
if answers > 0 and not enough then
  note('short', now + patience)
elseif answers > 0 and state.short then
  redis.call('HDEL', key, 'short')
  state.short = nil
end

local wait, kept = 0, {}
if planned + keeps > 0 then
  local whose, upto = string.match(state.turn or '', '^(.*) (%d+)$')
  local theirs = whose and whose ~= who and still(upto, patience) > 0
  local mine = enough and not theirs and still(state.short, patience) == 0
  -- In the long run the rest of each place keeps the rate. This keeps them apart,
  -- so that an answer never waits long for the next.
  local space = every * 0.95
  local even = tonumber(state.even) or 0
  if even - now > 4 * every then even = now end -- the clock was set back
  even = math.max(even, now - 2 * space)
  for i = 8, 7 + 2 * keeps, 2 do
    if mine and even <= now + 2 * every and state[ARGV[i]] == ARGV[i + 1] then
      redis.call('HSET', key, ARGV[i], question)
      kept[#kept + 1] = tonumber(ARGV[i])
      even = even + space
    end
  end
  local n = 0
  if mine and even <= now then n = math.min(planned, #free, math.floor((now - even) / space) + 1) end
  give(n)
  even = even + n * space
  if n + #kept > 0 then note('even', even) end
  if n > 0 and whose == who then redis.call('HDEL', key, 'turn') end
  if n == 0 and planned > 0 and not theirs then
    redis.call('HSET', key, 'turn', who .. ' ' .. string.format('%.0f', now + patience))
  end
  if n < planned and #free > 0 then wait = math.max(math.ceil(even - now), 0) end
end
return {0, hold, wait, given, kept, held}
