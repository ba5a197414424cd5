import type { Fix, Move } from '../core';
import type { LevelSnapshot, LiveFix, MovedBatch } from './protocol';

interface Pending {
  readonly fixes: Map<string, Fix>;
  readonly left: Set<string>;
  readonly silent: Set<string>;
}

/**
 * The newest fix of every tag, by level, and of the levels somebody watches what changed since it was last told.
 * A tag is forgotten when it falls silent; the map is as large as the tags heard now.
 */
export class NewestFixes {
  readonly #levelOf = new Map<string, string>();
  readonly #levels = new Map<string, Map<string, Fix>>();
  /** Of each level that is watched. */
  readonly #pending = new Map<string, Pending>();

  /** From now on changes of the level are kept to be told. */
  watch(levelId: string): void {
    if (!this.#pending.has(levelId)) this.#pending.set(levelId, nothing());
  }

  /** Levels watched by nobody any more are left to themselves. */
  keepWatching(isWatched: (levelId: string) => boolean): void {
    for (const levelId of this.#pending.keys()) if (!isWatched(levelId)) this.#pending.delete(levelId);
  }

  /** Takes a move in; one older than what is known of the tag changes nothing. */
  apply(move: Move): void {
    if (move.changes.length > 0 && move.changes.some((change) => change.type === 'silent')) this.#silence(move.tagId);
    else this.place(move.fix);
  }

  /** Takes a fix in, as from a stored track. */
  place(fix: Fix): void {
    const before = this.#levelOf.get(fix.tagId);
    const known = before === undefined ? undefined : this.#levels.get(before)?.get(fix.tagId);
    if (known !== undefined && known.at > fix.at) return;
    if (before !== undefined && before !== fix.levelId) this.#remove(fix.tagId, before)?.left.add(fix.tagId);
    if (before !== fix.levelId) this.#levelOf.set(fix.tagId, fix.levelId);
    this.#level(fix.levelId).set(fix.tagId, fix);
    const pending = this.#pending.get(fix.levelId);
    if (pending === undefined) return;
    pending.left.delete(fix.tagId);
    pending.silent.delete(fix.tagId);
    pending.fixes.set(fix.tagId, fix);
  }

  snapshot(levelId: string, now: number): LevelSnapshot {
    return { levelId, now, fixes: Array.from(this.#levels.get(levelId)?.values() ?? [], toLive) };
  }

  /** What changed on watched levels since the last call, a batch a level; each tag at most once in it. */
  takeChanges(now: number): MovedBatch[] {
    const batches: MovedBatch[] = [];
    for (const [levelId, { fixes, left, silent }] of this.#pending) {
      if (fixes.size + left.size + silent.size === 0) continue;
      batches.push({
        levelId,
        now,
        fixes: Array.from(fixes.values(), toLive),
        left: [...left],
        silent: [...silent],
      });
      this.#pending.set(levelId, nothing());
    }
    return batches;
  }

  get size(): number {
    return this.#levelOf.size;
  }

  #silence(tagId: string): void {
    const levelId = this.#levelOf.get(tagId);
    if (levelId !== undefined) this.#remove(tagId, levelId)?.silent.add(tagId);
  }

  /** Takes a tag off a level; gives the level's pending changes, if it is watched, to say why. */
  #remove(tagId: string, levelId: string): Pending | undefined {
    this.#levelOf.delete(tagId);
    this.#levels.get(levelId)?.delete(tagId);
    const pending = this.#pending.get(levelId);
    pending?.fixes.delete(tagId);
    return pending;
  }

  #level(levelId: string): Map<string, Fix> {
    const known = this.#levels.get(levelId);
    if (known !== undefined) return known;
    const level = new Map<string, Fix>();
    this.#levels.set(levelId, level);
    return level;
  }
}

const nothing = (): Pending => ({ fixes: new Map(), left: new Set(), silent: new Set() });

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
