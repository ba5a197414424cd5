-- KEYS  1 lease
-- ARGV  1 token  2 milliseconds until the lease ends; 0 gives it back
-- Returns 1 when the token held the shard, 0 when not: then nothing was changed.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '0' then return redis.call('DEL', KEYS[1]) end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
