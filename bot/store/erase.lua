-- Destroys a conversation's key and everything of it in its slot.
-- KEYS[1] conversation  hash; the wrapped data key is in it
-- KEYS[2] journal       list
-- KEYS[3] secrets       sorted set, hash of code -> ms it ends
-- KEYS[4] due           sorted set, conversation -> ms
-- KEYS[5] out           sorted set, members in the order they leave
-- KEYS[6] values        hash, entry id -> sealed envelope
-- KEYS[7] tries         hash, entry id -> text
-- KEYS[8] ready         sorted set, lane -> band and when: see band.go
-- KEYS[9] dead          sorted set, member -> ms it was given up
-- KEYS[10] flying       hash, lane -> "id band" of the entry in flight
-- KEYS[11] urgent       sorted set, conversation -> ms
-- ARGV[1] conversation id
-- Returns {turns, journal blocks, waiting entries, dead entries, hash of a code...}:
-- the numbers as texts; what stands under the hashes is unreadable now and left
-- for the caller to delete.
local function gone(member)
  local lane, id = string.match(member, '^([^:]*:[^:]*):.*:([^:]*)$')
  redis.call('HDEL', KEYS[6], id)
  redis.call('HDEL', KEYS[7], id)
  redis.call('HDEL', KEYS[10], lane)
  redis.call('ZREM', KEYS[8], lane)
end

-- What was called off while it was in flight is in neither: see commit.lua.
local flying = redis.call('HGETALL', KEYS[10])
for i = 1, #flying, 2 do
  if string.sub(flying[i], 1, #ARGV[1] + 1) == ARGV[1] .. ':' then
    gone(flying[i] .. '::' .. string.match(flying[i + 1], '^%S+'))
  end
end

local waiting = redis.call('ZRANGEBYLEX', KEYS[5], '[' .. ARGV[1] .. ':', '(' .. ARGV[1] .. ';')
for _, member in ipairs(waiting) do
  gone(member)
  redis.call('ZREM', KEYS[5], member)
end
local dead = 0
for _, member in ipairs(redis.call('ZRANGE', KEYS[9], 0, -1)) do
  if string.sub(member, 1, #ARGV[1] + 1) == ARGV[1] .. ':' then
    gone(member)
    redis.call('ZREM', KEYS[9], member)
    dead = dead + 1
  end
end

local told = {
  redis.call('HGET', KEYS[1], 'v') or '0',
  tostring(redis.call('LLEN', KEYS[2])), tostring(#waiting), tostring(dead),
}
for _, hash in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do table.insert(told, hash) end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('ZREM', KEYS[11], ARGV[1])
return told
