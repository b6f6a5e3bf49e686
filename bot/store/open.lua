-- Claims an empty Redis for a number of shards and a keyset, or reads whose it is.
-- KEYS[1] base  hash
-- ARGV[1] number of shards
-- ARGV[2] keyed hash of a fixed text: the same under the same keyset only
-- Returns {shards, keyed hash} as they stand in Redis.
redis.call('HSETNX', KEYS[1], 'shards', ARGV[1])
redis.call('HSETNX', KEYS[1], 'mark', ARGV[2])
return redis.call('HMGET', KEYS[1], 'shards', 'mark')
