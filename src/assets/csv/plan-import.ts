import { randomUUID } from 'node:crypto';
import { type TagClass, type TagId, tagId } from '../../core';
import type { Asset, NewAsset } from '../asset';
import { assetId, mostTags, notesText, shortText } from '../asset.dto';
import type { Column } from './columns';
import type { Fault, SiteNames } from './names';
import type { CsvRow } from './read-rows';
import type { Refusal } from './refusal';
import { type About, refusals } from './refusals';
import { TagWearers } from './tag-wearers';

/** What the database has, as an import finds it. */
export interface Existing {
  readonly assets: readonly Asset[];
  readonly retiredIds: ReadonlySet<string>;
  readonly tagClasses: ReadonlyMap<TagId, TagClass>;
}

export interface Refused {
  readonly row: number;
  /** As the file calls it. */
  readonly name: string;
  readonly reasons: readonly Refusal[];
}

/** What an import would do. It is done when nothing is refused. */
export interface ImportPlan {
  readonly created: readonly NewAsset[];
  readonly changed: readonly { readonly asset: NewAsset; readonly tagsChanged: boolean }[];
  readonly unchanged: number;
  readonly refused: readonly Refused[];
}

interface Draft {
  readonly row: CsvRow;
  readonly before: Asset | null;
  readonly asset: NewAsset;
  readonly faults: Refusal[];
}

/**
 * Compares rows with what there is. A row is about the asset of its id, else of its number, else of its serial, else
 * about a new one. An empty cell empties; a column the file lacks leaves things as they are, and so does an asset no
 * row is about.
 */
export function planImport(rows: readonly CsvRow[], existing: Existing, names: SiteNames): ImportPlan {
  const reader = new RowReader(existing, names);
  const drafts = rows.map((row) => reader.read(row));
  refuseTagsWornTwice(drafts, existing);
  const refused = drafts.flatMap(({ row, asset, faults }) =>
    faults.length === 0 ? [] : [{ row: row.row, name: asset.name, reasons: faults }],
  );
  const good = drafts.filter(({ faults }) => faults.length === 0);
  const changed = good.flatMap(({ before, asset }) => {
    if (before === null || isSame(before, asset)) return [];
    return [{ asset, tagsChanged: !hasSameTags(before, asset) }];
  });
  const created = good.filter(({ before }) => before === null).map(({ asset }) => asset);
  return { created, changed, unchanged: good.length - created.length - changed.length, refused };
}

/** Reads rows one after the other; each is held against those before it. */
class RowReader {
  readonly #byId: ReadonlyMap<string, Asset>;
  readonly #byNumber: ReadonlyMap<string, readonly Asset[]>;
  readonly #bySerial: ReadonlyMap<string, readonly Asset[]>;
  /** What a row before was about → that row. */
  readonly #rowOf = new Map<string, number>();

  constructor(
    private readonly existing: Existing,
    private readonly names: SiteNames,
  ) {
    this.#byId = new Map(existing.assets.map((asset) => [asset.id, asset]));
    this.#byNumber = groupBy(existing.assets, ({ number }) => number);
    this.#bySerial = groupBy(existing.assets, ({ serial }) => serial);
  }

