import { type Dropped, endSilent, type Intake, type Move, packSightings, packTrack } from '../core';
import { type Sighting, type SiteModel, type TagId, take, type Track, unpackSightings } from '../core';
import type { StreamEntry } from '../redis/read-streams';

/** What the next commit of a shard writes. Nothing of it is true before the commit is done. */
export interface Outcome {
  readonly changed: Map<TagId, Track>;
  readonly ended: Set<TagId>;
  readonly moves: Move[];
  readonly dropped: Dropped;
  readonly poisoned: Poisoned[];
  sightings: number;
}

/** An entry, or one tag's part of it, that could not be used. */
export interface Poisoned {
  readonly reason: 'not-sightings' | 'engine-failed' | 'track-failed';
  readonly detail: string;
  readonly payload: string | Buffer;
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
/** Where the engine failed, too. */
const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

export function emptyOutcome(): Outcome {
  return { changed: new Map(), ended: new Set(), moves: [], dropped: {}, poisoned: [], sightings: 0 };
}

/**
 * Entries of one shard in order → what comes of them. Each tag's sightings stay in order; tags do not touch each other.
 * The tracks are worked on in place: when what comes of them cannot be committed, they are to be read from Redis again.
 * The same however the entries are cut into batches: what is from the future is judged by when its entry was written. So
 * entries may be taken again.
 */
export function advanceEntries(
  entries: readonly StreamEntry[],
  tracks: ReadonlyMap<TagId, Track>,
  model: SiteModel,
): Outcome {
  const outcome = emptyOutcome();
  const intake: Intake = { model, now: Infinity, moves: outcome.moves, dropped: outcome.dropped };
  for (const [tagId, heard] of groupByTag(entries, outcome, model.rules.aheadMs)) {
    const track = takeAll(tracks.get(tagId) ?? null, heard, intake, outcome);
    if (track === null) continue;
    outcome.changed.set(tagId, track);
    outcome.ended.delete(tagId);
  }
  return outcome;
}

/** The sightings of each tag in order. An entry that cannot be read whole is put aside whole. */
function groupByTag(entries: readonly StreamEntry[], outcome: Outcome, aheadMs: number): Map<TagId, Sighting[]> {
  const heard = new Map<TagId, Sighting[]>();
  for (const { id, bytes } of entries) {
    const sightings = sightingsOf(bytes, outcome.poisoned);
    outcome.sightings += sightings.length;
    const newest = parseInt(id, 10) + aheadMs;
    for (const sighting of sightings) {
      if (sighting.heardAt > newest) {
        outcome.dropped.ahead = (outcome.dropped.ahead ?? 0) + 1;
        continue;
      }
      const own = heard.get(sighting.tagId);
      if (own === undefined) heard.set(sighting.tagId, [sighting]);
      else own.push(sighting);
    }
  }
  return heard;
}

function sightingsOf(entry: Buffer, poisoned: Poisoned[]): readonly Sighting[] {
  try {
    return unpackSightings(entry);
  } catch (error) {
    poisoned.push({ reason: 'not-sightings', detail: detailOf(error), payload: entry });
    return [];
  }
}

/** A sighting that makes the engine fail is put aside and its tag starts anew: its track may be what is wrong. */
function takeAll(
  before: Track | null,
  heard: readonly Sighting[],
  intake: Intake,
  { ended, poisoned }: Outcome,
): Track | null {
  let track = before;
  for (const sighting of heard) {
    try {
      track = take(track, sighting, intake);
    } catch (error) {
      poisoned.push({ reason: 'engine-failed', detail: stackOf(error), payload: packSightings([sighting]) });
      ended.add(sighting.tagId);
      track = null;
    }
  }
  return track;
}

/** The tags not heard for `silentAfterMs` on our clock: their last moves, and their tracks deleted. */
export function endSilentTags(tracks: ReadonlyMap<TagId, Track>, now: number, silentAfterMs: number): Outcome {
  const outcome = emptyOutcome();
  for (const [tagId, track] of tracks) {
    if (now - track.receivedAt < silentAfterMs) continue;
    outcome.ended.add(tagId);
    try {
      const move = endSilent(track, now, silentAfterMs);
      if (move !== null) outcome.moves.push(move);
    } catch (error) {
      outcome.poisoned.push({
        reason: 'track-failed',
        detail: stackOf(error),
        payload: packTrack(track).toString('base64'),
      });
    }
  }
  return outcome;
}
