import { advance, type DropReason, type Fix, type Sighting, type SiteModel, type TagId, type Track } from '../../core';

/** A tag was announced to be in another zone. */
export interface Entry {
  readonly tagId: TagId;
  readonly at: number;
  readonly zoneId: string;
}

export interface Located {
  /** In order of making; of fixes of one tag for one instant only the last. */
  readonly fixes: readonly Fix[];
  /** Zones announced as entered, in order of making. */
  readonly entries: readonly Entry[];
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

/** Runs the engine alone over sightings in order of time. */
export function locateAll(
  sightings: readonly Sighting[],
  model: SiteModel,
  onProgress?: (done: number) => void,
): Located {
  const tracks = new Map<TagId, Track>();
  const newest = new Map<TagId, number>();
  const fixes: Fix[] = [];
  const entries: Entry[] = [];
  const dropped: Partial<Record<DropReason, number>> = {};
  sightings.forEach((sighting, i) => {
    const step = advance(tracks.get(sighting.tagId) ?? null, [sighting], sighting.heardAt, model);
    if (step.track !== null) tracks.set(sighting.tagId, step.track);
    for (const { fix, changes } of step.moves) {
      for (const change of changes) {
        if (change.type === 'entered') entries.push({ tagId: fix.tagId, at: fix.at, zoneId: change.zoneId });
      }
      const last = newest.get(fix.tagId);
      if (last !== undefined && fixes[last]?.at === fix.at) fixes[last] = fix;
      else newest.set(fix.tagId, fixes.push(fix) - 1);
    }
    for (const [reason, count] of Object.entries(step.dropped)) {
      const known = reason as DropReason;
      dropped[known] = (dropped[known] ?? 0) + count;
    }
    if (onProgress !== undefined && i % 1000 === 0) onProgress(i);
  });
  return { fixes, entries, dropped };
}
