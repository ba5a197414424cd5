-- A sign of life of one worker, on Redis's clock.
--
-- KEYS  1 workers: sorted set worker → last sign of life, epoch ms
-- ARGV  1 worker  2 milliseconds after which a worker that gives no sign counts as dead; 0 says goodbye
-- Returns how many workers live.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[2] == '0' then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[1], now, ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
end
return redis.call('ZCARD', KEYS[1])
