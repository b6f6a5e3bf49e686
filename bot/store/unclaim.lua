-- Deletes a claim or a chat's pointer if it is still held by this owner.
-- KEYS[1] string
-- ARGV[1] owner
-- Returns 1 if it was deleted, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
