-- Makes an owner the holder of a name unless somebody is.
-- KEYS[1] claim  string
-- ARGV[1] owner
-- ARGV[2] life in ms; 0: for ever
-- Returns the holder.
local holder = redis.call('GET', KEYS[1])
if holder then return holder end
if ARGV[2] == '0' then
  redis.call('SET', KEYS[1], ARGV[1])
else
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return ARGV[1]
