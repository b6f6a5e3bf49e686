-- Deletes a pointer to a conversation: a claim or the key of a chat.
-- KEYS[1] string
-- ARGV[1] conversation it must still hold
-- ARGV[2] who is to have a key that ends until it does; empty: nobody, it goes
-- Returns 1 if it was the conversation's, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local left = redis.call('PTTL', KEYS[1])
if ARGV[2] ~= '' and left > 0 then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', left)
else
  redis.call('DEL', KEYS[1])
end
return 1
