import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildSiteModel, fitCalibration, packTrack, take } from '../../../core';
import type { Intake, Rules, Sighting, Site, SiteModel, Track } from '../../../core';
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

/** One round of some tags, as tracking takes it: sighting by sighting. */
function takeAll(heard: readonly (readonly Sighting[])[], tracks: (Track | null)[], intake: Intake): void {
  for (const [tag, sightings] of heard.entries()) {
    let track = tracks[tag] ?? null;
    for (const sighting of sightings) track = take(track, sighting, intake);
    tracks[tag] = track;
  }
}

const openIntake = (model: SiteModel): Intake => ({ model, now: Infinity, moves: [], dropped: {} });

/** What the moves of one round hold, for a sighting. */
function goingOut(model: SiteModel, { rounds: all }: BenchTraffic, tracks: (Track | null)[], collect: Collect): number {
  const heard = all[rounds] ?? [];
  const intake = openIntake(model);
  takeAll(heard, tracks, intake);
  collect();
  const held = inUse();
  intake.moves.length = 0;
  collect();
  return (held - inUse()) / (heard.length * heardBy);
}

/** Growth of the heap over a few tags' sightings, the median of many: a collection in between shows as shrinking. */
function allocation(model: SiteModel, { rounds: all }: BenchTraffic, tracks: readonly (Track | null)[]): number {
  const few = 20;
  const growths: number[] = [];
  for (let round = rounds + 1; round < rounds + rehearsals; round++) {
    for (let from = 0; from < tags; from += few) {
      const heard = (all[round] ?? []).slice(from, from + few);
      const own = tracks.slice(from, from + few);
      const intake = openIntake(model);
      const before = process.memoryUsage().heapUsed;
      takeAll(heard, own, intake);
      const growth = process.memoryUsage().heapUsed - before;
      if (growth > 0) growths.push(growth);
    }
  }
  growths.sort((a, b) => a - b);
  return (growths[growths.length >> 1] ?? NaN) / (few * heardBy);
}

type Collect = () => void;

/** A full collection on demand, without a flag on the command line. */
function garbageCollector(): Collect {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new TypeError('This Node cannot collect garbage on demand');
  // What one collection lets go of may hold more.
  return () => {
    for (let i = 0; i < 3; i++) Reflect.apply(collect, undefined, []);
  };
}
