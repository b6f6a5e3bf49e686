-- Takes or renews a lease. Who takes it anew finds the attempts of the holder
-- before ready again at once: that holder is fenced out and will not settle. The
-- same holder that let the lease run out has its attempts in hand still.
-- KEYS[1] owner   string "fence holder"
-- KEYS[2] fence   string, how often the lease changed hands
-- KEYS[3] ready   sorted set, lane -> band and when; only for a shard's lease
-- KEYS[4] flying  hash, lane -> "id band" of the entry in flight; likewise
-- ARGV[1] holder
-- ARGV[2] life, ms
-- ARGV[3] the fence under which this very holder had it last, 0 if it never did
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
if KEYS[3] and fence ~= ARGV[3] + 1 then
  for _, lane in ipairs(redis.call('HKEYS', KEYS[4])) do
    redis.call('ZADD', KEYS[3], 'XX', '-inf', lane)
  end
end
return fence
