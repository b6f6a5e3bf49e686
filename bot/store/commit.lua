-- Commits one turn of a conversation: all of it or nothing.
-- Everything is checked before the first write, since Redis rolls nothing back.
--
-- KEYS[1] conversation  hash
-- KEYS[2] journal       list
-- KEYS[3] due           sorted set, conversation -> ms
-- KEYS[4] out           sorted set, members in the order they leave
-- KEYS[5] values        hash, entry id -> sealed envelope
-- KEYS[6] ready         sorted set, lane -> band and when: see band.go
-- KEYS[7] secrets       sorted set, hash of code -> ms it ends
-- KEYS[8] urgent        sorted set, conversation -> ms
-- KEYS[9..] one string per secret, and if anything is called off:
-- KEYS[last-1] tries    hash, see take.lua
-- KEYS[last] flying     hash, lane -> "id band" of the entry in flight
-- ARGV[1] conversation id
-- ARGV[2] version that was loaded, with its stamp; 0 for none
-- ARGV[3] wrapped data key that was loaded, empty for version 0
-- ARGV[4] mark of moved chats that was loaded, empty if there was none
-- ARGV[5] earliest timer in ms, empty if there is none
-- ARGV[6] 1 if the due index is to say exactly that; else it may stay earlier
-- ARGV[7] token of the open question, empty if there is none
-- ARGV[8] sealed journal block, empty if there is none
-- ARGV[9] 1 if the older lines go, else 0
-- ARGV[10] now in ms, by the clock that secrets end by
-- ARGV[11] number of arguments that are fields of the conversation
-- ARGV[12] number of outbox entries
-- ARGV[13] number of lanes they go to
-- ARGV[14] number of entries that are called off
-- ARGV[15] earliest timer that answers or protects in ms, empty if there is none
-- then the fields and their values,
-- then for each entry "0" and its member, then for each entry its id and value,
-- then for each lane its place in its band and its name,
-- then for each secret: hash of its code, value, life in ms, end in ms,
-- then the ids of those that are called off
-- Returns "done" or "conflict" (another version, or other chats).
-- Time: the caller's.

local stored = redis.call('HMGET', KEYS[1], 'v', 'k', 'm', 'r')
if (stored[1] or '0') ~= ARGV[2] or (stored[2] or '') ~= ARGV[3] or (stored[3] or '') ~= ARGV[4] then
  return 'conflict'
end

-- The reply timer goes on while its question is open. A question that opens
-- now has a token and no instant until it is delivered.
local due, token, reply = ARGV[5], ARGV[7], stored[4]
local next = 16 + ARGV[11]
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
if opens then
  redis.call('HSET', KEYS[1], 'r', '|' .. token, unpack(ARGV, 16, next - 1))
else
  redis.call('HSET', KEYS[1], unpack(ARGV, 16, next - 1))
end
if ARGV[9] == '1' then redis.call('HDEL', KEYS[1], 't') end
if ARGV[8] ~= '' then redis.call('RPUSH', KEYS[2], ARGV[8]) end

-- An index that is early costs a look at the conversation, and saves most turns
-- the work of moving it. A timer's turn has looked.
local function index(key, at)
  if ARGV[6] ~= '1' then
    if at ~= '' then redis.call('ZADD', key, 'LT', at, ARGV[1]) end
  elseif at == '' then
    redis.call('ZREM', key, ARGV[1])
  else
    redis.call('ZADD', key, at, ARGV[1])
  end
end
index(KEYS[3], due)
index(KEYS[8], ARGV[15])

-- What is called off leaves the outbox, before what this turn writes comes to it.
-- One in flight keeps its value: settle.lua ends it, or take.lua when nobody does.
local off, secrets = tonumber(ARGV[14]), #KEYS
if off > 0 then
  secrets = secrets - 2
  local tries, flying = KEYS[#KEYS - 1], KEYS[#KEYS]
  local called = {}
  for i = #ARGV - off + 1, #ARGV do called[ARGV[i]] = true end
  for _, member in ipairs(redis.call('ZRANGEBYLEX', KEYS[4], '[' .. ARGV[1] .. ':', '(' .. ARGV[1] .. ';')) do
    local lane, id = string.match(member, '^([^:]*:[^:]*):.*:([^:]*)$')
    if called[id] then
      redis.call('ZREM', KEYS[4], member)
      -- A lane in flight lies below all bands: see band.go.
      local flies = string.sub(redis.call('ZSCORE', KEYS[6], lane) or '', 1, 1) == '-'
      local last = string.match(redis.call('HGET', flying, lane) or '', '^%S+') == id
      if not (flies and last) then
        redis.call('HDEL', KEYS[5], id)
        redis.call('HDEL', tries, id)
        if last then redis.call('HDEL', flying, lane) end
      end
      if not flies and #redis.call('ZRANGEBYLEX', KEYS[4], '[' .. lane .. ':', '(' .. lane .. ';', 'LIMIT', 0, 1) == 0 then
        redis.call('ZREM', KEYS[6], lane)
      end
    end
  end
end

local entries = 2 * ARGV[12]
if entries > 0 then
  redis.call('ZADD', KEYS[4], unpack(ARGV, next, next + entries - 1))
  next = next + entries
  redis.call('HSET', KEYS[5], unpack(ARGV, next, next + entries - 1))
  next = next + entries
  -- A lane that waits already keeps its turn, but an answer goes to the
  -- answers. One in flight lies lower and stays where it is.
  redis.call('ZADD', KEYS[6], 'LT', unpack(ARGV, next, next + 2 * ARGV[13] - 1))
  next = next + 2 * ARGV[13]
end

if secrets > 8 then redis.call('ZREMRANGEBYSCORE', KEYS[7], '-inf', ARGV[10]) end
for i = 9, secrets do
  redis.call('SET', KEYS[i], ARGV[next + 1], 'PX', ARGV[next + 2])
  redis.call('ZADD', KEYS[7], ARGV[next + 3], ARGV[next])
  if redis.call('PTTL', KEYS[7]) < tonumber(ARGV[next + 2]) then
    redis.call('PEXPIRE', KEYS[7], ARGV[next + 2])
  end
  next = next + 4
end
return 'done'
