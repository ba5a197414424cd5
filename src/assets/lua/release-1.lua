-- Gives a lease back; another's lease is left alone.
-- KEYS: 1 the lease
-- ARGV: 1 who gives it back
-- Returns 1 when it was given back, else 0.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
