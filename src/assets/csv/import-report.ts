import type { ImportReport } from './csv.dto';
import type { ImportPlan } from './plan-import';
import type { CsvTable } from './read-rows';
import type { ReadText } from './read-text';

const mostRefused = 1_000;
const mostAccented = 3;

export function reportImport(
  { encoding }: ReadText,
  { rows, separator, heads }: CsvTable,
  plan: ImportPlan,
): ImportReport {
  const accented = new Set<string>();
  for (const { cells } of rows) {
    for (const cell of Object.values(cells)) if (/[^\0-\x7f]/.test(cell)) accented.add(cell.slice(0, 80));
    if (accented.size >= mostAccented) break;
  }
  return {
    rows: rows.length,
    create: plan.created.length,
    change: plan.changed.length,
    unchanged: plan.unchanged,
    refusedRows: plan.refused.length,
    refused: plan.refused.slice(0, mostRefused),
    encoding,
    separator,
    accented: [...accented].slice(0, mostAccented),
    ignoredColumns: heads.ignored,
  };
}
