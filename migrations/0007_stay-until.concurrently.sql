-- Counting an hour, asking about the one that is not over, and deleting old stays all look for stays by when they ended.
-- The table may be large by now: the index is built while rows are written.

create index concurrently if not exists stay_until on stay (coalesce(left_at, 'infinity'::timestamptz));
