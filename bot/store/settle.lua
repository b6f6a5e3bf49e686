-- Ends an attempt at an outbox entry.
-- KEYS[1] owner         string "fence holder" of the shard's lease
-- KEYS[2] ready         sorted set, lane -> ms not before
-- KEYS[3] out           sorted set, members in the order they leave
-- KEYS[4] values        hash, entry id -> sealed envelope
-- KEYS[5] tries         hash, see take.lua; of a dead entry with its reason
-- KEYS[6] dead          sorted set, member -> ms it was given up
-- KEYS[7] conversation  hash
-- KEYS[8] due           sorted set, conversation -> ms
-- KEYS[9] flying        hash, lane -> id of the entry in flight
-- ARGV[1] "fence holder" that the caller believes in
-- ARGV[2] lane
-- ARGV[3] entry id
-- ARGV[4] attempt
-- ARGV[5] "done", "dead" or "retry"
-- ARGV[6] not before, ms, for retry
-- ARGV[7] 1 if this attempt may have arrived, else 0
-- ARGV[8] token of the question, empty if it is none
-- ARGV[9] when its reply timer runs out, ms, empty if it has none
-- ARGV[10] conversation id
-- ARGV[11] now, ms, for the dead
-- ARGV[12] the dead from before this ms are forgotten
-- ARGV[13] reason, for the dead
-- Returns "done", also if this attempt was ended before; "fenced" if the shard
-- or the entry is in other hands.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
local lane, id = ARGV[2], ARGV[3]
local try = redis.call('HGET', KEYS[5], id)
if not try then return 'done' end
local attempt, flying, unsure, since, member = string.match(try, '^(%d+) (%d) (%d) (%d+) (%S+)')
if attempt ~= ARGV[4] then return 'fenced' end
if flying ~= '1' then return 'done' end

if ARGV[7] == '1' then unsure = '1' end
local ended = attempt .. ' 0 ' .. unsure .. ' ' .. since .. ' ' .. member
-- When the lease ran out and an answer went ahead, the lane is the answer's.
local flies = redis.call('HGET', KEYS[9], lane)
local ours = not flies or flies == id
if ours then redis.call('HDEL', KEYS[9], lane) end

if ARGV[5] == 'retry' then
  redis.call('HSET', KEYS[5], id, ended)
  if ours then redis.call('ZADD', KEYS[2], ARGV[6], lane) end
  return 'done'
end

redis.call('ZREM', KEYS[3], member)
if ours then
  local left = redis.call('ZRANGEBYLEX', KEYS[3], '[' .. lane .. ':', '(' .. lane .. ';', 'LIMIT', 0, 1)
  if #left > 0 then
    redis.call('ZADD', KEYS[2], 0, lane)
  else
    redis.call('ZREM', KEYS[2], lane)
  end
end

if ARGV[5] == 'dead' then
  redis.call('HSET', KEYS[5], id, ended .. ' ' .. ARGV[13])
  redis.call('ZADD', KEYS[6], ARGV[11], member)
  for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[6], '-inf', '(' .. ARGV[12], 'LIMIT', 0, 100)) do
    local oldId = string.match(old, '[^:]*$')
    redis.call('HDEL', KEYS[4], oldId)
    redis.call('HDEL', KEYS[5], oldId)
    redis.call('ZREM', KEYS[6], old)
  end
  return 'done'
end

redis.call('HDEL', KEYS[4], id)
redis.call('HDEL', KEYS[5], id)
-- The timer starts only for the question that is still open: see commit.lua.
if ARGV[8] ~= '' and ARGV[9] ~= '' then
  local open = string.match(redis.call('HGET', KEYS[7], 'r') or '', '^%d*|(.*)$')
  if open == ARGV[8] then
    redis.call('HSET', KEYS[7], 'r', ARGV[9] .. '|' .. open)
    redis.call('ZADD', KEYS[8], 'LT', ARGV[9], ARGV[10])
  end
end
return 'done'
