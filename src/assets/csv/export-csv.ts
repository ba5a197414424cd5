import type { Asset } from '../asset';
import { type Column, columns } from './columns';
import { guard } from './guard';

/** Between the tags of one asset. */
export const tagSeparator = '|';
const newline = '\r\n';
/** By it spreadsheets know UTF-8. */
const mark = '\u{feff}';
const rowsAtOnce = 500;

/** The registry as CSV, a few hundred rows at a time. Importing what it writes changes nothing. */
export function* exportCsv(assets: Iterable<Asset>, separator: ',' | ';'): Generator<string> {
  const line = (cells: readonly string[]): string => cells.map((cell) => quote(cell)).join(separator) + newline;
  let text = mark + line(columns);
  let rows = 0;
  for (const asset of assets) {
    const cells = cellsOf(asset);
    text += line(columns.map((column) => guard(cells[column] ?? '')));
    if (++rows % rowsAtOnce > 0) continue;
    yield text;
    text = '';
  }
  yield text;
}

const quote = (cell: string): string => (/["\r\n,;\t|]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function cellsOf(asset: Asset): Readonly<Record<Column, string | null>> {
  const { id, name, kind, number, serial, tagIds, ownerSectionId, homeUnitId, notes } = asset;
  const tags = tagIds.join(tagSeparator);
  return { id, name, kind, number, serial, tags, owner_section: ownerSectionId, home_unit: homeUnitId, notes };
}
