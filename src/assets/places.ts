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

  /** A unit of the plan as availability sees it. */
  spaceOf(id: UnitId): Space | undefined {
    return this.#spaces.get(id);
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

/** Most places are replaced before anyone asks: nothing of a fix is copied, and what availability makes of it waits. */
class SeenPlace implements Place {
  #whereabouts: Whereabouts | null = null;

  constructor(
    readonly placed: Placed,
    readonly silent: boolean,
    private readonly wasSure: boolean,
    private readonly spaces: Spaces,
  ) {}

  get tagId(): Fix['tagId'] {
    return this.placed.fix.tagId;
  }
  get at(): number {
    return this.placed.fix.at;
  }
  get levelId(): Fix['levelId'] {
    return this.placed.fix.levelId;
  }
  get x(): number {
    return this.placed.fix.x;
  }
  get y(): number {
    return this.placed.fix.y;
  }
  get radius50(): number {
    return this.placed.fix.radius50;
  }
  get radius90(): number {
    return this.placed.fix.radius90;
  }
  get zoneId(): Fix['zoneId'] {
    return this.placed.fix.zoneId;
  }
  get sectionId(): Fix['sectionId'] {
    return this.placed.fix.sectionId;
  }
  get zoneProbability(): number {
    return this.placed.fix.zoneProbability;
  }
  get zones(): Fix['zones'] {
    return this.placed.fix.zones;
  }
  get moving(): boolean {
    return this.placed.fix.moving;
  }
  get restingSince(): number | null {
    return this.placed.restingSince;
  }

  get since(): number | null {
    const { presence, fix } = this.placed;
    return presence !== null && presence.zoneId === fix.zoneId ? presence.since : null;
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
