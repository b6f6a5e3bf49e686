-- The least that a turn could do: read a state, write the next, and add one
-- outbox entry and one timer.
-- KEYS[1] state  string
-- KEYS[2] out    hash, entry -> value
-- KEYS[3] due    sorted set, patient -> ms
-- ARGV[1] state to write
-- ARGV[2] entry id
-- ARGV[3] entry value
-- ARGV[4] patient
-- ARGV[5] due, ms
-- Returns how long the state was that was read, bytes.
local state = redis.call('GET', KEYS[1]) or ''
redis.call('SET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('ZADD', KEYS[3], ARGV[5], ARGV[4])
return #state
