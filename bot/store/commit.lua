-- Commits one turn of a conversation: all of it or nothing.
-- Everything is checked before the first write, since Redis rolls nothing back.
--
-- KEYS[1] conversation  hash
-- KEYS[2] journal       list
-- KEYS[3] operations    sorted set, operation -> second it is forgotten
-- KEYS[4] due           sorted set, conversation -> ms
-- KEYS[5] out           sorted set, members in the order they leave
-- KEYS[6] values        hash, entry id -> sealed envelope
-- KEYS[7] ready         sorted set, lane -> band and when: see band.go
-- KEYS[8] secrets       sorted set, hash of code -> ms it ends
-- KEYS[9..] one string per secret
-- ARGV[1] conversation id
-- ARGV[2] version that was loaded
-- ARGV[3] version to store
-- ARGV[4] wrapped data key that was loaded, empty for version 0
-- ARGV[5] wrapped data key to store, empty if it stays
-- ARGV[6] sealed record
-- ARGV[7] keyed hash of the operation, empty if there is none
-- ARGV[8] how long to remember it, seconds
-- ARGV[9] earliest timer in ms, empty if there is none
-- ARGV[10] token of the open question, empty if there is none
-- ARGV[11] sealed journal block, empty if there is none
-- ARGV[12] now in ms, by the clock that secrets end by
-- ARGV[13] number of outbox entries
-- ARGV[14] number of lanes they go to
-- then for each entry "0" and its member, then for each entry its id and value,
-- then for each lane where its band begins and its name,
-- then for each secret: hash of its code, value, life in ms, end in ms
-- Returns "done", "seen" (committed before) or "conflict" (another version).
-- Time: the clock of Redis for the operations, the caller's for the secrets.

local now = tonumber(redis.call('TIME')[1])
local operation = ARGV[7]
local function seen()
  local forgotten = redis.call('ZSCORE', KEYS[3], operation)
  return forgotten and tonumber(forgotten) > now
end

local stored = redis.call('HMGET', KEYS[1], 'v', 'k', 'r')
if (stored[1] or '0') ~= ARGV[2] or (stored[2] or '') ~= ARGV[4] then
  if operation ~= '' and seen() then return 'seen' end
  return 'conflict'
end
if operation ~= '' then
  local till = now + ARGV[8]
  -- Adding it changes nothing when it is there, so this also checks.
  if redis.call('ZADD', KEYS[3], 'NX', till, operation) == 0 then
    if seen() then return 'seen' end
    redis.call('ZADD', KEYS[3], till, operation)
  end
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
  redis.call('EXPIRE', KEYS[3], ARGV[8])
end

-- The reply timer goes on while its question is open. A question that opens
-- now has a token and no instant until it is delivered.
local due, token, reply = ARGV[9], ARGV[10], stored[3]
local opens = false
if token == '' then
  if reply then redis.call('HDEL', KEYS[1], 'r') end
else
  local bar = reply and string.find(reply, '|', 1, true)
  if not bar or string.sub(reply, bar + 1) ~= token then
    opens = true
  elseif bar > 1 then
    local at = string.sub(reply, 1, bar - 1)
    if due == '' or tonumber(at) < tonumber(due) then due = at end
  end
end
if ARGV[5] ~= '' then redis.call('HSET', KEYS[1], 'k', ARGV[5]) end
if opens then
  redis.call('HSET', KEYS[1], 'v', ARGV[3], 's', ARGV[6], 'r', '|' .. token)
else
  redis.call('HSET', KEYS[1], 'v', ARGV[3], 's', ARGV[6])
end
if due == '' then
  redis.call('ZREM', KEYS[4], ARGV[1])
else
  redis.call('ZADD', KEYS[4], due, ARGV[1])
end
if ARGV[11] ~= '' then redis.call('RPUSH', KEYS[2], ARGV[11]) end

local next, entries = 15, 2 * ARGV[13]
if entries > 0 then
  redis.call('ZADD', KEYS[5], unpack(ARGV, next, next + entries - 1))
  next = next + entries
  redis.call('HSET', KEYS[6], unpack(ARGV, next, next + entries - 1))
  next = next + entries
  -- A lane that waits already keeps its turn, but an answer goes to the
  -- answers. One in flight lies lower and stays where it is.
  for _ = 1, tonumber(ARGV[14]) do
    redis.call('ZADD', KEYS[7], 'LT', string.format('%.0f', ARGV[next] + now), ARGV[next + 1])
    next = next + 2
  end
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
return 'done'
