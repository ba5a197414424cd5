import {
  advance,
  follow,
  type Followed,
  openWindow,
  type HeardWindow,
  type SiteModel,
  slideWindow,
  type Track,
} from '../../../core';
import { type BenchTraffic, heardBy, makeTraffic, roundMs } from './bench-traffic';
import { cpuSeconds, leastOf } from './cpu-time';

export interface Rates {
  /** Sightings of eight gateways in a window in, a place with its radii and units out: fixes a second of one core. */
  readonly fixesPerS: number;
  /** The whole path, `advance`: eight sightings in, a move out. */
  readonly movesPerS: number;
}

const tags = 60;
const warmUp = 20;
const rounds = 50;
const repeats = 2;

/** Rates of a model's method in steady state, half of the tags walking. */
export function measureRates(model: SiteModel): Rates {
  const traffic = makeTraffic(model, tags, rounds);
  return {
    fixesPerS: 1 / leastOf(repeats, () => secondsPerFix(model, traffic)),
    movesPerS: 1 / leastOf(repeats, () => secondsPerMove(model, traffic)),
  };
}

function secondsPerFix(model: SiteModel, { rounds: all }: BenchTraffic): number {
  const heard = all.map((round) => round.map((sightings) => readingOf(sightings, model)));
  const states: (Followed | null)[] = Array.from({ length: tags }, () => null);
  const run = (from: number, to: number): void => {
    for (let round = from; round < to; round++) {
      const at = (all[round]?.[0]?.[0]?.heardAt ?? 0) + 1;
      for (let tag = 0; tag < tags; tag++) {
        const reading = heard[round]?.[tag];
        if (reading !== undefined) states[tag] = follow(states[tag] ?? null, reading, at, model).followed;
      }
    }
  };
  run(0, warmUp);
  return cpuSeconds(() => run(warmUp, rounds)) / ((rounds - warmUp) * tags);
}

/** One instant's sightings in a window. */
function readingOf(sightings: BenchTraffic['rounds'][number][number], { gatewayIndex, rules }: SiteModel): HeardWindow {
  const window = openWindow([]);
  const origin = sightings[0]?.heardAt ?? 0;
  for (const sighting of sightings) slideWindow(window, sighting, origin, origin, rules);
  return { window, gatewayIndex, until: 0, since: -roundMs };
}

function secondsPerMove(model: SiteModel, traffic: BenchTraffic): number {
  const tracks: (Track | null)[] = Array.from({ length: tags }, () => null);
  let moves = 0;
  const run = (from: number, to: number): void => {
    for (let round = from; round < to; round++) moves += advanceAll(model, traffic, tracks, round);
  };
  run(0, warmUp);
  moves = 0;
  const seconds = cpuSeconds(() => run(warmUp, rounds));
  return seconds / moves;
}

/** One round of all tags; how many moves came of it. */
export function advanceAll(
  model: SiteModel,
  { rounds: all }: BenchTraffic,
  tracks: (Track | null)[],
  round: number,
): number {
  let moves = 0;
  for (const [tag, sightings] of (all[round] ?? []).entries()) {
    const step = advance(tracks[tag] ?? null, sightings, sightings[0]?.heardAt ?? 0, model);
    tracks[tag] = step.track;
    moves += step.moves.length;
  }
  return moves;
}

/** Eight path losses at one place, summed squares: the least arithmetic any method spends on a fix. Times a second. */
export function measureFloor(): number {
  const [gatewayX, gatewayY, rssi] = [0, 1, 2].map((k) => Float64Array.from({ length: heardBy }, (_, i) => 7 * i + k));
  const count = 2_000_000;
  let sum = 0;
  const loop = (): void => {
    for (let n = 0; n < count; n++) {
      const [x, y] = [n % 100, n % 60];
      for (let i = 0; i < heardBy; i++) {
        const sqDist = (x - (gatewayX?.[i] ?? 0)) ** 2 + (y - (gatewayY?.[i] ?? 0)) ** 2 + 2.6;
        const residual = (rssi?.[i] ?? 0) + 60 + 12.5 * Math.log10(sqDist);
        sum += residual * residual;
      }
    }
  };
  loop();
  const seconds = leastOf(repeats, () => cpuSeconds(loop));
  if (!Number.isFinite(sum)) throw new RangeError(`Unexpected sum: ${sum}`);
  return count / seconds;
}
