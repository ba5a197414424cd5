import { tagId } from '../core';
import type { Asset, HeldSaid } from './asset';

/** An asset with the tags it wears, as one row. */
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
}

export function toAsset(row: AssetRow, said: HeldSaid): Asset {
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
    said,
  };
}
