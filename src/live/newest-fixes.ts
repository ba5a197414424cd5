import type { Fix, Move } from '../core';
import type { LevelSnapshot, LiveFix, MovedBatch } from './protocol';

interface Pending {
  readonly fixes: Map<string, LiveFix>;
  readonly left: Set<string>;
  readonly silent: Set<string>;
}

/**
 * The newest fix of every tag, by level, and what changed since it was last told.
 * A tag is forgotten when it falls silent; the map is as large as the tags heard now.
 */
export class NewestFixes {
  readonly #levelOf = new Map<string, string>();
  readonly #levels = new Map<string, Map<string, LiveFix>>();
  readonly #pending = new Map<string, Pending>();

  /** Takes a move in; one older than what is known of the tag changes nothing. */
  apply(move: Move): void {
    if (move.changes.some((change) => change.type === 'silent')) this.#silence(move.tagId);
    else this.place(move.fix);
  }

  /** Takes a fix in, as from a stored track. */
  place(fix: Fix): void {
    const before = this.#levelOf.get(fix.tagId);
    const known = before === undefined ? undefined : this.#levels.get(before)?.get(fix.tagId);
    if (known !== undefined && known.at > fix.at) return;
    if (before !== undefined && before !== fix.levelId) this.#remove(fix.tagId, before).left.add(fix.tagId);
    const live = toLive(fix);
    this.#levelOf.set(fix.tagId, fix.levelId);
    this.#level(fix.levelId).set(fix.tagId, live);
    const pending = this.#pendingOf(fix.levelId);
    pending.left.delete(fix.tagId);
    pending.silent.delete(fix.tagId);
    pending.fixes.set(fix.tagId, live);
  }

  snapshot(levelId: string, now: number): LevelSnapshot {
    return { levelId, now, fixes: [...(this.#levels.get(levelId)?.values() ?? [])] };
  }

  /** What changed since the last call, a batch a level; each tag at most once in it. */
  takeChanges(now: number): MovedBatch[] {
    const batches = [...this.#pending].map(([levelId, pending]) => ({
      levelId,
      now,
      fixes: [...pending.fixes.values()],
      left: [...pending.left],
      silent: [...pending.silent],
    }));
    this.#pending.clear();
    return batches;
  }

  get size(): number {
    return this.#levelOf.size;
  }

  #silence(tagId: string): void {
    const levelId = this.#levelOf.get(tagId);
    if (levelId !== undefined) this.#remove(tagId, levelId).silent.add(tagId);
  }

  /** Takes a tag off a level; gives the level's pending changes to say why. */
  #remove(tagId: string, levelId: string): Pending {
    this.#levelOf.delete(tagId);
    this.#levels.get(levelId)?.delete(tagId);
    const pending = this.#pendingOf(levelId);
    pending.fixes.delete(tagId);
    return pending;
  }

  #level(levelId: string): Map<string, LiveFix> {
    const level = this.#levels.get(levelId) ?? new Map<string, LiveFix>();
    this.#levels.set(levelId, level);
    return level;
  }

  #pendingOf(levelId: string): Pending {
    const pending = this.#pending.get(levelId) ?? { fixes: new Map(), left: new Set(), silent: new Set() };
    this.#pending.set(levelId, pending);
    return pending;
  }
}

/** To the millimetre and the thousandth: finer is only more bytes to every browser. */
const round = (value: number): number => Math.round(value * 1000) / 1000;

function toLive({ tagId, at, x, y, radius50, radius90, zoneId, zoneProbability, moving }: Fix): LiveFix {
  return {
    tagId,
    at,
    x: round(x),
    y: round(y),
    radius50: round(radius50),
    radius90: round(radius90),
    zoneId,
    zoneProbability: round(zoneProbability),
    moving,
  };
}
