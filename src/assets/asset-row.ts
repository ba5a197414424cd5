import { type Availability, tagId } from '../core';
import type { Asset, HeldStatus } from './asset';

/** An asset with the tags it wears and the status that holds, as one row. */
export interface AssetRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly number: string | null;
  readonly serial: string | null;
  readonly owner_section_id: string | null;
  readonly home_unit_id: string | null;
  readonly notes: string | null;
  readonly tag_ids: readonly string[];
  readonly photo: string | null;
  readonly status_id: string | null;
  readonly status: Availability | null;
  readonly note: string | null;
  readonly space_type: string | null;
  readonly set_at: Date | null;
}

export function toAsset(row: AssetRow): Asset {
  const { id, name, kind, number, serial, notes, photo } = row;
  return {
    id,
    name,
    kind,
    number,
    serial,
    tagIds: row.tag_ids.map(tagId),
    ownerSectionId: row.owner_section_id,
    homeUnitId: row.home_unit_id,
    notes,
    photo,
    status: toStatus(row),
  };
}

function toStatus({ status_id, status, note, space_type, set_at }: AssetRow): HeldStatus | null {
  if (status_id === null || status === null || set_at === null) return null;
  return { rowId: status_id, status, note, spaceType: space_type, at: set_at.getTime() };
}
