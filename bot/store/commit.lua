-- Commits one turn of a conversation: all of it or nothing.
-- Everything is checked before the first write, since Redis rolls nothing back.
--
-- KEYS[1] conversation  hash
-- KEYS[2] journal       list
-- KEYS[3] operations    sorted set, operation -> second it is forgotten
-- KEYS[4] due           sorted set, conversation -> ms
-- KEYS[5] out           sorted set, members in the order they leave
-- KEYS[6] values        hash, entry id -> sealed envelope
-- KEYS[7] ready         sorted set, lane -> ms not before
-- KEYS[8] secrets       sorted set, hash of code -> ms it ends
-- KEYS[9..] one string per secret
-- ARGV[1] conversation id
-- ARGV[2] version that was loaded
-- ARGV[3] version to store
-- ARGV[4] wrapped data key that was loaded, empty for version 0
-- ARGV[5] wrapped data key to store
-- ARGV[6] sealed state
-- ARGV[7] keyed hash of the operation, empty if there is none
-- ARGV[8] how long to remember it, seconds
-- ARGV[9] earliest timer in ms, empty if there is none
-- ARGV[10] token of the open question, empty if there is none
-- ARGV[11] sealed journal block, empty if there is none
-- ARGV[12] now in ms, by the clock that secrets end by
-- ARGV[13] number of outbox entries; for each follow: lane, member, id, value
-- then for each secret: hash of its code, value, life in ms, end in ms
-- Returns "done", "seen" (committed before) or "conflict" (another version).
-- Time: the clock of Redis for the operations, the caller's for the secrets.

local now = tonumber(redis.call('TIME')[1])

if ARGV[7] ~= '' then
  local forgotten = redis.call('ZSCORE', KEYS[3], ARGV[7])
  if forgotten and tonumber(forgotten) > now then return 'seen' end
end
local stored = redis.call('HMGET', KEYS[1], 'v', 'k', 'r')
if (stored[1] or '0') ~= ARGV[2] or (stored[2] or '') ~= ARGV[4] then return 'conflict' end

redis.call('HSET', KEYS[1], 'v', ARGV[3], 'k', ARGV[5], 's', ARGV[6])

-- The reply timer goes on while its question is open. A question that opens
-- now has a token and no instant until it is delivered.
local due = ARGV[9]
if ARGV[10] == '' then
  redis.call('HDEL', KEYS[1], 'r')
else
  local at, token = string.match(stored[3] or '', '^(%d*)|(.*)$')
  if token ~= ARGV[10] then
    redis.call('HSET', KEYS[1], 'r', '|' .. ARGV[10])
  elseif at ~= '' and (due == '' or tonumber(at) < tonumber(due)) then
    due = at
  end
end
if due == '' then
  redis.call('ZREM', KEYS[4], ARGV[1])
else
  redis.call('ZADD', KEYS[4], due, ARGV[1])
end

if ARGV[11] ~= '' then redis.call('RPUSH', KEYS[2], ARGV[11]) end

local next = 14
for _ = 1, tonumber(ARGV[13]) do
  redis.call('ZADD', KEYS[5], 0, ARGV[next + 1])
  redis.call('HSET', KEYS[6], ARGV[next + 2], ARGV[next + 3])
  redis.call('ZADD', KEYS[7], 'NX', 0, ARGV[next])
  next = next + 4
end

if #KEYS > 8 then redis.call('ZREMRANGEBYSCORE', KEYS[8], '-inf', ARGV[12]) end
for i = 9, #KEYS do
  redis.call('SET', KEYS[i], ARGV[next + 1], 'PX', ARGV[next + 2])
  redis.call('ZADD', KEYS[8], ARGV[next + 3], ARGV[next])
  if redis.call('PTTL', KEYS[8]) < tonumber(ARGV[next + 2]) then
    redis.call('PEXPIRE', KEYS[8], ARGV[next + 2])
  end
  next = next + 4
end

if ARGV[7] ~= '' then
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
  redis.call('ZADD', KEYS[3], now + tonumber(ARGV[8]), ARGV[7])
  redis.call('EXPIRE', KEYS[3], ARGV[8])
end
return 'done'
