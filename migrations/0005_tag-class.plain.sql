-- How long rows are kept depends on the class of the tag (FIX_RETENTION_BY_CLASS): of a badge only as long as the rules
-- of the house say. The class a tag had when the row was written stands in the row, so that a tag that leaves the
-- registry, or returns to it as another, does not keep old rows longer. A constant default rewrites nothing.

alter table fix add column class text not null default 'asset';
alter table stay add column class text not null default 'asset';

-- How far rows of a class were deleted before their days were dropped.
create table class_forgotten (
  class text primary key,
  until timestamptz not null
);
