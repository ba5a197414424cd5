-- Takes a shard that is free, or that this worker held when it lost sight of it.
--
-- KEYS  1 lease
-- ARGV  1 worker  2 token, beginning with the worker  3 milliseconds until the lease ends
-- Returns 1 when the worker holds the shard now, 0 when another does.

local holder = redis.call('GET', KEYS[1])
if holder and string.sub(holder, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
