-- How long rows are kept depends on the class of the tag (FIX_RETENTION_BY_CLASS): of a badge only as long as the rules
-- of the house say. The class a tag had when the row was written stands in the row, so that a tag that leaves the
-- registry, or returns to it as another, does not keep old rows longer. A constant default rewrites nothing. In the
-- columnstore the class stands beside the tag, so that the rows of one class are deleted without being unpacked; chunks
-- that were compressed before stay as they are.

alter table fix add column class text not null default 'asset';
alter table fix set (timescaledb.segmentby = 'tag_id, class');
alter table stay add column class text not null default 'asset';

-- How far rows of a class were deleted before their days were dropped.
create table class_forgotten (
  class text primary key,
  until timestamptz not null
);
