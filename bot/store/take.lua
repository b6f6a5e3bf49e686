-- Leases the heads of lanes that may be attempted, and notes the attempts.
-- KEYS[1] owner   string "fence holder" of the shard's lease
-- KEYS[2] ready   sorted set, lane -> ms not before
-- KEYS[3] out     sorted set, members in the order they leave
-- KEYS[4] values  hash, entry id -> sealed envelope
-- KEYS[5] tries   hash, entry id -> "attempts flying unsure since member"
-- KEYS[6] flying  hash, lane -> id of the entry in flight
-- ARGV[1] "fence holder" that the caller believes in
-- ARGV[2] now, ms
-- ARGV[3] how many lanes at most
-- ARGV[4] when the leases run out, ms
-- Returns {"done", then for each entry: lane, id, value, attempt, unsure, since}
-- or {"fenced"}. All are texts; since is in ms, unsure 0 or 1.
-- Time: the caller's, the clock of delivery.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'fenced'} end
local taken = {'done'}
local lanes = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[2], 'LIMIT', 0, ARGV[3])
for _, lane in ipairs(lanes) do
  local head = redis.call('ZRANGEBYLEX', KEYS[3], '[' .. lane .. ':', '(' .. lane .. ';', 'LIMIT', 0, 1)[1]
  if not head then
    redis.call('ZREM', KEYS[2], lane)
    redis.call('HDEL', KEYS[6], lane)
  else
    local id = string.match(head, '[^:]*$')
    local try = redis.call('HGET', KEYS[5], id) or '0 0 0 ' .. ARGV[2] .. ' ' .. head
    local attempts, flying, unsure, since = string.match(try, '^(%d+) (%d) (%d) (%d+) ')
    -- An attempt that was never settled may have arrived.
    if flying == '1' then unsure = '1' end
    local attempt = string.format('%d', tonumber(attempts) + 1)
    redis.call('HSET', KEYS[5], id, attempt .. ' 1 ' .. unsure .. ' ' .. since .. ' ' .. head)
    redis.call('HSET', KEYS[6], lane, id)
    redis.call('ZADD', KEYS[2], ARGV[4], lane)
    for _, part in ipairs({lane, id, redis.call('HGET', KEYS[4], id) or '', attempt, unsure, since}) do
      table.insert(taken, part)
    end
  end
end
return taken
