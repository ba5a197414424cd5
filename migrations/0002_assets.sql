-- The registry of equipment: what each asset is (asset), which tag it wears (tag_assignment), and what people said of
-- it (asset_status). Rows belong to a site, so that one database can serve plans tried one after another.
-- An asset that is taken out of use is retired, not deleted: the seed file of its site must not bring it back, and its
-- history keeps its name.

create table asset (
  site_id text not null,
  id text not null,
  name text not null,
  kind text not null,
  number text,
  serial text,
  owner_section_id text,
  home_unit_id text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (site_id, id)
);

-- A tag is followed while it stands here. Reference tags and sensors belong to no asset.
create table tag_assignment (
  site_id text not null,
  tag_id text not null,
  class text not null check (class in ('asset', 'badge', 'sensor', 'reference')),
  asset_id text,
  assigned_at timestamptz not null default now(),
  primary key (site_id, tag_id),
  foreign key (site_id, asset_id) references asset (site_id, id) on delete cascade
);

-- An asset wears one tag.
create unique index tag_assignment_asset on tag_assignment (site_id, asset_id);

create table asset_status (
  id bigint generated always as identity primary key,
  site_id text not null,
  asset_id text not null,
  status text not null check (status in ('free', 'in-use', 'needs-cleaning', 'out-of-service', 'unknown')),
  note text,
  -- Type of the space the asset was in then: the status ends when it is taken to another.
  space_type text,
  set_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by text check (ended_by in ('cleared', 'replaced', 'moved', 'expired')),
  foreign key (site_id, asset_id) references asset (site_id, id) on delete cascade,
  check ((ended_at is null) = (ended_by is null))
);

-- One status at a time holds.
create unique index asset_status_holding on asset_status (site_id, asset_id) where ended_at is null;
create index asset_status_asset on asset_status (site_id, asset_id, set_at);
