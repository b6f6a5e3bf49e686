-- Takes or renews a lease. Who takes it anew finds the attempts of the holder
-- before ready again at once: that holder is fenced out and will not settle. The
-- same holder that let the lease run out has its attempts in hand still.
-- A holder renews only the very lease that it knows. One of its own that it does not
-- know, since it has given it back or the answer was lost, is taken anew: the word of
-- the giving back may yet be carried out, and must not end what was taken after it.
-- KEYS[1] owner   string "fence holder"
-- KEYS[2] fence   string, how often the lease was taken
-- KEYS[3] ready   sorted set, lane -> band and when; only for a shard's lease
-- KEYS[4] flying  hash, lane -> "id band" of the entry in flight; likewise
-- ARGV[1] holder
-- ARGV[2] life, ms
-- ARGV[3] the fence under which this very holder had it last, 0 if it never did or
--         has given it back
-- Returns the fence as a number, or -1 while another holder has it.
local owner, had = redis.call('GET', KEYS[1]), tonumber(ARGV[3])
if owner then
  local fence, holder = string.match(owner, '^(%d+) (.*)$')
  if holder ~= ARGV[1] then return -1 end
  fence = tonumber(fence)
  if fence == had then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    return fence
  end
  if fence == had + 1 then had = fence end -- nobody else had it in between
end
local fence = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], string.format('%d %s', fence, ARGV[1]), 'PX', ARGV[2])
if KEYS[3] and fence ~= had + 1 then
  for _, lane in ipairs(redis.call('HKEYS', KEYS[4])) do
    redis.call('ZADD', KEYS[3], 'XX', '-inf', lane)
  end
end
return fence
