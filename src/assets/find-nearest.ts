import { Inject, Injectable } from '@nestjs/common';
import {
  buildWalkingGraph,
  type Companion,
  levelId,
  nearestFrom,
  nearestInRooms,
  orderSearch,
  type Reached,
  RoomTimes,
  rulesWith,
  stand,
  steadyOrder,
  unitId,
  type Walk,
  walkFrom,
  type WalkingGraph,
  type WalkingPoint,
} from '../core';
import { SiteModelSource } from '../sites/site-model-source';
import { AssetViews } from './asset-views';
import { CandidateBook } from './candidate-book';
import type { Candidate, RoomChances } from './candidates';
import type { Candidates } from './gathered';
import type { NearestAnswer } from './nearest.dto';
import { type Found, nearestAnswer } from './nearest-answer';
import type { NearestQuestion } from './nearest-question';
import type { RankedAsset } from './nearest-reasons';
import { Registry } from './registry';
import { askWhere, soonestFree } from './soonest-free';

/** The site as one walks it with something. */
interface Ways {
  readonly graph: WalkingGraph;
  readonly times: RoomTimes;
}

/** How much dearer a lesser chance makes a candidate before the order is weighed, seconds. */
const retryS = 90;
/** Candidates whose order is weighed, or more when more are asked for. */
const pool = 12;
/** Nearer ones that are not answers, to say why. */
const mostPassedOver = 3;
/** Farther outside every room a place is not on the plan, metres. */
const farOutside = 25;

/** Where to go for equipment of a kind. */
@Injectable()
export class FindNearest {
  readonly #ways = new Map<string, Ways>();
  readonly #candidates: CandidateBook;

  constructor(
    @Inject(Registry) private readonly registry: Pick<Registry, 'ofKind' | 'byId' | 'version'>,
    private readonly views: AssetViews,
    private readonly source: SiteModelSource,
  ) {
    this.#candidates = new CandidateBook(registry, views);
    this.#waysWith('none');
  }

  /** Least expected time first. @param now epoch ms */
  find(question: NearestQuestion, now: number): Found {
    const candidates = this.#candidates.of(question, now);
    const ways = this.#waysWith(question.with, question.hasBadge);
    const walk = walkFrom(ways.graph, question.from);
    const nothing = { results: [], nearby: [], unreachable: candidates.wanted.count, soonest: [], ask: [] };
    const found = walk === null ? nothing : this.#search(ways, walk, candidates, question);
    return { ...found, graph: ways.graph, walk, candidates, question };
  }

  /** What is found, as the API says it. @param now epoch ms */
  answer(question: NearestQuestion, now: number): NearestAnswer {
    return nearestAnswer(this.find(question, now), this.views, now);
  }

  #search(ways: Ways, walk: Walk, candidates: Candidates, { limit, shown }: NearestQuestion) {
    const { graph, times } = ways;
    const { wanted, others, rooms } = candidates;
    const count = Math.max(limit, pool);
    const reached = nearestFrom(graph, walk, wanted.heads, count, (head) => (1 - rooms.of(head)) * retryS);
    const ranked = rank(times, reached, rooms).flatMap((head) =>
      wanted.withMates(head, { graph, walk }, { limit, shown }),
    );
    const results = steadyOrder(ranked, shown).slice(0, limit);
    const unreachable = wanted.countUnreachable({ graph, walk });
    if (results.length > 0) {
      const nearby = [...reached, ...nearestInRooms({ graph, walk }, others, mostPassedOver)];
      return { results, nearby, unreachable, soonest: [], ask: [] };
    }
    const soonest = soonestFree({ graph, walk }, others);
    const ask = askWhere({ graph, walk }, [...wanted.all, ...others.flat()]);
    return { results, nearby: [], unreachable, soonest, ask };
  }

  /**
   * Reads `unit:<id>`, `asset:<id>` (where its tag is) or `<levelId>,<x>,<y>` (level metres).
   * @returns a sentence saying what is wrong when it is none of them, or lies outside the plan
   */
  readOrigin(text: string): WalkingPoint | string {
    if (text.startsWith('unit:')) return this.#insideUnit(text.slice('unit:'.length));
    if (text.startsWith('asset:')) return this.#besideAsset(text.slice('asset:'.length));
    const parts = text.split(',');
    const [x, y] = parts.slice(-2).map((part) => (part.trim() === '' ? NaN : Number(part)));
    const level = levelId(parts.slice(0, -2).join(','));
    if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) {
      return 'from must be unit:<id>, asset:<id> or <levelId>,<x>,<y> in metres of the level';
    }
    const { levelById, levels } = this.source.site;
    if (!levelById.has(level)) return `there is no level ${level}; known: ${levels.map(({ id }) => id).join(', ')}`;
    const point = { levelId: level, x, y };
    const moved = stand(this.#waysWith('none').graph, point)?.moved ?? Infinity;
    if (moved <= farOutside) return point;
    if (moved === Infinity) return `level ${level} has no rooms to walk in`;
    return `from lies outside the plan: ${Math.round(moved)} m from the nearest room of level ${level}`;
  }

  #insideUnit(id: string): WalkingPoint | string {
    const { graph } = this.#waysWith('none');
    const room = graph.rooms[graph.roomByUnit.get(unitId(id)) ?? -1];
    if (room === undefined) return `there is no unit ${id}`;
    const [x, y] = room.inner;
    return { levelId: room.unit.levelId, x, y, unitId: room.unit.id };
  }

  /** The room it is thought to be in, when that is one to walk in, before the spot: the spot may lie beyond a wall. */
  #besideAsset(id: string): WalkingPoint | string {
    const asset = this.registry.byId(id);
    if (asset === undefined) return `there is no asset ${id}`;
    const place = this.views.placeOf(asset);
    if (place === null) return `the tag of ${asset.name} has never been heard: its place is not known`;
    const { levelId, x, y, zoneId } = place;
    const room = zoneId === null ? undefined : this.#waysWith('none').graph.roomByUnit.get(unitId(zoneId));
    return room === undefined || zoneId === null ? { levelId, x, y } : { levelId, x, y, unitId: unitId(zoneId) };
  }

  #waysWith(companion: Companion, hasBadge = true): Ways {
    const key = `${companion}, ${hasBadge ? 'badge' : 'no badge'}`;
    const known = this.#ways.get(key);
    if (known !== undefined) return known;
    const rules = hasBadge ? rulesWith[companion] : { ...rulesWith[companion], staffDoors: false };
    const graph = buildWalkingGraph(this.source.site, rules);
    const ways = { graph, times: new RoomTimes(graph) };
    this.#ways.set(key, ways);
    return ways;
  }
}

/** Weighs the order in which to walk to the rooms that can be reached. */
function rank(times: RoomTimes, reached: readonly Reached<Candidate>[], rooms: RoomChances): RankedAsset[] {
  const between = (from: number, to: number): number => {
    const [a, b] = [reached[from]?.arrival.at, reached[to]?.arrival.at];
    return a === undefined || b === undefined ? Infinity : times.between(a.room, b.room);
  };
  const prospects = reached.map(({ item, arrival }) => ({ seconds: arrival.seconds, chance: rooms.of(item) }));
  return orderSearch(prospects, between).flatMap(({ index, expectedS, next }): RankedAsset[] => {
    const here = reached[index];
    const onward = next === null ? undefined : reached[next];
    if (here === undefined) return [];
    const then = onward === undefined || next === null ? null : { item: onward.item, seconds: between(index, next) };
    return [{ ...here, id: here.item.asset.id, chance: rooms.of(here.item), expectedS, next: then }];
  });
}
