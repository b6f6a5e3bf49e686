-- Leases conversations of a shard with something due.
-- KEYS[1] owner  string "fence holder" of the shard's lease
-- KEYS[2] due    sorted set, conversation -> ms
-- ARGV[1] "fence holder" that the caller believes in
-- ARGV[2] now, ms
-- ARGV[3] how many at most
-- ARGV[4] when those become due again unless a commit says otherwise, ms
-- Returns {"done", conversation...} or {"fenced"}.
-- Time: the caller's, the clock of the timers.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'fenced'} end
local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[2], 'LIMIT', 0, ARGV[3])
for _, conversation in ipairs(due) do
  redis.call('ZADD', KEYS[2], ARGV[4], conversation)
end
table.insert(due, 1, 'done')
return due
