-- One batch of a shard, all of it or none of it, by the worker that holds the shard and no other.
--
-- KEYS  1 lease  2 tracks  3 moves  4 cursor  5 sightings  6 recorded
-- ARGV  1 token of the lease
--       2 id of this commit (a commit that was sent twice, because the answer to the first was lost, is done once)
--       3 last sighting entry consumed, or '' when none was
--       4 smallest sighting entry to keep, or ''
--       5 most moves to keep
--       6 smallest move entry that must be kept for readers that come late, whatever history has recorded
--       7 number of tracks changed, then tag id and track of each
--       … number of tracks ended, then tag id of each
--       … number of moves, then each
-- Returns 'done', or 'lost' when another worker holds the shard: then nothing was changed.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'lost' end
if redis.call('HGET', KEYS[4], 'commit') == ARGV[2] then return 'done' end

redis.call('HSET', KEYS[4], 'commit', ARGV[2])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[4], 'entry', ARGV[3]) end

local at = 7
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
  redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[5], '*', 'b', ARGV[at + 1])
  at = at + 1
end

if ARGV[4] ~= '' then redis.call('XTRIM', KEYS[5], 'MINID', ARGV[4]) end

-- Moves that history has, and that are no longer new. The entry history stands on stays: by it a gap is known.
local function millis(id) return tonumber(string.match(id, '^%d+')) end
local recorded = redis.call('GET', KEYS[6])
if recorded then
  local keep = ARGV[6]
  if millis(recorded) < millis(keep) then keep = recorded end
  redis.call('XTRIM', KEYS[3], 'MINID', '~', keep)
end
return 'done'
