-- Gives away no place of a platform for a while.
-- KEYS[1] budget  string, µs up to which places are given away
-- ARGV[1] for how long, µs
-- Returns "done".
-- Time: the clock of Redis.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local up = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now + ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', up), 'PX', math.ceil((up - now) / 1000) + 1000)
return 'done'
