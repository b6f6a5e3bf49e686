-- Ends the lease that another run at the caller's place has left behind.
-- KEYS[1] owner  string "fence holder"; a holder is "place#run"
-- ARGV[1] holder that begins there
-- Returns 1 if it ended one, else 0.
local owner = redis.call('GET', KEYS[1])
if not owner then return 0 end
local holder = string.match(owner, '^%d+ (.*)$')
if holder == ARGV[1] then return 0 end
if string.match(holder, '^[^#]*') ~= string.match(ARGV[1], '^[^#]*') then return 0 end
return redis.call('DEL', KEYS[1])
