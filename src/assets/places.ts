import { Injectable } from '@nestjs/common';
import type { Fix, Move, Presence, TagId } from '../core';

/** Where a tag is, or was last seen. */
export interface Place extends Fix {
  /** In this unit since, epoch ms. */
  readonly since: number | null;
  readonly restingSince: number | null;
  readonly silent: boolean;
}

/** A fix with what is known of its tag besides. */
export interface Placed {
  readonly fix: Fix;
  readonly presence: Presence | null;
  readonly restingSince: number | null;
}

/** The newest place of every followed tag. A silent tag keeps its last one; `keepOnly` forgets tags taken off. */
@Injectable()
export class Places {
  readonly #byTag = new Map<TagId, Place>();

  get(tagId: TagId): Place | undefined {
    return this.#byTag.get(tagId);
  }

  get size(): number {
    return this.#byTag.size;
  }

  /** Takes a move in; one older than what is known changes nothing. */
  apply(move: Move): void {
    const known = this.#byTag.get(move.tagId);
    const isSilent = move.changes.some((change) => change.type === 'silent');
    if (!isSilent || known === undefined) this.put(move);
    const place = this.#byTag.get(move.tagId);
    if (isSilent && place !== undefined && place.at <= move.fix.at) {
      this.#byTag.set(move.tagId, { ...place, silent: true });
    }
  }

  put({ fix, presence, restingSince }: Placed): void {
    const known = this.#byTag.get(fix.tagId);
    if (known !== undefined && known.at > fix.at) return;
    const since = presence !== null && presence.zoneId === fix.zoneId ? presence.since : null;
    this.#byTag.set(fix.tagId, { ...fix, since, restingSince, silent: false });
  }

  /** Where a tag that is silent now was last seen. Anything known already is newer. */
  putLastSeen(fix: Fix): void {
    if (this.#byTag.has(fix.tagId)) return;
    this.#byTag.set(fix.tagId, { ...fix, since: null, restingSince: null, silent: true });
  }

  keepOnly(isFollowed: (tagId: TagId) => boolean): void {
    for (const tagId of this.#byTag.keys()) if (!isFollowed(tagId)) this.#byTag.delete(tagId);
  }
}
