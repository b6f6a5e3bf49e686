-- Deletes a pointer to a conversation: a claim or the key of a chat.
-- KEYS[1] string
-- ARGV[1] conversation it must still hold
-- Returns 1 if it was deleted, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
