-- One batch of a shard, all of it or none of it, by the worker that holds the shard and no other.
--
-- Moves are written with every batch; tracks only now and then, with how far they reach ('tracked'). Whoever takes the
-- shard next takes the sightings from there up to 'entry' again, without announcing what comes of them.
--
-- KEYS  1 lease  2 tracks  3 moves  4 cursor  5 sightings  6 recorded  7 positions
-- ARGV  1 token of the lease
--       2 id of this commit (a commit that was sent twice, because the answer to the first was lost, is done once)
--       3 last sighting entry consumed
--       4 how far the tracks reach that come with it, or '' when none come
--       5 smallest sighting entry to keep, or ''
--       6 most entries of moves to keep
--       7 smallest move entry that must be kept for readers that come late, whatever history has recorded
--       8 smallest entry of positions to keep
--       9 number of tracks changed, then tag id and track of each
--       … number of tracks ended, then tag id of each
--       … number of entries of positions, then each
--       … number of entries of moves, then each
-- Returns 'done', or 'lost' when another worker holds the shard: then nothing was changed.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'lost' end
if redis.call('HGET', KEYS[4], 'commit') == ARGV[2] then return 'done' end

redis.call('HSET', KEYS[4], 'commit', ARGV[2], 'entry', ARGV[3])

local at = 9
for _ = 1, tonumber(ARGV[at]) do
  redis.call('HSET', KEYS[2], ARGV[at + 1], ARGV[at + 2])
  at = at + 2
end
at = at + 1
for _ = 1, tonumber(ARGV[at]) do
  redis.call('HDEL', KEYS[2], ARGV[at + 1])
  at = at + 1
end
at = at + 1
for _ = 1, tonumber(ARGV[at]) do
  redis.call('XADD', KEYS[7], '*', 'b', ARGV[at + 1])
  at = at + 1
end
at = at + 1
local announced
for _ = 1, tonumber(ARGV[at]) do
  announced = redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[6], '*', 'b', ARGV[at + 1])
  at = at + 1
end
if announced then
  redis.call('HSET', KEYS[4], 'announced', announced)
  redis.call('HSETNX', KEYS[4], 'moves', '0-0')
end
redis.call('XTRIM', KEYS[7], 'MINID', '~', ARGV[8])
if ARGV[4] == '' then return 'done' end

-- The tracks are whole: whoever reads them reads on from the last move announced.
redis.call('HSET', KEYS[4], 'tracked', ARGV[4])
announced = redis.call('HGET', KEYS[4], 'announced')
if announced then redis.call('HSET', KEYS[4], 'moves', announced) end
redis.call('XTRIM', KEYS[5], 'MINID', ARGV[5])

-- Moves that history has, and that are no longer new. The entry history stands on stays: by it a gap is known.
local function millis(id) return tonumber(string.match(id, '^%d+')) end
local recorded = redis.call('GET', KEYS[6])
if recorded then
  local keep = ARGV[7]
  if millis(recorded) < millis(keep) then keep = recorded end
  redis.call('XTRIM', KEYS[3], 'MINID', '~', keep)
end
return 'done'
