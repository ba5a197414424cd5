import { Inject, Injectable } from '@nestjs/common';
import type { Escort, TagId, UnitId } from '../core';
import type { Asset } from './asset';
import { PlaceReader } from './place-reader';
import { Places } from './places';
import { Registry } from './registry';
import { RuleBook, type RulesNow } from './rule-book';

/** Two that enter a unit within this time of each other may be pushed by the same hands. */
const togetherMs = 20_000;
/** One that has been elsewhere for so long is not with the other any more: fixes of two tags do not change units at once. */
const apartMs = 45_000;
/** Of each asset: those it went the same way as. */
const mostCandidates = 4;

interface Entry {
  readonly asset: Asset;
  readonly at: number;
}

/**
 * What goes the same way as a bed or another thing that carries patients: it entered the same units within seconds, again
 * and again. Followed from the moves of this process; a restart forgets it. What is kept of an asset ends with it.
 */
@Injectable()
export class Escorts {
  readonly #unitOf = new Map<string, UnitId>();
  /** Unit → who entered lately; emptied by age. */
  readonly #entries = new Map<UnitId, Entry[]>();
  readonly #candidates = new Map<string, Map<string, Escort>>();

  constructor(
    private readonly registry: Registry,
    private readonly places: Places,
    @Inject(RuleBook) private readonly rules: RulesNow,
    placeReader: PlaceReader,
  ) {
    placeReader.onMoved((tagIds) => this.#tagsMoved(tagIds));
    registry.onChanged(({ gone }) => gone.forEach(({ id }) => this.#forget(id)));
  }

  #tagsMoved(tagIds: ReadonlySet<TagId>): void {
    for (const tagId of tagIds) {
      const asset = this.registry.byTag(tagId);
      const place = this.places.get(tagId);
      if (asset === undefined || place === undefined || place.silent || place.zoneId === null) continue;
      const before = this.#unitOf.get(asset.id);
      this.#unitOf.set(asset.id, place.zoneId);
      if (before !== undefined && before !== place.zoneId) this.#entered(asset, place.zoneId, place.since ?? place.at);
    }
  }

  /** The one it went furthest with, while they are together. @param now epoch ms */
  of(asset: Asset, now: number): Escort | null {
    let best: Escort | null = null;
    for (const companion of this.#candidates.get(asset.id)?.values() ?? []) {
      if (best === null || companion.steps > best.steps) best = companion;
    }
    return best !== null && this.#areTogether(asset.id, best, now) ? best : null;
  }

  #forget(assetId: string): void {
    this.#unitOf.delete(assetId);
    this.#candidates.delete(assetId);
  }

  #entered(asset: Asset, unitId: UnitId, at: number): void {
    const lately = (this.#entries.get(unitId) ?? []).filter((entry) => at - entry.at <= togetherMs);
    for (const other of lately) {
      if (other.asset.id === asset.id || Math.abs(at - other.at) > togetherMs) continue;
      if (this.#carries(other.asset, asset)) this.#step(asset, other.asset, at);
      if (this.#carries(asset, other.asset)) this.#step(other.asset, asset, at);
    }
    this.#entries.set(unitId, [...lately, { asset, at }]);
  }

  #carries = (carrier: Asset, carried: Asset): boolean =>
    this.rules.of(carried.kind).movingWith.kinds.has(carrier.kind);

  #step(carried: Asset, { id, kind, name }: Asset, at: number): void {
    const candidates = this.#candidates.get(carried.id) ?? new Map<string, Escort>();
    const known = candidates.get(id);
    const isStillTogether = known !== undefined && this.#areTogether(carried.id, known, at);
    const before = isStillTogether ? known : { id, kind, name, since: at, steps: 0 };
    candidates.delete(id);
    candidates.set(id, { ...before, at, steps: before.steps + 1 });
    const [oldest] = candidates.keys();
    if (candidates.size > mostCandidates && oldest !== undefined) candidates.delete(oldest);
    this.#candidates.set(carried.id, candidates);
  }

  /** In the same unit, or parted only just now. */
  #areTogether(assetId: string, companion: Escort, now: number): boolean {
    return this.#unitOf.get(assetId) === this.#unitOf.get(companion.id) || now - companion.at <= apartMs;
  }
}
