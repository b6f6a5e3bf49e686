-- The least that taking due patients could do: find the earliest and put each
-- off, so that nobody else takes them.
-- KEYS[1] due  sorted set, patient -> ms
-- ARGV[1] now, ms
-- ARGV[2] how many at most
-- ARGV[3] when they become due again, ms
-- Returns the patients.
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, patient in ipairs(due) do
  redis.call('ZADD', KEYS[1], ARGV[3], patient)
end
return due
