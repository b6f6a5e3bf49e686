-- Leases the heads of lanes that may be attempted, and notes the attempts.
-- KEYS[1] owner   string "fence holder" of the shard's lease
-- KEYS[2] ready   sorted set, lane -> band and when: see band.go
-- KEYS[3] out     sorted set, members in the order they leave
-- KEYS[4] values  hash, entry id -> sealed envelope
-- KEYS[5] tries   hash, entry id -> "attempts flying unsure since member", and
--                 behind it, if there were any, how many of them came to nothing
--                 before the message left, and behind that, if there are any, how
--                 many parts of the message are in the chat
-- KEYS[6] flying  hash, lane -> "id band" of the entry in flight, where the
--                 band is that of its platform's answers
-- KEYS[7] pace    sorted set, lane -> ms before which its chat is left alone: see
--                 settle.lua
-- ARGV[1] "fence holder" that the caller believes in
-- ARGV[2] now, ms
-- ARGV[3] when the leases run out, ms
-- ARGV[4] width of a band
-- then for each kind of lane: where its band begins, the beginning of its
-- platform's answers, how many lanes at most
-- Returns {"done", for each kind how many lanes more may be attempted: "0", or
-- "1" for any number, then for each entry: lane, id, value, attempt, how many
-- before it came to nothing, unsure, since, parts in the chat} or {"fenced"}. All are texts; since is
-- in ms, unsure 0 or 1.
-- Time: the caller's, the clock of delivery.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'fenced'} end
local now, width = tonumber(ARGV[2]), tonumber(ARGV[4])
local function score(number) return string.format('%.0f', number) end
-- Below this a place in a band is a second, from it on an instant in ms.
local firstMS = 1e11

local function head(lane)
  return redis.call('ZRANGEBYLEX', KEYS[3], '[' .. lane .. ':', '(' .. lane .. ';', 'LIMIT', 0, 1)[1]
end
local function gone(lane)
  redis.call('ZREM', KEYS[2], lane)
  redis.call('HDEL', KEYS[6], lane)
end

-- What was in flight and never settled goes to the front of its band.
for _, lane in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', score(now - width), 'LIMIT', 0, 100)) do
  local first = head(lane)
  local flew, begin = string.match(redis.call('HGET', KEYS[6], lane) or '', '^(%S+) (%d+)$')
  local member = flew and string.match(redis.call('HGET', KEYS[5], flew) or '', '^%d+ 1 %d %d+ (%S+)')
  if member and not redis.call('ZSCORE', KEYS[3], member) then -- it was called off: see commit.lua
    redis.call('HDEL', KEYS[4], flew)
    redis.call('HDEL', KEYS[5], flew)
  end
  if not first or not begin then
    gone(lane)
  else
    local class = string.match(first, '^[^:]*:[^:]*:(%d)')
    redis.call('ZADD', KEYS[2], score(begin + class * width), lane)
  end
end

-- The clock was set back: see settle.lua.
if tonumber(redis.call('ZSCORE', KEYS[7], '') or 0) > now + 60000 then redis.call('DEL', KEYS[7]) end

local answer, entries = {'done'}, {}
local function take(lane, band, begin)
  local first = head(lane)
  if not first then return gone(lane) end
  local alone = redis.call('ZSCORE', KEYS[7], lane)
  if alone and tonumber(alone) > now then
    redis.call('ZADD', KEYS[2], score(band + alone), lane)
    return
  end
  local id = string.match(first, '[^:]*$')
  local try = redis.call('HGET', KEYS[5], id) or '0 0 0 ' .. ARGV[2] .. ' ' .. first
  local attempts, flying, unsure, since, rest = string.match(try, '^(%d+) (%d) (%d) (%d+) %S+( ?%d* ?%d*)')
  -- An attempt that was never settled may have arrived.
  if flying == '1' then unsure = '1' end
  local attempt = string.format('%d', tonumber(attempts) + 1)
  redis.call('HSET', KEYS[5], id, attempt .. ' 1 ' .. unsure .. ' ' .. since .. ' ' .. first .. rest)
  redis.call('HSET', KEYS[6], lane, id .. ' ' .. begin)
  redis.call('ZADD', KEYS[2], score(ARGV[3] - width), lane)
  for _, part in ipairs({lane, id, redis.call('HGET', KEYS[4], id) or '', attempt, string.match(rest, '%d+') or '0', unsure, since, string.match(rest, '%d+ (%d+)') or '0'}) do
    table.insert(entries, part)
  end
  return true
end

-- Every lane that is looked at leaves the range it was found in, so this ends.
for i = 5, #ARGV, 3 do
  local band, begin, left = tonumber(ARGV[i]), ARGV[i + 1], tonumber(ARGV[i + 2])
  -- Those that had to wait have been here before those that may go at once.
  local ranges = {{score(band + firstMS), score(band + now)}, {score(band), '(' .. score(band + firstMS)}}
  for _, range in ipairs(ranges) do
    while left > 0 do
      local lanes = redis.call('ZRANGEBYSCORE', KEYS[2], range[1], range[2], 'LIMIT', 0, left)
      if #lanes == 0 then break end
      for _, lane in ipairs(lanes) do
        if take(lane, band, begin) then left = left - 1 end
      end
    end
  end
  local more = #redis.call('ZRANGEBYSCORE', KEYS[2], score(band), score(band + now), 'LIMIT', 0, 1)
  table.insert(answer, tostring(more))
end
for _, part in ipairs(entries) do table.insert(answer, part) end
return answer
