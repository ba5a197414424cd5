-- Takes a lease or holds it longer; another's lease is left alone.
-- KEYS: 1 the lease
-- ARGV: 1 who wants it, 2 for how long, ms
-- Returns 1 when it is held by who wants it, else 0.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
