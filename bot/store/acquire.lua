-- Takes or renews a lease.
-- KEYS[1] owner  string "fence holder"
-- KEYS[2] fence  string, how often the lease changed hands
-- ARGV[1] holder
-- ARGV[2] life, ms
-- Returns the fence as a number, or -1 while another holder has it.
local owner = redis.call('GET', KEYS[1])
if owner then
  local fence, holder = string.match(owner, '^(%d+) (.*)$')
  if holder ~= ARGV[1] then return -1 end
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return tonumber(fence)
end
local fence = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], string.format('%d %s', fence, ARGV[1]), 'PX', ARGV[2])
return fence
