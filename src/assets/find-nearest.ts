import { Inject, Injectable } from '@nestjs/common';
import {
  type Availability,
  buildWalkingGraph,
  levelId,
  nearestOnFoot,
  unitId,
  type WalkingGraph,
  type WalkingPoint,
} from '../core';
import { SiteModelSource } from '../sites/site-model-source';
import { AssetViews } from './asset-views';
import { type Candidate, type NearestAnswer, nearestAnswer, type NearestAsset } from './nearest-answer';
import { Registry } from './registry';

export interface NearestQuestion {
  readonly kind: string;
  readonly from: WalkingPoint;
  /** Null: whatever its availability. */
  readonly availability: Availability | null;
  readonly limit: number;
}

/** Which assets of a kind are soonest reached on foot. */
@Injectable()
export class FindNearest {
  readonly #graph: WalkingGraph;

  constructor(
    @Inject(Registry) private readonly registry: Pick<Registry, 'ofKind'>,
    private readonly views: AssetViews,
    private readonly source: SiteModelSource,
  ) {
    this.#graph = buildWalkingGraph(source.site);
  }

  /** Soonest first. @param now epoch ms */
  find({ kind, from, availability, limit }: NearestQuestion, now: number): NearestAsset[] {
    const candidates: Candidate[] = [];
    for (const asset of this.registry.ofKind(kind)) {
      const place = this.views.placeOf(asset);
      if (place === null) continue;
      if (availability !== null && this.views.availabilityOf(asset, place, now) !== availability) continue;
      candidates.push({ asset, place, levelId: place.levelId, x: place.x, y: place.y, unitId: place.zoneId });
    }
    return nearestOnFoot(this.#graph, from, candidates, limit);
  }

  /** What is found, as the API says it. @param now epoch ms */
  answer(question: NearestQuestion, now: number): NearestAnswer {
    return nearestAnswer(question.from, this.find(question, now), this.views, this.source.site, now);
  }

  /**
   * Reads `unit:<id>` or `<levelId>,<x>,<y>` (level metres).
   * @returns a sentence saying what is wrong when it is neither
   */
  readOrigin(text: string): WalkingPoint | string {
    if (text.startsWith('unit:')) return this.#insideUnit(text.slice('unit:'.length));
    const parts = text.split(',');
    const [x, y] = parts.slice(-2).map((part) => (part.trim() === '' ? NaN : Number(part)));
    const level = levelId(parts.slice(0, -2).join(','));
    if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) {
      return 'from must be unit:<id> or <levelId>,<x>,<y> in metres of the level';
    }
    if (this.#graph.site.levelById.has(level)) return { levelId: level, x, y };
    return `there is no level ${level}; known: ${this.#graph.site.levels.map(({ id }) => id).join(', ')}`;
  }

  #insideUnit(id: string): WalkingPoint | string {
    const room = this.#graph.rooms[this.#graph.roomByUnit.get(unitId(id)) ?? -1];
    if (room === undefined) return `there is no unit ${id}`;
    const [x, y] = room.inner;
    return { levelId: room.unit.levelId, x, y, unitId: room.unit.id };
  }
}
