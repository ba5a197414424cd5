import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { packTrack, type SiteModel, type Track } from '../../../core';
import { type BenchTraffic, heardBy, makeTraffic } from './bench-traffic';
import { advanceAll } from './measure-rates';

export interface Memory {
  /** What one tag at rest holds of this process's memory, arrays outside the heap included, and of the store, bytes. */
  readonly heldPerTag: number;
  readonly storedPerTag: number;
  /** Bytes allocated for a sighting in steady state: moves and tracks that go out included. */
  readonly allocatedPerSighting: number;
}

const tags = 300;
/** Long enough that a tag is taken to rest and its window is as full as it gets. */
const rounds = 24;
const rehearsals = 6;

/** Memory of tags at rest, heard by eight gateways once a second. */
export function measureMemory(model: SiteModel): Memory {
  const collect = garbageCollector();
  const traffic = makeTraffic(model, tags, rounds + rehearsals, true);
  const tracks: (Track | null)[] = Array.from({ length: tags }, () => null);
  for (let round = 0; round < rounds; round++) advanceAll(model, traffic, tracks, round);
  const stored = tracks.reduce((sum, track) => sum + (track === null ? 0 : packTrack(track).length), 0);
  const allocatedPerSighting = allocation(model, traffic, tracks);
  collect();
  const held = inUse();
  // What goes when the tracks go is what they held.
  tracks.length = 0;
  collect();
  const heldPerTag = (held - inUse()) / tags;
  return { heldPerTag, storedPerTag: stored / tags, allocatedPerSighting };
}

function inUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Growth of the heap over a few tags' sightings, the median of many: a collection in between shows as shrinking. */
function allocation(model: SiteModel, traffic: BenchTraffic, tracks: readonly (Track | null)[]): number {
  const few = 20;
  const growths: number[] = [];
  for (let round = rounds; round < rounds + rehearsals; round++) {
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
