import type { SurveyPoint } from '../calibration';
import type { GatewayId } from '../ids';
import type { Gateway, Site } from '../site';
import type { Expected } from './expectation';

/** One gateway and one transmitter: by how much more was heard than expected, dB, and how far that may be off, dB². */
export interface Difference {
  readonly gatewayId: GatewayId;
  readonly transmitter: string;
  readonly spreadDb: number;
  readonly db: number;
  readonly variance: number;
}

/** How gateways of a site change against what was fitted, and what one mean errs by besides the model, dB. */
const changeSpreadDb = 5;
const meanErrorDb = 1.5;
const huber = 1.5;
const rounds = 15;

/** Differences on the gateways' own levels, in the order of the points. */
export function differencesFrom(
  site: Site,
  points: readonly SurveyPoint[],
  expect: (gateway: Gateway, at: SurveyPoint) => Expected,
): Difference[] {
  return points.flatMap((point) =>
    point.heard.flatMap(({ gatewayId, rssi }): Difference[] => {
      const gateway = site.gatewayById.get(gatewayId);
      if (gateway === undefined || gateway.levelId !== point.levelId) return [];
      const expected = expect(gateway, point);
      const { id, spreadDb } = point.transmitter ?? { id: '', spreadDb: 1 };
      const variance = expected.variance + meanErrorDb ** 2;
      return [{ gatewayId, transmitter: id, spreadDb, db: rssi - expected.rssi, variance }];
    }),
  );
}

/** What differences are made of: how much louder each transmitter is, and how much more each gateway hears, dB. */
export interface Parts {
  readonly louder: ReadonlyMap<string, number>;
  readonly hears: ReadonlyMap<GatewayId, { readonly db: number; readonly sigma: number; readonly points: number }>;
}

/**
 * Splits differences into a part of the transmitter and one of the gateway, robustly, each drawn towards nothing. What
 * all gateways hear more or less is the transmitters': the gateway in the middle is taken not to have changed.
 */
export function partsOf(differences: readonly Difference[]): Parts {
  let louder = new Map<string, number>();
  let hears = new Map<GatewayId, { db: number; sigma: number; points: number }>();
  for (let round = 0; round < rounds; round++) {
    const strengths = new Map<string, Sum>();
    for (const own of differences) {
      const left = own.db - (hears.get(own.gatewayId)?.db ?? 0);
      add(strengths, own.transmitter, left, weightOf(left - (louder.get(own.transmitter) ?? 0), own), own.spreadDb);
    }
    louder = new Map([...strengths].map(([id, { pull, weight }]) => [id, pull / weight]));
    const changes = new Map<GatewayId, Sum>();
    for (const own of differences) {
      const left = own.db - (louder.get(own.transmitter) ?? 0);
      add(changes, own.gatewayId, left, weightOf(left - (hears.get(own.gatewayId)?.db ?? 0), own), changeSpreadDb);
    }
    const common = medianOf([...changes.values()].map(({ pull, weight }) => pull / weight));
    hears = new Map(
      [...changes].map(([id, { pull, weight, points }]) => [
        id,
        { db: pull / weight - common, sigma: Math.sqrt(1 / weight), points },
      ]),
    );
  }
  return { louder, hears };
}

interface Sum {
  pull: number;
  weight: number;
  points: number;
}

function weightOf(off: number, { variance }: Difference): number {
  const sigmas = Math.abs(off) / Math.sqrt(variance);
  return (sigmas > huber ? huber / sigmas : 1) / variance;
}

function add<K>(sums: Map<K, Sum>, key: K, value: number, weight: number, spreadDb: number): void {
  const sum = sums.get(key) ?? { pull: 0, weight: 1 / spreadDb ** 2, points: 0 };
  sum.pull += weight * value;
  sum.weight += weight;
  sum.points++;
  sums.set(key, sum);
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
}
