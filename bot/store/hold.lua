-- Gives away no place of a platform for a while: see places.lua.
-- KEYS[1] places  hash, see places.lua
-- ARGV[1] for how long, µs
-- Returns "done".
-- Time: the clock of Redis.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local was = redis.call('HMGET', KEYS[1], 'hold', 'holds')
local left = (tonumber(was[1]) or 0) - now
-- What lies further away than it was long was noted before the clock was set back.
if left > (tonumber(was[2]) or left) then left = 0 end
if left < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'hold', string.format('%.0f', now + ARGV[1]), 'holds', ARGV[1])
end
return 'done'
