-- What the registry lacked: notes, a photograph, and more than one tag on an asset (one on the pump, one on its pole).
-- A tag is still on one asset at most: that is the primary key of tag_assignment.

alter table asset add column notes text;

-- Which of its asset's tags it is: the first tells where the asset is while it is heard.
alter table tag_assignment add column ordinal smallint not null default 0;
drop index tag_assignment_asset;
create index tag_assignment_asset on tag_assignment (site_id, asset_id);

-- In the database rather than in files: any process can serve it, and a back-up of the database has it.
create table asset_photo (
  site_id text not null,
  asset_id text not null,
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  bytes bytea not null check (octet_length(bytes) <= 1048576),
  -- Names this photograph in addresses, so that browsers may keep it.
  version text not null,
  set_at timestamptz not null default now(),
  primary key (site_id, asset_id),
  foreign key (site_id, asset_id) references asset (site_id, id) on delete cascade
);
