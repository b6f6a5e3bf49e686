-- Ends an attempt at an outbox entry.
-- KEYS[1] owner         string "fence holder" of the shard's lease
-- KEYS[2] ready         sorted set, lane -> band and when: see band.go
-- KEYS[3] out           sorted set, members in the order they leave
-- KEYS[4] values        hash, entry id -> sealed envelope
-- KEYS[5] tries         hash, see take.lua; of a dead entry with its reason
-- KEYS[6] dead          sorted set, member -> ms it was given up
-- KEYS[7] conversation  hash
-- KEYS[8] due           sorted set, conversation -> ms
-- KEYS[9] flying        hash, lane -> "id band" of the entry in flight
-- KEYS[10] pace         sorted set, lane -> ms before which its chat is left alone; the
--                       lane without a name has the instant of the last note
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
-- ARGV[14] where the band of the platform's answers begins
-- ARGV[15] width of a band
-- ARGV[16] now, ms, by the clock of delivery
-- ARGV[17] ms that one message takes of its chat's time, 0 if it takes none
-- ARGV[18] ms by which messages may run ahead of that
-- ARGV[19] ms before which the chat is to be left alone, 0 if it need not be
-- ARGV[20] 1 if the attempt came to nothing before the message left, else 0
-- ARGV[21] how many parts of the message are in the chat by now
-- Returns "more" if the lane has another entry that may leave now, "done" if not
-- or if this attempt was ended before; "fenced" if the shard or the entry is in
-- other hands.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
local lane, id = ARGV[2], ARGV[3]
local try = redis.call('HGET', KEYS[5], id)
if not try then return 'done' end
local attempt, flying, unsure, since, member, untried, parts = string.match(try, '^(%d+) (%d) (%d) (%d+) (%S+) ?(%d*) ?(%d*)')
if attempt ~= ARGV[4] then return 'fenced' end
if flying ~= '1' then return 'done' end

-- One that was called off in flight is not tried again: see commit.lua.
local verdict = ARGV[5]
if verdict == 'retry' and not redis.call('ZSCORE', KEYS[3], member) then verdict = 'done' end

if ARGV[7] == '1' then unsure = '1' end
local ended = attempt .. ' 0 ' .. unsure .. ' ' .. since .. ' ' .. member
untried = (tonumber(untried) or 0) + ARGV[20]
parts = math.max(tonumber(parts) or 0, tonumber(ARGV[21]))
if untried > 0 or parts > 0 then ended = ended .. string.format(' %d', untried) end
if parts > 0 then ended = ended .. string.format(' %d', parts) end
-- When the lease ran out and an answer went ahead, the lane is the answer's.
local flies = redis.call('HGET', KEYS[9], lane)
local ours = not flies or string.match(flies, '^%S+') == id
if ours then redis.call('HDEL', KEYS[9], lane) end

-- The chat's time: what went out now is paid for by waiting. See limit.go.
local now, every, ahead, alone = tonumber(ARGV[16]), tonumber(ARGV[17]), tonumber(ARGV[18]), tonumber(ARGV[19])
if every > 0 or alone > 0 then
  -- After the clock was set back, what was noted before says nothing.
  local noted = tonumber(redis.call('ZSCORE', KEYS[10], '') or 0)
  if noted > now + 60000 then redis.call('DEL', KEYS[10]) end
  local before = tonumber(redis.call('ZSCORE', KEYS[10], lane) or 0)
  if every > 0 then before = math.max(before, now - ahead) + every end
  alone = math.max(alone, before)
  redis.call('ZADD', KEYS[10], string.format('%.0f', alone), lane, string.format('%.0f', now), '')
  redis.call('ZREMRANGEBYSCORE', KEYS[10], '-inf', string.format('%.0f', now - 60000))
  local life = string.format('%.0f', math.max(alone - now, 0) + 60000)
  if redis.call('PTTL', KEYS[10]) < tonumber(life) then redis.call('PEXPIRE', KEYS[10], life) end
end

-- Puts the lane where its head belongs, to be attempted from an instant on.
local answer = 'done'
local function line(first, from)
  local band = ARGV[14] + string.match(first, '^[^:]*:[^:]*:(%d)') * ARGV[15]
  from = tonumber(from)
  if alone > now then from = math.max(from, alone) end
  if from <= now then answer = 'more' end
  redis.call('ZADD', KEYS[2], string.format('%.0f', band + from), lane)
end
local function head()
  return redis.call('ZRANGEBYLEX', KEYS[3], '[' .. lane .. ':', '(' .. lane .. ';', 'LIMIT', 0, 1)[1]
end

if verdict == 'retry' then
  redis.call('HSET', KEYS[5], id, ended)
  if ours then
    local first = head()
    -- An answer that came meanwhile does not wait for what failed.
    if first then line(first, first == member and ARGV[6] or 0) end
  end
  return answer
end

redis.call('ZREM', KEYS[3], member)
if ours then
  local first = head()
  if first then line(first, 0) else redis.call('ZREM', KEYS[2], lane) end
end

if verdict == 'dead' then
  redis.call('HSET', KEYS[5], id, ended .. ' ' .. ARGV[13])
  redis.call('ZADD', KEYS[6], ARGV[11], member)
  for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[6], '-inf', '(' .. ARGV[12], 'LIMIT', 0, 100)) do
    local oldId = string.match(old, '[^:]*$')
    redis.call('HDEL', KEYS[4], oldId)
    redis.call('HDEL', KEYS[5], oldId)
    redis.call('ZREM', KEYS[6], old)
  end
  return answer
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
return answer
