import { writeFile } from 'node:fs/promises';

/** What became of the sightings around one fault. */
export interface FaultRow {
  readonly fault: string;
  /** Sightings acknowledged from the fault's begin to the next fault's, and attempts refused or cut off. */
  readonly acknowledged: number;
  readonly refused: number;
  /** Rows those sightings make, by the engine alone, and what history has of them. */
  readonly due: number;
  readonly storedOnce: number;
  readonly lost: number;
  readonly repeated: number;
  /** From the end of the fault until a message is acknowledged, and until history has what came of one. */
  readonly doorBackS: number;
  readonly historyBackS: number;
}

/** Rows by when they were made: which of those due are there once, never, or more than once. */
export function countRows(
  due: readonly string[],
  stored: readonly string[],
): Pick<FaultRow, 'due' | 'storedOnce' | 'lost' | 'repeated'> {
  const times = new Map<string, number>();
  for (const row of stored) times.set(row, (times.get(row) ?? 0) + 1);
  const found = due.map((row) => times.get(row) ?? 0);
  return {
    due: due.length,
    storedOnce: found.filter((count) => count === 1).length,
    lost: found.filter((count) => count === 0).length,
    repeated: found.filter((count) => count > 1).length,
  };
}

export function faultTable(rows: readonly FaultRow[], outageS: number): string {
  return [
    '# Faults',
    '',
    'Made by `npm run bench:faults`: gateways send without pause while parts of the service are stopped and killed, and a',
    'message that is not acknowledged is sent again. What history has at the end is compared, row by row, with what the',
    `engine alone makes of the sightings that were acknowledged. Stopped and killed services stay away for ${outageS} s.`,
    '',
    '- **refused**: attempts that were answered 503, cut off or not answered.',
    '- **due**: rows of history that the acknowledged sightings make.',
    '- **door, history**: seconds from the end of the fault until a message is acknowledged, and until history has rows of it.',
    '',
    '| fault | acknowledged | refused | due | stored once | lost | repeated | door s | history s |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...rows.map(
      (row) =>
        `| ${row.fault} | ${row.acknowledged} | ${row.refused} | ${row.due} | ${row.storedOnce} | ${row.lost} | ` +
        `${row.repeated} | ${row.doorBackS.toFixed(1)} | ${row.historyBackS.toFixed(1)} |`,
    ),
    '',
  ].join('\n');
}

/** Prints the table, and keeps it where the environment says so (`FAULTS_OUT`). */
export async function keepTable(rows: readonly FaultRow[], outageS: number): Promise<void> {
  const text = faultTable(rows, outageS);
  process.stdout.write(`${text}\n`);
  const out = process.env.FAULTS_OUT;
  if (out !== undefined && out !== '') await writeFile(out, text);
}
