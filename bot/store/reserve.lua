-- Gives away the next places of a platform: instants, evenly spaced, at which
-- one message each may leave.
-- KEYS[1] budget  string, µs up to which places are given away
-- ARGV[1] µs between two places
-- ARGV[2] how many are asked for
-- ARGV[3] µs from now within which a place may lie
-- ARGV[4] µs before now from which on what nobody took may be given yet
-- Returns {how many are given, µs from now to the first of them, which may lie
-- before}, or
-- {0, µs from now until there is one to be had}. Numbers.
-- Time: the clock of Redis, so that no replica's clock counts.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local every, asked, ahead = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local from = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now - ARGV[4])
if from > now + ahead then return {0, from - ahead - now} end
local given = math.min(asked, math.floor((now + ahead - from) / every) + 1)
local up = from + given * every
redis.call('SET', KEYS[1], string.format('%.0f', up), 'PX', math.ceil(math.max(up - now, 0) / 1000) + 1000)
return {given, from - now}
