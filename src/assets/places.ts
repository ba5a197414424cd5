import { Injectable } from '@nestjs/common';
import { type Fix, isPlaceSure, type Move, type Space, type TagId, type UnitId, type Whereabouts } from '../core';
import type { Placed } from '../moves/placed';
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

type Spaces = ReadonlyMap<UnitId, Space>;

/**
 * The newest place of every followed tag. A silent tag keeps its last one for as long as an asset wears it: the reader
 * of moves forgets those no asset wears.
 */
@Injectable()
export class Places {
  readonly #byTag = new Map<TagId, SeenPlace>();
  readonly #spaces: Spaces;

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
    const isSilent = move.changes.length > 0 && move.changes.some((change) => change.type === 'silent');
    if (!isSilent || known === undefined) this.put(move);
    const place = this.#byTag.get(move.tagId);
    if (isSilent && place !== undefined && place.at <= move.fix.at) this.#set(place.placed, true);
  }

  put(placed: Placed): void {
    const known = this.#byTag.get(placed.fix.tagId);
    if (known !== undefined && known.at > placed.fix.at) return;
    this.#set(placed, false);
  }

  /** Where a tag that is silent now was last seen. Anything known already is newer. */
  putLastSeen(fix: Fix): void {
    if (!this.#byTag.has(fix.tagId)) this.#set({ fix, presence: null, restingSince: null }, true);
  }

  forget(tagId: TagId): void {
    this.#byTag.delete(tagId);
  }

  #set(placed: Placed, silent: boolean): void {
    const { tagId, zoneId } = placed.fix;
    const before = this.#byTag.get(tagId);
    const wasSure = before !== undefined && before.zoneId === zoneId && before.isSure;
    this.#byTag.set(tagId, new SeenPlace(placed, silent, wasSure, this.#spaces));
  }
}

/** Most places are replaced before anyone asks what availability makes of them: that is put together when asked for. */
class SeenPlace implements Place {
  readonly tagId: Fix['tagId'];
  readonly at: number;
  readonly levelId: Fix['levelId'];
  readonly x: number;
  readonly y: number;
  readonly radius50: number;
  readonly radius90: number;
  readonly zoneId: Fix['zoneId'];
  readonly sectionId: Fix['sectionId'];
  readonly zoneProbability: number;
  readonly zones: Fix['zones'];
  readonly moving: boolean;
  readonly since: number | null;
  readonly restingSince: number | null;
  #whereabouts: Whereabouts | null = null;

  constructor(
    readonly placed: Placed,
    readonly silent: boolean,
    private readonly wasSure: boolean,
    private readonly spaces: Spaces,
  ) {
    const { fix, presence, restingSince } = placed;
    this.tagId = fix.tagId;
    this.at = fix.at;
    this.levelId = fix.levelId;
    this.x = fix.x;
    this.y = fix.y;
    this.radius50 = fix.radius50;
    this.radius90 = fix.radius90;
    this.zoneId = fix.zoneId;
    this.sectionId = fix.sectionId;
    this.zoneProbability = fix.zoneProbability;
    this.zones = fix.zones;
    this.moving = fix.moving;
    this.since = presence !== null && presence.zoneId === fix.zoneId ? presence.since : null;
    this.restingSince = restingSince;
  }

  get whereabouts(): Whereabouts {
    this.#whereabouts ??= this.#makeWhereabouts();
    return this.#whereabouts;
  }

  /** Sure enough for what is shipped: the next place in the same unit then holds on to it more easily. */
  get isSure(): boolean {
    const { general } = shippedRules;
    const least = this.wasSure ? general.leastPlaceToHold : general.leastPlace;
    // A unit the plan has, by itself as likely as it takes: the units beside it need not be looked at.
    if (this.zoneProbability >= least) return this.zoneId !== null && this.spaces.has(this.zoneId);
    return isPlaceSure(this.whereabouts, general);
  }

  #makeWhereabouts(): Whereabouts {
    const { zoneId, zoneProbability: probability, zones, wasSure, since, restingSince, at, silent, spaces } = this;
    const others = zones.flatMap(([unitId, share]) => {
      const space = unitId === zoneId ? undefined : spaces.get(unitId);
      return space === undefined ? [] : [{ ...space, probability: share }];
    });
    const space = zoneId === null ? null : (spaces.get(zoneId) ?? null);
    return { space, probability, others, wasSure, since, restingSince, at, silent };
  }
}
