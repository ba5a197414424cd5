import {
  type Instruction,
  instructionsFor,
  type LevelId,
  type Reached,
  retrace,
  type RouteLeg,
  type Site,
  type Unit,
  type Walk,
  type WalkingGraph,
} from '../core';
import type { AssetViews } from './asset-views';
import type { Candidates } from './gathered';
import type { Candidate } from './candidates';
import type { NearestAnswer, NearestResult } from './nearest.dto';
import type { NearestQuestion } from './nearest-question';
import { type RankedAsset, reasonsFor } from './nearest-reasons';
import type { Colleague, Waiting } from './soonest-free';
import { wayText } from './way-text';

/** What a question found, before it is put into words. */
export interface Found {
  readonly question: NearestQuestion;
  readonly graph: WalkingGraph;
  /** Null when one cannot stand where it was asked from. */
  readonly walk: Walk | null;
  readonly candidates: Candidates;
  readonly results: readonly RankedAsset[];
  /** What is near, answers or not. */
  readonly nearby: readonly Reached<Candidate>[];
  /** Answers nobody can walk to. */
  readonly unreachable: number;
  readonly soonest: readonly Waiting[];
  readonly ask: readonly Colleague[];
}

/** What is found, as the API says it. @param now epoch ms */
export function nearestAnswer(found: Found, views: AssetViews, now: number): NearestAnswer {
  const { question, graph, walk, candidates, results, nearby } = found;
  const { from } = question;
  const say = new Saying(graph, walk, views, now);
  return {
    now,
    from: {
      levelId: from.levelId,
      x: from.x,
      y: from.y,
      unitId: from.unitId ?? null,
      moved: round(walk?.from.moved ?? 0),
    },
    with: question.with,
    results: results.map((ranked, i) => {
      const reasons = reasonsFor(ranked, nearby, results.slice(0, i), now);
      return say.result(ranked, { seconds: ranked.expectedS, chance: round(ranked.chance), reasons });
    }),
    soonest: found.soonest.map((waiting) => ({
      ...say.result(waiting, {
        seconds: waiting.waitS + waiting.arrival.seconds,
        chance: round(waiting.item.chance),
        reasons: [],
      }),
      wait: { why: waiting.why, seconds: waiting.waitS },
    })),
    ask: found.ask.flatMap(({ section: { id, name, short }, unit, seconds, pieces }) => {
      const level = levelOf(graph.site, unit.levelId);
      return level === null
        ? []
        : [{ section: { id, name, short }, unit: unitOf(unit), level, seconds: round(seconds), pieces }];
    }),
    leftOut: {
      claimed: candidates.claimed,
      unavailable: candidates.unavailable,
      unplaced: candidates.unplaced,
      unreachable: found.unreachable,
    },
  };
}

/** Puts results into the API's words. */
class Saying {
  constructor(
    private readonly graph: WalkingGraph,
    private readonly walk: Walk | null,
    private readonly views: AssetViews,
    private readonly now: number,
  ) {}

  result(
    { item, arrival }: Reached<Candidate>,
    expected: Omit<NearestResult['expected'], 'walkSeconds'>,
  ): NearestResult {
    const { asset, place } = item;
    const { site } = this.graph;
    const unit = item.unitId === null || item.unitId === undefined ? undefined : site.unitById.get(item.unitId);
    const route = this.walk === null ? null : retrace(this.graph, this.walk, arrival, item);
    const instructions = this.walk === null ? [] : instructionsFor(this.graph, this.walk, arrival);
    return {
      asset: this.views.view(asset, this.now),
      unit: unit === undefined ? null : unitOf(unit),
      level: levelOf(site, place.levelId),
      metres: round(route?.metres ?? 0),
      seconds: round(arrival.seconds),
      ageMs: Math.max(0, this.now - place.at),
      zoneProbability: round(item.there),
      expected: { ...expected, seconds: round(expected.seconds), walkSeconds: round(arrival.seconds) },
      instructions: instructions.map(toInstruction),
      text: wayText(instructions, site),
      route: { type: 'FeatureCollection', features: (route?.legs ?? []).map(toFeature) },
    };
  }
}

const unitOf = ({ id, name, number }: Unit) => ({ id, name, number });

function levelOf(site: Site, id: LevelId) {
  const level = site.levelById.get(id);
  return level === undefined
    ? null
    : { id: level.id, name: level.name, names: { en: level.name, ...level.names }, ordinal: level.ordinal };
}

const toInstruction = ({ metres, ...instruction }: Instruction) =>
  metres === undefined ? instruction : { ...instruction, metres: round(metres) };

function toFeature({ levelId, metres, by, points }: RouteLeg) {
  const coordinates = points.map(([x, y]): [number, number] => [round(x), round(y)]);
  // A line has two ends, also where one only steps out of a lift.
  const [only] = coordinates;
  if (coordinates.length === 1 && only !== undefined) coordinates.push(only);
  return {
    type: 'Feature' as const,
    properties: { levelId, metres: round(metres), by },
    geometry: { type: 'LineString' as const, coordinates },
  };
}

/** Centimetres and hundredths of a second are enough. */
const round = (value: number): number => Math.round(value * 100) / 100;
