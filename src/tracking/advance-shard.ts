import { advance, type Dropped, endSilent, type Move, packSightings } from '../core';
import { type Sighting, type SiteModel, type TagId, type Track, unpackSightings } from '../core';
import type { StreamEntry } from '../redis/read-streams';

/** What the next commit of a shard writes. Nothing of it is true before the commit is done. */
export interface Outcome {
  readonly changed: Map<TagId, Track>;
  readonly ended: Set<TagId>;
  readonly moves: Move[];
  readonly dropped: Dropped;
  readonly poisoned: Poisoned[];
  readonly sightings: number;
}

/** An entry, or one tag's part of it, that could not be used. */
export interface Poisoned {
  readonly reason: 'not-sightings' | 'engine-failed' | 'track-failed';
  readonly detail: string;
  readonly payload: string;
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
/** Where the engine failed, too. */
const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

export function emptyOutcome(sightings = 0): Outcome {
  return { changed: new Map(), ended: new Set(), moves: [], dropped: {}, poisoned: [], sightings };
}

/**
 * Entries of one shard in order → what comes of them. Each tag's sightings stay in order; tags do not touch each other.
 * Pure: the same entries on the same tracks give the same outcome, so a batch may be repeated.
 */
export function advanceEntries(
  entries: readonly StreamEntry[],
  tracks: ReadonlyMap<TagId, Track>,
  now: number,
  model: SiteModel,
): Outcome {
  const poisoned: Poisoned[] = [];
  const heard = groupByTag(entries, poisoned);
  let sightings = 0;
  for (const parts of heard.values()) for (const part of parts) sightings += part.length;
  const outcome = emptyOutcome(sightings);
  outcome.poisoned.push(...poisoned);
  for (const [tagId, parts] of heard) {
    const before = tracks.get(tagId) ?? null;
    try {
      add(outcome, advance(before, parts.flat(), now, model), tagId);
    } catch {
      // Some sighting among them: each is tried alone, and the one that fails again is put aside with the reason.
      advanceOneByOne(outcome, before, parts, { tagId, now, model });
    }
  }
  return outcome;
}

/** The parts of each tag, one for each entry that names it. */
function groupByTag(entries: readonly StreamEntry[], poisoned: Poisoned[]): Map<TagId, Sighting[][]> {
  const heard = new Map<TagId, Sighting[][]>();
  for (const { text } of entries) {
    for (const [tagId, part] of partsOf(text, poisoned)) {
      const parts = heard.get(tagId);
      if (parts === undefined) heard.set(tagId, [part]);
      else parts.push(part);
    }
  }
  return heard;
}

function partsOf(text: string, poisoned: Poisoned[]): Map<TagId, Sighting[]> {
  const parts = new Map<TagId, Sighting[]>();
  try {
    for (const sighting of unpackSightings(text)) {
      const part = parts.get(sighting.tagId);
      if (part === undefined) parts.set(sighting.tagId, [sighting]);
      else part.push(sighting);
    }
    return parts;
  } catch (error) {
    poisoned.push({ reason: 'not-sightings', detail: detailOf(error), payload: text });
    return new Map();
  }
}

/** A part that makes the engine fail is put aside and its tag starts anew: its track may be what is wrong. */
function advanceOneByOne(
  outcome: Outcome,
  before: Track | null,
  parts: readonly Sighting[][],
  { tagId, now, model }: { tagId: TagId; now: number; model: SiteModel },
): void {
  let track = before;
  for (const part of parts) {
    try {
      const step = advance(track, part, now, model);
      add(outcome, step, tagId);
      track = step.track;
    } catch (error) {
      outcome.poisoned.push({ reason: 'engine-failed', detail: stackOf(error), payload: packSightings(part) });
      outcome.changed.delete(tagId);
      outcome.ended.add(tagId);
      track = null;
    }
  }
}

function add(outcome: Outcome, step: ReturnType<typeof advance>, tagId: TagId): void {
  if (step.track !== null) {
    outcome.changed.set(tagId, step.track);
    outcome.ended.delete(tagId);
  }
  outcome.moves.push(...step.moves);
  for (const [reason, count] of Object.entries(step.dropped)) {
    outcome.dropped[reason as keyof Dropped] = (outcome.dropped[reason as keyof Dropped] ?? 0) + count;
  }
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
      outcome.poisoned.push({ reason: 'track-failed', detail: stackOf(error), payload: JSON.stringify(track) });
    }
  }
  return outcome;
}
