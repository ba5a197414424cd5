import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { advance, buildSiteModel, fitCalibration, packTrack } from '../../../core';
import type { Move, Rules, Site, SiteModel, Track } from '../../../core';
import { makeSurvey } from './bench-survey';
import { type BenchTraffic, heardBy, makeTraffic } from './bench-traffic';
import { advanceAll } from './measure-rates';

export interface Memory {
  /** What one tag at rest holds of this process's memory, arrays outside the heap included, and of the store, bytes. */
  readonly heldPerTag: number;
  readonly storedPerTag: number;
  /** Bytes allocated for a sighting in steady state, and what of that are the moves that go out. */
  readonly allocatedPerSighting: number;
  readonly movesPerSighting: number;
}

/** So many that what else a process holds does not count. */
const tags = 1000;
/** Long enough that a tag is taken to rest and its window is as full as it gets. */
const rounds = 48;
const rehearsals = 6;

/** Memory of tags at rest on a surveyed level, heard by eight gateways once a second. */
export function measureMemory(site: Site, rules: Partial<Rules>): Memory {
  const collect = garbageCollector();
  const model = buildSiteModel(site, fitCalibration(site, makeSurvey(site, 0), 0).calibration, rules);
  const traffic = makeTraffic(model, tags, rounds + rehearsals, true);
  const tracks: (Track | null)[] = Array.from({ length: tags }, () => null);
  for (let round = 0; round < rounds; round++) advanceAll(model, traffic, tracks, round);
  const stored = tracks.reduce((sum, track) => sum + (track === null ? 0 : packTrack(track).length), 0);
  const movesPerSighting = goingOut(model, traffic, tracks, collect);
  const allocatedPerSighting = allocation(model, traffic, tracks);
  collect();
  const held = inUse();
  // What goes when the tracks go is what they held.
  tracks.length = 0;
  collect();
  const heldPerTag = (held - inUse()) / tags;
  return { heldPerTag, storedPerTag: stored / tags, allocatedPerSighting, movesPerSighting };
}

function inUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What the moves of one round hold. */
function goingOut(
  model: SiteModel,
  { rounds: all }: BenchTraffic,
  tracks: (Track | null)[],
  collect: () => void,
): number {
  const moves: Move[] = [];
  const sightings = all[rounds] ?? [];
  for (const [tag, heard] of sightings.entries()) {
    const step = advance(tracks[tag] ?? null, heard, heard[0]?.heardAt ?? 0, model);
    tracks[tag] = step.track;
    moves.push(...step.moves);
  }
  collect();
  const held = inUse();
  moves.length = 0;
  collect();
  return (held - inUse()) / (sightings.length * heardBy);
}

/** Growth of the heap over a few tags' sightings, the median of many: a collection in between shows as shrinking. */
function allocation(model: SiteModel, traffic: BenchTraffic, tracks: readonly (Track | null)[]): number {
  const few = 20;
  const growths: number[] = [];
  for (let round = rounds + 1; round < rounds + rehearsals; round++) {
    for (let from = 0; from < tags; from += few) {
      const part = { ...traffic, rounds: [(traffic.rounds[round] ?? []).slice(from, from + few)] };
      const own = tracks.slice(from, from + few);
      const before = process.memoryUsage().heapUsed;
      advanceAll(model, part, own, 0);
      const growth = process.memoryUsage().heapUsed - before;
      if (growth > 0) growths.push(growth);
    }
  }
  growths.sort((a, b) => a - b);
  return (growths[growths.length >> 1] ?? NaN) / (few * heardBy);
}

/** A full collection on demand, without a flag on the command line. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new TypeError('This Node cannot collect garbage on demand');
  return () => void Reflect.apply(collect, undefined, []);
}
