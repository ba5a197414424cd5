import type { LevelSnapshot, LiveFix, MovedBatch } from '../../../../src/live/protocol';

/**
 * The newest fix of each tag of one level. Snapshot first, deltas after; an older fix never replaces a newer one.
 * Entries go when the tag leaves the level, and all of them with the next snapshot.
 */
export class NewestFixes {
  levelId: string | null = null;
  readonly byTag = new Map<string, LiveFix>();
  /** Tags that went silent since the snapshot: still shown where they were. */
  readonly silent = new Set<string>();

  reset(snapshot: LevelSnapshot): void {
    this.levelId = snapshot.levelId;
    this.byTag.clear();
    this.silent.clear();
    for (const fix of snapshot.fixes) this.byTag.set(fix.tagId, fix);
  }

  /** False when the batch is of another level (it was under way when the level changed). */
  apply(batch: MovedBatch): boolean {
    if (batch.levelId !== this.levelId) return false;
    for (const fix of batch.fixes) {
      const known = this.byTag.get(fix.tagId);
      if (known !== undefined && known.at > fix.at) continue;
      this.byTag.set(fix.tagId, fix);
      this.silent.delete(fix.tagId);
    }
    for (const tagId of batch.left) {
      this.byTag.delete(tagId);
      this.silent.delete(tagId);
    }
    for (const tagId of batch.silent) if (this.byTag.has(tagId)) this.silent.add(tagId);
    return true;
  }

  clear(): void {
    this.levelId = null;
    this.byTag.clear();
    this.silent.clear();
  }
}
