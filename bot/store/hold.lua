-- Gives away no place of a platform for a while.
-- KEYS[1] places  hash, see places.lua
-- ARGV[1] for how long, µs
-- Returns "done".
-- Time: the clock of Redis.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local hold = math.max(tonumber(redis.call('HGET', KEYS[1], 'hold') or 0), now + ARGV[1])
redis.call('HSET', KEYS[1], 'hold', string.format('%.0f', hold))
return 'done'
