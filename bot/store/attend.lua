-- Notes that a holder is alive, and counts those that are.
-- KEYS[1] alive  sorted set, holder -> ms until which it counts
-- ARGV[1] holder
-- ARGV[2] life, ms
-- Returns {how many are alive, this one included; now, ms}.
-- Time: the clock of Redis.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return {redis.call('ZCARD', KEYS[1]), now}
