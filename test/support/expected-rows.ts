import { advance, type Move, type Sighting, type SiteModel } from '../../src/core';
import type { Stay, TrailFix } from '../../src/history/trail';

/** What the engine alone makes of one tag's sightings, all at once. */
export function movesOffline(model: SiteModel, heard: readonly Sighting[]): readonly Move[] {
  return advance(null, heard, Date.now() + 3_600_000, model).moves;
}

/** The fixes history keeps of these moves, as it answers with them: numbers are single precision there. */
export function keptFixes(moves: readonly Move[]): TrailFix[] {
  return moves
    .filter((move) => move.keep)
    .map(({ fix }) => ({
      tagId: fix.tagId,
      at: fix.at,
      levelId: fix.levelId,
      x: single(fix.x),
      y: single(fix.y),
      radius50: single(fix.radius50),
      radius90: single(fix.radius90),
      zoneId: fix.zoneId,
      sectionId: fix.sectionId,
      zoneProbability: single(fix.zoneProbability),
      moving: fix.moving,
    }));
}

/** The shortest decimal that is this number in single precision. */
const single = (value: number): number => {
  const nearest = Math.fround(value);
  for (let digits = 6; digits <= 9; digits++) {
    const short = Number(nearest.toPrecision(digits));
    if (Math.fround(short) === nearest) return short;
  }
  return nearest;
};

/** The stays that follow from these moves of one tag, by the words alone: slow and plain. */
export function staysOf(moves: readonly Move[]): Stay[] {
  const stays: Stay[] = [];
  for (const { tagId, changes } of moves) {
    for (const change of changes) {
      if (change.type === 'crossed') continue;
      const open = stays.at(-1);
      if (open !== undefined && open.leftAt === null) stays[stays.length - 1] = { ...open, leftAt: change.at };
      if (change.type !== 'entered') continue;
      const { zoneId, sectionId, levelId, at } = change;
      stays.push({ tagId, zoneId, sectionId, levelId, enteredAt: at, leftAt: null });
    }
  }
  return stays.filter((stay) => stay.leftAt !== stay.enteredAt);
}
