import { register } from 'prom-client';

/** What a process of the service does now, as it tells the others. */
export interface ProcessReport {
  readonly name: string;
  readonly roles: readonly string[];
  /** Epoch ms. */
  readonly at: number;
  readonly upS: number;
  readonly memoryBytes: number;
  /** Share of one core. */
  readonly cores: number;
  /** A second, since the last report. */
  readonly rates: Readonly<Record<RateName, number>>;
  /** Since its start: step and reason → how many. */
  readonly dropped: readonly { readonly step: string; readonly reason: string; readonly count: number }[];
  /** Door → when it had its last message, epoch ms. */
  readonly doors: Readonly<Record<string, number>>;
}

/** What is counted by each rate: its metric. */
const counted = {
  messages: 'whereabouts_messages_total',
  sightings: 'whereabouts_sightings_total',
  tracked: 'whereabouts_sightings_tracked_total',
  moves: 'whereabouts_moves_total',
  rows: 'whereabouts_history_rows_total',
} as const;
export type RateName = keyof typeof counted;
export const rateNames = Object.keys(counted) as RateName[];

/** Counts at one instant; rates are what two of them differ by. */
export interface Counts {
  /** ms of `performance.now()`. */
  readonly at: number;
  readonly cpuMs: number;
  readonly totals: Readonly<Record<RateName, number>>;
}

export async function countNow(): Promise<Counts> {
  const totals = await Promise.all(
    rateNames.map(async (name) => {
      const values = await valuesOf(counted[name]);
      return [name, values.reduce((sum, { value }) => sum + value, 0)] as const;
    }),
  );
  const { user, system } = process.cpuUsage();
  return {
    at: performance.now(),
    cpuMs: (user + system) / 1000,
    totals: Object.fromEntries(totals) as Record<RateName, number>,
  };
}

/** What this process has to say after two counts. */
export async function reportOf(
  { name, roles, now }: { readonly name: string; readonly roles: readonly string[]; readonly now: number },
  before: Counts,
  after: Counts,
): Promise<ProcessReport> {
  const elapsedMs = Math.max(1, after.at - before.at);
  const rates = rateNames.map((rate) => [rate, ((after.totals[rate] - before.totals[rate]) * 1000) / elapsedMs]);
  const [dropped, doors] = await Promise.all([
    valuesOf('whereabouts_dropped_total'),
    valuesOf('whereabouts_door_last_message_timestamp_seconds'),
  ]);
  return {
    name,
    roles,
    at: now,
    upS: Math.round(process.uptime()),
    memoryBytes: process.memoryUsage.rss(),
    cores: Math.round(((after.cpuMs - before.cpuMs) / elapsedMs) * 1000) / 1000,
    rates: Object.fromEntries(rates) as Record<RateName, number>,
    dropped: dropped.map(({ labels: { step = '', reason = '' }, value }) => ({
      step: String(step),
      reason: String(reason),
      count: value,
    })),
    doors: Object.fromEntries(doors.map(({ labels: { door = '' }, value }) => [String(door), value * 1000])),
  };
}

interface Value {
  readonly labels: Partial<Record<string, string | number>>;
  readonly value: number;
}

/** The values of one of this process's metrics; none when no module of it has that. */
async function valuesOf(name: string): Promise<readonly Value[]> {
  const metric = register.getSingleMetric(name);
  if (metric === undefined) return [];
  const { values }: { readonly values: readonly Value[] } = await metric.get();
  return values;
}
