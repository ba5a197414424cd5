import { Injectable } from '@nestjs/common';
import {
  type Fix,
  isPlaceSure,
  type Move,
  type Presence,
  type Space,
  type TagId,
  type UnitId,
  type Whereabouts,
} from '../core';
import { SiteModelSource } from '../sites/site-model-source';
import { shippedRules } from './compile-rules';

/** Where a tag is, or was last seen. */
export interface Place extends Fix {
  /** In this unit since, epoch ms. */
  readonly since: number | null;
  readonly restingSince: number | null;
  readonly silent: boolean;
  /** The same as availability sees it. */
  readonly whereabouts: Whereabouts;
}

type Seen = Omit<Place, 'whereabouts'>;

/** A fix with what is known of its tag besides. */
export interface Placed {
  readonly fix: Fix;
  readonly presence: Presence | null;
  readonly restingSince: number | null;
}

/**
 * The newest place of every followed tag. A silent tag keeps its last one for as long as an asset wears it: the reader
 * of moves forgets those no asset wears.
 */
@Injectable()
export class Places {
  readonly #byTag = new Map<TagId, Place>();
  readonly #spaces: ReadonlyMap<UnitId, Space>;

  constructor(source: SiteModelSource) {
    this.#spaces = new Map(
      [...source.site.unitById.values()].map((unit) => [
        unit.id,
        { unitId: unit.id, name: unit.name, number: unit.number, type: unit.spaceType ?? unit.category },
      ]),
    );
  }

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
      this.#set({ ...place, silent: true });
    }
  }

  put({ fix, presence, restingSince }: Placed): void {
    const known = this.#byTag.get(fix.tagId);
    if (known !== undefined && known.at > fix.at) return;
    const since = presence !== null && presence.zoneId === fix.zoneId ? presence.since : null;
    this.#set({ ...fix, since, restingSince, silent: false });
  }

  /** Where a tag that is silent now was last seen. Anything known already is newer. */
  putLastSeen(fix: Fix): void {
    if (this.#byTag.has(fix.tagId)) return;
    this.#set({ ...fix, since: null, restingSince: null, silent: true });
  }

  forget(tagId: TagId): void {
    this.#byTag.delete(tagId);
  }

  #set(seen: Seen): void {
    const before = this.#byTag.get(seen.tagId);
    const wasSure =
      before !== undefined && before.zoneId === seen.zoneId && isPlaceSure(before.whereabouts, shippedRules.general);
    this.#byTag.set(seen.tagId, { ...seen, whereabouts: this.#whereaboutsOf(seen, wasSure) });
  }

  #whereaboutsOf(seen: Seen, wasSure: boolean): Whereabouts {
    const { zoneId, zoneProbability: probability, zones, since, restingSince, at, silent } = seen;
    const others = zones.flatMap(([unitId, share]) => {
      const space = unitId === zoneId ? undefined : this.#spaces.get(unitId);
      return space === undefined ? [] : [{ ...space, probability: share }];
    });
    const space = zoneId === null ? null : (this.#spaces.get(zoneId) ?? null);
    return { space, probability, others, wasSure, since, restingSince, at, silent };
  }
}
