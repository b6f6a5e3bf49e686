-- Gives a lease back if it is still the caller's.
-- KEYS[1] owner  string "fence holder"
-- ARGV[1] "fence holder" that the caller believes in
-- Returns 1 if it was given back, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
