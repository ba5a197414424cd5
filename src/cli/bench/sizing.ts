import { table } from '../report/table';

/** What one sighting costs, as `docs/performance.md` has it. */
export interface Measured {
  /** The door of the row it was read from. */
  readonly door: string;
  /** Processor seconds a million sightings, load generator not counted. */
  readonly cpuS: number;
}

const bedsOf = [100, 300, 1_000];
const tagsPerBed = 15;
const gatewaysPerBed = 2;
/** A tag says its name every two seconds, six or seven gateways hear it. */
const sightingsPerSAndBed = 50;
/** Rows of a tag at rest: one a minute. */
const rowsPerTagAndDay = 1_440;
/** Bytes a row of `fix` with its index: as written, and in TimescaleDB's columnstore (docs/history.md). */
const [plainBytes, packedBytes] = [108, 14];
/** Share of the cores that is to stay free. */
const share = 0.5;

/**
 * The rows of the table of processor seconds in `docs/performance.md`, the load generator's own column taken off.
 * @throws RangeError when there is none
 */
export function readCosts(performance: string): Measured[] {
  const lines = performance.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const at = lines.findIndex((cells) => cells.includes('door') && cells.includes('load') && cells.includes('all'));
  const [head = []] = at < 0 ? [] : lines.slice(at);
  const costs: Measured[] = [];
  for (const cells of at < 0 ? [] : lines.slice(at + 2)) {
    const cpuS = Number(cells[head.indexOf('all')]) - Number(cells[head.indexOf('load')]);
    if (!Number.isFinite(cpuS)) break;
    costs.push({ door: cells[head.indexOf('door')] ?? '', cpuS });
  }
  if (costs.length === 0)
    throw new RangeError('The report has no table of processor seconds: run npm run bench:pipeline.');
  return costs;
}

/** What hospitals of several sizes need, at the cheapest door and at the dearest. */
export function sizingTable(costs: readonly Measured[]): string[] {
  const [least, most] = [Math.min(...costs.map(({ cpuS }) => cpuS)), Math.max(...costs.map(({ cpuS }) => cpuS))];
  const rows = bedsOf.map((beds) => {
    const sightings = beds * sightingsPerSAndBed;
    const cores = [least, most].map((cpuS) => ((sightings * cpuS) / 1e6 / share).toFixed(1));
    const gigabytes = (bytes: number): string =>
      `${((beds * tagsPerBed * rowsPerTagAndDay * bytes) / 1e9).toFixed(2)} GB`;
    return [
      beds.toLocaleString('en-CA'),
      (beds * tagsPerBed).toLocaleString('en-CA'),
      (beds * gatewaysPerBed).toLocaleString('en-CA'),
      sightings.toLocaleString('en-CA'),
      cores.join('–'),
      gigabytes(plainBytes),
      gigabytes(packedBytes),
    ];
  });
  return table(
    [
      'beds',
      'tags',
      'gateways',
      'sightings/s, worst hour',
      'cores',
      'history a day, plain',
      'history a day, TimescaleDB',
    ],
    rows,
  );
}

const [begin, end] = ['<!-- sizing: npm run sizing -->', '<!-- end of sizing -->'];

/** Puts the table where `docs/operating.md` has it. @throws RangeError when it has no place for one */
export function putSizing(operating: string, rows: readonly string[]): string {
  const [from, to] = [operating.indexOf(begin), operating.indexOf(end)];
  if (from < 0 || to < from) throw new RangeError(`There is no place between "${begin}" and "${end}".`);
  return `${operating.slice(0, from + begin.length)}\n\n${rows.join('\n')}\n\n${operating.slice(to)}`;
}
