import { table } from '../report/table';
import { straightLine } from './growth';

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
/** Share of the cores, and of the memory, that is to stay free. */
const share = 0.5;

/** What the reports of the benches say that hospitals are reckoned from. */
export interface Reports {
  /** `docs/performance.md`, `docs/performance-growth.md` and `docs/history.md`. */
  readonly performance: string;
  readonly growth: string;
  readonly history: string;
}

/**
 * The rows of the table of processor seconds in `docs/performance.md`, the load generator's own column taken off.
 * @throws RangeError when there is none
 */
export function readCosts(performance: string): Measured[] {
  const costs = readTable(performance, ['door', 'load', 'all']).flatMap((row) => {
    const cpuS = numberIn(row.get('all')) - numberIn(row.get('load'));
    return Number.isFinite(cpuS) ? [{ door: row.get('door') ?? '', cpuS }] : [];
  });
  if (costs.length === 0)
    throw new RangeError('The report has no table of processor seconds: run npm run bench:pipeline.');
  return costs;
}

/** Megabytes that so many tags take: along the straight line through those measured. @throws RangeError without any */
export function readMemory(growth: string): (tags: number) => number {
  const points = readTable(growth, ['tags', 'memory MB']).map(
    (row) => [numberIn(row.get('tags')), numberIn(row.get('memory MB'))] as const,
  );
  if (points.length === 0)
    throw new RangeError('The report has no column of memory: run npm run bench:pipeline -- --growth.');
  const { begin, slope } = straightLine(points);
  return (tags) => begin + slope * tags;
}

/**
 * Bytes a tag at rest leaves a day in a kind of database: fixes as they are kept, stays and rollups.
 * @throws RangeError when it was not measured
 */
export function readBytesADay(history: string, database: string): number {
  const [, section = ''] = history.split(new RegExp(`^## ${database}.*$`, 'm'));
  const [own = ''] = section.split(/^## /m);
  const bytes = ['fixes as they are kept', 'stays, hours of presence and rollups'].map((what) => {
    const [, found] = new RegExp(`${what}[^\\n]*?([0-9,]+) bytes a tag and day`).exec(own) ?? [];
    return numberIn(found);
  });
  const sum = bytes.reduce((total, own) => total + own, 0);
  if (!Number.isFinite(sum))
    throw new RangeError(`The report has no bytes a day of ${database}: npm run bench:history.`);
  return sum;
}

const numberIn = (text: string | undefined): number => Number((text ?? 'none').replaceAll(',', ''));

/** The first table of a report that has all these columns: its rows by column. */
function readTable(report: string, columns: readonly string[]): ReadonlyMap<string, string>[] {
  const lines = report.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const at = lines.findIndex((cells) => columns.every((column) => cells.includes(column)));
  const [head = []] = at < 0 ? [] : lines.slice(at);
  const rows: ReadonlyMap<string, string>[] = [];
  for (const cells of at < 0 ? [] : lines.slice(at + 2)) {
    if (cells.length === 0) break;
    rows.push(new Map(head.map((column, i) => [column, cells[i] ?? ''])));
  }
  return rows;
}

/** What hospitals of several sizes need, at the cheapest door and at the dearest. */
export function sizingTable({ performance, growth, history }: Reports): string[] {
  const costs = readCosts(performance);
  const memoryOf = readMemory(growth);
  const bytes = ['Plain PostgreSQL', 'TimescaleDB'].map((database) => readBytesADay(history, database));
  const [least, most] = [Math.min(...costs.map(({ cpuS }) => cpuS)), Math.max(...costs.map(({ cpuS }) => cpuS))];
  const rows = bedsOf.map((beds) => {
    const tags = beds * tagsPerBed;
    const sightings = beds * sightingsPerSAndBed;
    const cores = [least, most].map((cpuS) => ((sightings * cpuS) / 1e6 / share).toFixed(1));
    return [
      beds.toLocaleString('en-CA'),
      tags.toLocaleString('en-CA'),
      (beds * gatewaysPerBed).toLocaleString('en-CA'),
      sightings.toLocaleString('en-CA'),
      cores.join('–'),
      `${(memoryOf(tags) / 1000 / share).toFixed(1)} GB`,
      ...bytes.map((aDay) => `${((tags * aDay) / 1e9).toFixed(2)} GB`),
    ];
  });
  return table(
    [
      'beds',
      'tags',
      'gateways',
      'sightings/s, worst hour',
      'cores',
      'memory',
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
