-- What people and devices say of equipment, and what became of it: statuses of staff and of the device's own feed side by
-- side, claims ("I am on my way to it"), corrections ("it is not here"), measured search times, and every change of
-- availability once, for questions of use later. A tablet's random id is kept a day and no longer; no person is named.

alter table asset_status
  add column source text not null default 'staff' check (source in ('staff', 'device')),
  add column reason text check (reason in ('fault', 'maintenance', 'recall')),
  -- The correction it was said with; null when it was set in the asset's details.
  add column correction text,
  -- A device says the same again and again: when it last did.
  add column confirmed_at timestamptz;

alter table asset_status drop constraint asset_status_ended_by_check;
alter table asset_status add constraint asset_status_ended_by_check
  check (ended_by in ('cleared', 'replaced', 'moved', 'expired', 'undone'));

-- One status at a time holds of each source.
drop index asset_status_holding;
create unique index asset_status_holding on asset_status (site_id, asset_id, source) where ended_at is null;

-- One claim an asset; the row is replaced when it has run out, so the primary key decides who was first.
create table claim (
  site_id text not null,
  asset_id text not null,
  tablet text not null,
  claimed_at timestamptz not null,
  until timestamptz not null,
  primary key (site_id, asset_id),
  foreign key (site_id, asset_id) references asset (site_id, id) on delete cascade
);

create table correction (
  -- Made by the tablet: the same correction sent twice is one.
  id uuid primary key,
  site_id text not null,
  asset_id text not null,
  tablet text,
  code text not null check (code in ('not-here', 'in-use', 'dirty', 'broken', 'free', 'found', 'returned')),
  note text,
  said_at timestamptz not null,
  received_at timestamptz not null default now(),
  -- Where the asset was shown.
  unit_id text,
  -- Which evidence spoke for what was shown and was wrong: it counts less for this asset for some time.
  misled text[] not null default '{}',
  -- The status this correction set, and the one it put an end to: undone together.
  status_id bigint references asset_status (id),
  replaced_status_id bigint references asset_status (id),
  undone_at timestamptz,
  foreign key (site_id, asset_id) references asset (site_id, id) on delete cascade
);
create index correction_asset on correction (site_id, asset_id, said_at);
create index correction_tablet on correction (received_at) where tablet is not null;

-- How long somebody searched who then found. Nobody's name, not even the tablet's.
create table search_time (
  correction_id uuid primary key references correction (id) on delete cascade,
  site_id text not null,
  kind text not null,
  found_at timestamptz not null,
  seconds real not null
);
create index search_time_kind on search_time (site_id, kind, found_at);

-- The availability last written of each asset, so that a change is written once whoever writes it.
create table availability_state (
  site_id text not null,
  asset_id text not null,
  status text not null,
  at timestamptz not null,
  primary key (site_id, asset_id),
  foreign key (site_id, asset_id) references asset (site_id, id) on delete cascade
);

create table availability_change (
  id bigint generated always as identity primary key,
  site_id text not null,
  asset_id text not null,
  kind text not null,
  -- Null the first time.
  from_status text,
  to_status text not null,
  probability real not null,
  -- Code of the evidence that told most.
  cause text,
  unit_id text,
  section_id text,
  at timestamptz not null
);
create index availability_change_asset on availability_change (site_id, asset_id, at);
create index availability_change_at on availability_change (site_id, at);

-- What an administrator changed of the rules that come along; no row, nothing changed.
create table availability_rules (
  site_id text primary key,
  rules jsonb not null,
  changed_at timestamptz not null default now()
);
