import { type Part, parts } from './process-costs';

/** How many tags the cost is measured with. */
export const growthTags = [100, 1_000, 5_000, 15_000] as const;
/** Sightings a second offered for each of them. */
export const perTagS = 2;

/** A hospital of so many tags is as densely full of them as the one asked for. */
export const wingsFor = (tags: number, whole: { readonly wings: number; readonly tags: number }): number =>
  Math.max(1, Math.round((tags * whole.wings) / whole.tags));

export interface GrowthRow {
  readonly tags: number;
  readonly gateways: number;
  /** Sightings in a message, on average. */
  readonly perMessage: number;
  /** Sightings a second that went through. */
  readonly rate: number;
  /** Processor seconds a million sightings, by part. */
  readonly cpuS: Readonly<Record<Part, number>>;
  /** Resident memory of all parts but the load generator. */
  readonly memoryMb: number;
}

const sumOf = ({ cpuS }: GrowthRow): number => parts.reduce((sum, part) => sum + cpuS[part], 0);
/** Processor seconds a second. */
const coresOf = (row: GrowthRow): number => (row.rate * sumOf(row)) / 1e6;

/** How the cost grows with the tags, beside the straight line that fits it best. */
export function growthTable(rows: readonly GrowthRow[]): string {
  const line = straightLine(rows.map((row) => [row.tags, coresOf(row)]));
  const at = (tags: number): number => line.begin + line.slope * tags;
  const cells = (row: GrowthRow): (number | string)[] => [
    row.tags.toLocaleString('en-CA'),
    row.gateways.toLocaleString('en-CA'),
    row.perMessage.toFixed(1),
    Math.round(row.rate).toLocaleString('en-CA'),
    ...parts.map((part) => row.cpuS[part].toFixed(1)),
    sumOf(row).toFixed(1),
    coresOf(row).toFixed(2),
    at(row.tags).toFixed(2),
    Math.round(row.memoryMb).toLocaleString('en-CA'),
  ];
  return [
    '# Performance from few tags to many',
    '',
    'Made by `npm run bench:pipeline -- --growth`. Everything shares one machine, as in [performance.md](performance.md). The',
    `hospital grows with its tags. Each is heard ${perTagS} times a second, in Minew messages over MQTT of 25 sightings at most,`,
    'fewer where few tags are, since a message has a tag once. Processor seconds a million sightings by part; **cores**:',
    `processor seconds a second of all parts. The straight line is ${line.begin.toFixed(2)} cores and ${(1000 * line.slope).toFixed(3)} for each thousand tags.`,
    'Memory is what all parts but the load generator hold at the end.',
    '',
    `| tags | gateways | a message | sightings /s | ${parts.join(' | ')} | all | cores | straight line | memory MB |`,
    `| --: | --: | --: | --: | ${parts.map(() => '--:').join(' | ')} | --: | --: | --: | --: |`,
    ...rows.map((row) => `| ${cells(row).join(' | ')} |`),
  ].join('\n');
}

type Point = readonly [x: number, y: number];

/** The straight line with the least squares of what it is off by. */
export function straightLine(points: readonly Point[]): { readonly begin: number; readonly slope: number } {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const spread = mean(points.map(([at]) => (at - x) ** 2));
  const slope = spread === 0 ? 0 : mean(points.map(([at, value]) => (at - x) * (value - y))) / spread;
  return { begin: y - slope * x, slope };
}
