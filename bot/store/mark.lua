-- Marks a conversation, if there is one, as no longer that of a chat.
-- KEYS[1] conversation  hash
-- ARGV[1] mark
-- Returns 1 or 0: whether there is one.
local is = redis.call('HEXISTS', KEYS[1], 'v')
if is == 1 then redis.call('HSET', KEYS[1], 'm', ARGV[1]) end
return is
