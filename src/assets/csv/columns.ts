import { phraseOf } from '../../search/words';
import { fileRefusals } from './file-refusals';
import type { Refusal } from './refusal';

/** The columns of the registry's CSV, in the order they are written. */
export const columns = [
  'id',
  'name',
  'kind',
  'number',
  'serial',
  'tags',
  'owner_section',
  'home_unit',
  'notes',
] as const;

export type Column = (typeof columns)[number];

/** Other heads a column is known by, folded: what hospitals' own lists say, in English and French. */
const aliases: Readonly<Record<Column, readonly string[]>> = {
  id: ['identifier', 'identifiant'],
  name: ['nom', 'label', 'description', 'libelle', 'designation'],
  kind: ['type', 'sorte', 'genre', 'category', 'categorie'],
  number: ['asset number', 'inventory number', 'asset no', 'numero', 'no', 'no inventaire', 'numero d inventaire'],
  serial: ['serial number', 'serial no', 'numero de serie', 'no de serie', 'serie'],
  tags: ['tag', 'tag id', 'tagid', 'etiquette', 'etiquettes', 'balise', 'balises'],
  owner_section: ['owner', 'section', 'department', 'proprietaire', 'unite proprietaire', 'departement', 'service'],
  home_unit: ['home', 'home room', 'room', 'local', 'local d attache', 'lieu d attache'],
  notes: ['note', 'remarks', 'comments', 'remarques', 'commentaires'],
};

const byHead: ReadonlyMap<string, Column> = new Map(
  columns.flatMap((column) => [phraseOf(column), ...aliases[column]].map((head) => [head, column] as const)),
);

export interface Heads {
  /** Column of each cell of a row; null where the file has something else. */
  readonly ofCell: readonly (Column | null)[];
  /** Heads that mean nothing here. */
  readonly ignored: readonly string[];
}

/** Reads the first row of a file. @returns why not, when it does not name what is needed */
export function readHeads(cells: readonly string[]): Heads | Refusal {
  const ofCell = cells.map((cell) => byHead.get(phraseOf(cell)) ?? null);
  const twice = columns.find((column) => ofCell.filter((one) => one === column).length > 1);
  if (twice !== undefined) return fileRefusals.twice(twice);
  if (!(['id', 'number', 'serial'] as const).some((column) => ofCell.includes(column))) {
    return fileRefusals.unnamed(columns);
  }
  return { ofCell, ignored: cells.filter((cell, i) => ofCell[i] === null && cell.trim() !== '') };
}
