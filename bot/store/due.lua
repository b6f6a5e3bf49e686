-- Leases conversations of a shard with something due: those first in which a
-- timer that answers or protects is due, then the others, each the earliest first.
-- KEYS[1] owner  string "fence holder" of the shard's lease
-- KEYS[2] due    sorted set, conversation -> ms
-- KEYS[3] urgent sorted set, conversation -> ms of such a timer; all are in due too
-- ARGV[1] "fence holder" that the caller believes in
-- ARGV[2] now, ms
-- ARGV[3] how many at most
-- ARGV[4] when those become due again unless a commit says otherwise, ms
-- Returns {"done", conversation...} or {"fenced"}.
-- Time: the caller's, the clock of the timers.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'fenced'} end
local taken = {'done'}
local function take(key)
  local due = redis.call('ZRANGEBYSCORE', key, '-inf', ARGV[2], 'LIMIT', 0, ARGV[3] - #taken + 1)
  for _, conversation in ipairs(due) do
    redis.call('ZADD', key, ARGV[4], conversation)
    table.insert(taken, conversation)
  end
  return due
end
for _, conversation in ipairs(take(KEYS[3])) do
  redis.call('ZADD', KEYS[2], ARGV[4], conversation)
end
take(KEYS[2])
return taken