  read(row: CsvRow): Draft {
    const faults: Refusal[] = row.fault === null ? [] : [row.fault];
    const fault = (reason: Refusal): void => void faults.push(reason);
    const before = this.#find(row.cells, fault);
    const asset = this.#toAsset(row.cells, before, fault);
    this.#checkFirst(
      row.row,
      before === null ? this.#namesOf(asset, row.cells) : [{ what: 'asset', value: before.id }],
      fault,
    );
    return { row, before, asset, faults };
  }

  #find({ id, number, serial }: CsvRow['cells'], fault: Fault): Asset | null {
    if (id !== undefined && id !== '') return this.#byId.get(id) ?? null;
    for (const [what, value, known] of [
      ['number', number, this.#byNumber],
      ['serial', serial, this.#bySerial],
    ] as const) {
      if (value === undefined || value === '') continue;
      const [found, another] = known.get(value) ?? [];
      if (another !== undefined) fault(refusals.several({ what, value }));
      if (found !== undefined) return found;
    }
    return null;
  }

  #toAsset(cells: CsvRow['cells'], before: Asset | null, fault: Fault): NewAsset {
    const optional = (column: Column, was: string | null, read: ReadCell = asText): string | null => {
      const cell = cells[column];
      return cell === undefined || cell === was ? was : cell === '' ? null : read(column, cell, fault);
    };
    const needed = (column: Column, was: string | undefined, read: ReadCell = asText): string => {
      const cell = cells[column] ?? was ?? '';
      if (cell === '') fault(before === null ? refusals.needed(column) : refusals.emptied(column));
      return cell === was || cell === '' ? cell : (read(column, cell, fault) ?? cell);
    };
    const { names } = this;
    return {
      kind: needed('kind', before?.kind, (_column, cell) => names.kind(cell, fault)),
      name: needed('name', before?.name),
      number: optional('number', before?.number ?? null),
      serial: optional('serial', before?.serial ?? null),
      tagIds: cells.tags === undefined ? (before?.tagIds ?? []) : asTags(cells.tags, fault),
      ownerSectionId: optional('owner_section', before?.ownerSectionId ?? null, (_c, cell) =>
        names.section(cell, fault),
      ),
      homeUnitId: optional('home_unit', before?.homeUnitId ?? null, (_c, cell) => names.unit(cell, fault)),
      notes: optional('notes', before?.notes ?? null),
      id: before?.id ?? this.#newId(cells, fault),
    };
  }

  #newId({ id = '', number = '', serial = '' }: CsvRow['cells'], fault: Fault): string {
    if (id === '') {
      if (number === '' && serial === '') fault(refusals.unidentified);
      return `asset-${randomUUID()}`;
    }
    if (this.existing.retiredIds.has(id)) fault(refusals.retired(id));
    const { error } = assetId.safeParse(id);
    if (error !== undefined) fault(refusals.wrongId(error.issues[0]?.message ?? 'is not right'));
    return id;
  }

  /** All that a later row could find this new asset by. */
  #namesOf({ id, number, serial }: NewAsset, cells: CsvRow['cells']): About[] {
    if (cells.id !== undefined && cells.id !== '') return [{ what: 'asset', value: id }];
    const byNumber: About[] = number === null ? [] : [{ what: 'number', value: number }];
    return serial === null ? byNumber : [...byNumber, { what: 'serial', value: serial }];
  }

  #checkFirst(row: number, about: readonly About[], fault: Fault): void {
    for (const one of about) {
      const key = `${one.what} ${one.value}`;
      const earlier = this.#rowOf.get(key);
      if (earlier === undefined) this.#rowOf.set(key, row);
      else fault(refusals.repeated(earlier, one));
    }
  }
}

/** Reads a cell that is not empty. */
type ReadCell = (column: Column, cell: string, fault: Fault) => string | null;

function groupBy(assets: readonly Asset[], keyOf: (asset: Asset) => string | null): Map<string, Asset[]> {
  const groups = new Map<string, Asset[]>();
  for (const asset of assets) {
    const key = keyOf(asset);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [asset]);
    else group.push(asset);
  }
  return groups;
}

function asText(column: Column, cell: string, fault: Fault): string {
  const { error } = (column === 'notes' ? notesText : shortText).safeParse(cell);
  if (error !== undefined) fault(refusals.tooLong(column));
  return cell;
}

function asTags(cell: string, fault: Fault): TagId[] {
  const texts = cell.split(/[|,;\n]/).map((text) => text.trim());
  const tags = [...new Set(texts.filter((text) => text !== '').map(tagId))];
  if (tags.length > mostTags) fault(refusals.tooManyTags(tags.length));
  return tags;
}

function refuseTagsWornTwice(drafts: readonly Draft[], { assets, tagClasses }: Existing): void {
  const wearers = new TagWearers(assets, tagClasses);
  for (const { before } of drafts) if (before !== null) wearers.takeOff(before);
  for (const { asset, faults } of drafts) faults.push(...wearers.putOn(asset));
}

const compared = ['name', 'kind', 'number', 'serial', 'ownerSectionId', 'homeUnitId', 'notes'] as const;

const isSame = (before: Asset, after: NewAsset): boolean =>
  compared.every((field) => before[field] === after[field]) && hasSameTags(before, after);

const hasSameTags = (before: Asset, after: NewAsset): boolean => before.tagIds.join('|') === after.tagIds.join('|');
