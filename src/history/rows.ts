import { z } from 'zod';
import type { TagClass } from '../core';

const text = z.string().regex(/^[^\0]*$/);
const real = z.number().min(-1e6).max(1e6);
/** Up to the year 2283: later ones no clock shows. */
const instant = z.number().min(0).max(9.9e12);

/** What history keeps of a move. Bounds are those of the columns: a move that passes cannot fail the insert. */
const recordable = z.object({
  tagId: text,
  keep: z.boolean(),
  fix: z.object({
    at: instant,
    levelId: text,
    x: real,
    y: real,
    radius50: real,
    radius90: real,
    zoneId: text.nullable(),
    sectionId: text.nullable(),
    zoneProbability: real,
    moving: z.boolean(),
  }),
  changes: z.array(
    z.discriminatedUnion('type', [
      z.object({
        type: z.enum(['entered', 'left', 'crossed']),
        zoneId: text,
        sectionId: text.nullable(),
        levelId: text,
        at: instant,
      }),
      z.object({ type: z.literal('silent'), at: instant }),
    ]),
  ),
});

export type RecordableMove = z.output<typeof recordable>;

/** A row of `fix`. */
export interface FixRow {
  readonly tagId: string;
  readonly class: TagClass;
  readonly fix: RecordableMove['fix'];
}

export interface StayRow {
  readonly tagId: string;
  readonly class: TagClass;
  readonly zoneId: string;
  readonly sectionId: string | null;
  readonly levelId: string;
  readonly enteredAt: number;
  /** Null while the tag is there. */
  leftAt: number | null;
}

export interface Rows {
  readonly fixes: readonly FixRow[];
  /** Tag → when the stay that was open before these moves ended. */
  readonly closed: ReadonlyMap<string, number>;
  readonly stays: readonly StayRow[];
}

/** One move of an entry → what is kept of it, null when nothing is. @throws on what is not a move */
export function readMove(move: unknown): RecordableMove | null {
  return saysNothing(move) ? null : recordable.parse(move);
}

/** The class of a tag: it says how long its rows are kept. */
export type ClassOf = (tagId: string) => TagClass;

/**
 * Moves in order → rows: a fix for each move that is to be kept, and stays from the changes. A tag is in one room at
 * a time: entering, leaving and falling silent all end the stay before. A stay without length is none.
 */
export function rowsOf(moves: readonly RecordableMove[], classOf: ClassOf): Rows {
  const fixes: FixRow[] = [];
  const stays: StayRow[] = [];
  const closed = new Map<string, number>();
  const open = new Map<string, StayRow>();
  for (const { tagId, fix, keep, changes } of moves) {
    if (keep) fixes.push({ tagId, class: classOf(tagId), fix });
    for (const change of changes) {
      if (change.type === 'crossed') continue;
      const before = open.get(tagId);
      if (before !== undefined) before.leftAt = change.at;
      else if (!closed.has(tagId)) closed.set(tagId, change.at);
      open.delete(tagId);
      if (change.type !== 'entered') continue;
      const { zoneId, sectionId, levelId, at } = change;
      const stay: StayRow = { tagId, class: classOf(tagId), zoneId, sectionId, levelId, enteredAt: at, leftAt: null };
      open.set(tagId, stay);
      stays.push(stay);
    }
  }
  return { fixes, closed, stays: stays.filter((stay) => stay.leftAt === null || stay.leftAt > stay.enteredAt) };
}

/** Most moves of a tag at rest: no row, no change. */
const saysNothing = (move: unknown): boolean =>
  typeof move === 'object' &&
  move !== null &&
  'keep' in move &&
  move.keep === false &&
  'changes' in move &&
  Array.isArray(move.changes) &&
  move.changes.length === 0;
