import {
  advance,
  emptyPlace,
  follow,
  type Followed,
  openWindow,
  type HeardWindow,
  type Sighting,
  type SiteModel,
  slideWindow,
  type Track,
} from '../../../core';
import { type BenchTraffic, heardBy, makeTraffic, roundMs, roundsToRepeat } from './bench-traffic';
import { cpuSeconds, leastOf } from './cpu-time';

export interface Rates {
  /** Sightings of eight gateways in a window in, a place with its radii and units out: fixes a second of one core. */
  readonly fixesPerS: number;
  /** The whole path, `advance`: eight sightings in, a move out. */
  readonly movesPerS: number;
}

const tags = 40;
/** Processor seconds: until the compiler has done its work, and what is measured after it. */
const warmUpS = 1.5;
const measuredS = 1;
const repeats = 3;

/** Rates of a model's method in steady state, half of the tags walking. */
export function measureRates(model: SiteModel): Rates {
  const traffic = makeTraffic(model, tags, roundsToRepeat);
  const fixes = fixing(model, traffic);
  const moves = moving(model, traffic);
  return { fixesPerS: bestRate(fixes), movesPerS: bestRate(moves) };
}

/** Work done once over; how often it did what is counted. */
type Work = () => number;

/** The best of several runs: what disturbs a measurement only ever lengthens it. */
function bestRate(work: Work): number {
  let spent = 0;
  while (spent < warmUpS) spent += cpuSeconds(work);
  return 1 / leastOf(repeats, () => secondsPer(work));
}

function secondsPer(work: Work): number {
  let [spent, done] = [0, 0];
  while (spent < measuredS / repeats) spent += cpuSeconds(() => (done += work()));
  return spent / done;
}

/** All rounds once, through the method alone. */
function fixing(model: SiteModel, { rounds: all }: BenchTraffic): Work {
  const heard = all.map((round) => round.map((sightings) => readingOf(sightings, model)));
  const states: { before: Followed | null; spare: Followed | null }[] = [];
  for (let tag = 0; tag < tags; tag++) states.push({ before: null, spare: null });
  const place = emptyPlace();
  let at = all[0]?.[0]?.[0]?.heardAt ?? 0;
  return () => {
    for (const round of heard) {
      at += roundMs;
      round.forEach((reading, tag) => {
        const state = states[tag];
        if (state === undefined) return;
        reading.at = at;
        const followed = follow(state, reading, model, place);
        state.spare = state.before;
        state.before = followed;
      });
    }
    return heard.length * tags;
  };
}

/** One instant's sightings in a window. */
function readingOf(sightings: readonly Sighting[], { gatewayIndex, rules }: SiteModel): HeardWindow {
  const window = openWindow();
  for (const { gatewayId, rssi } of sightings) {
    slideWindow(window, { gateway: gatewayIndex.get(gatewayId) ?? 0, at: 0, rssi }, 0, rules);
  }
  return { window, at: 0, until: 0, since: -roundMs };
}

/** All rounds once, sighting by sighting; each time some minutes later. */
function moving(model: SiteModel, traffic: BenchTraffic): Work {
  const tracks: (Track | null)[] = Array.from({ length: tags }, () => null);
  let repeat = 0;
  return () => {
    const later = delayed(traffic, repeat++ * roundsToRepeat * roundMs);
    let moves = 0;
    for (let round = 0; round < roundsToRepeat; round++) moves += advanceAll(model, later, tracks, round);
    return moves;
  };
}

/** The same traffic some time later. The sightings are written over: making them anew is not what is measured. */
function delayed(traffic: BenchTraffic, byMs: number): BenchTraffic {
  for (const [round, all] of traffic.rounds.entries()) {
    for (const sightings of all) {
      for (const sighting of sightings) sighting.heardAt = traffic.startAt + round * roundMs + byMs;
    }
  }
  return traffic;
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
  const count = 500_000;
  let sum = 0;
  const loop = (): number => {
    for (let n = 0; n < count; n++) {
      const [x, y] = [n % 100, n % 60];
      for (let i = 0; i < heardBy; i++) {
        const sqDist = (x - (gatewayX?.[i] ?? 0)) ** 2 + (y - (gatewayY?.[i] ?? 0)) ** 2 + 2.6;
        const residual = (rssi?.[i] ?? 0) + 60 + 12.5 * Math.log10(sqDist);
        sum += residual * residual;
      }
    }
    return count;
  };
  const rate = bestRate(loop);
  if (!Number.isFinite(sum)) throw new RangeError(`Unexpected sum: ${sum}`);
  return rate;
}
