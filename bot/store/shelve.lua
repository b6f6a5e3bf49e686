-- Keeps updates on a shelf. One that is there already stays as it was.
-- KEYS[1]  shelf  hash: update id -> sealed time and update
-- ARGV     update id and sealed value, in turn
for i = 1, #ARGV, 2 do
  redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1])
end
