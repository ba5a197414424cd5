import { gatewayId, levelId, type Sighting, type Site, type SurveyPoint, tagId } from '../../core';
import { loadSite } from '../../sites/site-files';
import { groupBy } from '../score/group-by';
import type { Truth } from '../score/read-ndjson';
import { carriedKind } from '../simulate/day';
import type { Piece } from '../simulate/equipment';
import { routerOf } from '../simulate/on-foot';
import { readPieces } from '../simulate/pieces';
import { type Random, seededRandom } from '../simulate/random';
import { Simulation } from '../simulate/simulation';
import { survey, surveyEachRoom } from '../simulate/survey';
import { hangGateways } from './hang-gateways';
import type { Scenario } from './scenario';

/** What a scenario brought: what was heard, where everything truly was, and what a surveyor wrote down before. */
export interface Recording {
  readonly site: Site;
  readonly survey: readonly SurveyPoint[] | null;
  readonly sightings: readonly Sighting[];
  readonly truths: readonly Truth[];
  readonly kindOf: ReadonlyMap<string, string>;
}

const stepMs = 200;
const stepsPerTruth = 5;
const startAt = Date.UTC(2026, 0, 5, 8);

/** Plays a scenario; the same scenario gives the same recording. */
export async function record(scenario: Scenario): Promise<Recording> {
  const { site: drawn } = await loadSite(scenario.site);
  const site = scenario.gatewaysApartM === undefined ? drawn : hangGateways(drawn, scenario.gatewaysApartM);
  const pieces = choosePieces(await readPieces(scenario.site), scenario);
  const { seed, hurry, minutes } = scenario;
  const simulation = new Simulation({ site, pieces, route: routerOf(site), seed, startAt, strangers: 0, hurry });
  const sightings: Sighting[] = [];
  const truths: Truth[] = [];
  for (let step = 1; simulation.now < startAt + minutes * 60_000; step++) {
    for (const { gatewayId: gateway, tagId: tag, rssi, at } of simulation.step(stepMs).heard) {
      const heardAt = Math.round(at);
      sightings.push({ gatewayId: gatewayId(gateway), tagId: tagId(tag), rssi, heardAt, receivedAt: heardAt });
    }
    if (step % stepsPerTruth !== 0) continue;
    for (const truth of simulation.truth()) {
      truths.push({ ...truth, tagId: tagId(truth.tagId), levelId: levelId(truth.levelId) });
    }
  }
  sightings.sort((a, b) => a.heardAt - b.heardAt);
  return {
    site,
    survey: surveyOf(site, scenario),
    sightings: failSome(sightings, site, scenario),
    truths,
    kindOf: new Map(pieces.map(({ tagId: tag, kind }) => [tag, kind])),
  };
}

function surveyOf(site: Site, { seed, surveyPoints, surveyEachRoom: isEachRoom }: Scenario): SurveyPoint[] | null {
  if (isEachRoom) return surveyEachRoom(site, seed);
  return surveyPoints === 0 ? null : survey(site, seed, surveyPoints);
}

/** As many of each kind as of any other, then what people carry. */
function choosePieces(listed: readonly Piece[], { tags, carried }: Scenario): Piece[] {
  const kinds = [...groupBy(listed, ({ kind }) => kind).values()];
  const chosen: Piece[] = [];
  for (let turn = 0; chosen.length < Math.min(tags, listed.length); turn++) {
    for (const kind of kinds) {
      const piece = kind[turn];
      if (piece !== undefined && chosen.length < tags) chosen.push(piece);
    }
  }
  for (let i = 0; i < carried; i++) {
    const made = tagId(`c4ffff${i.toString(16).padStart(6, '0')}`);
    chosen.push({ id: `carried-${i}`, kind: carriedKind, tagId: made, homeUnitId: null });
  }
  return chosen;
}

/** Silences a share of the gateways, each from an instant of its own on. */
function failSome(sightings: Sighting[], site: Site, { failingShare, seed, minutes }: Scenario): Sighting[] {
  if (failingShare === 0) return sightings;
  const random: Random = seededRandom(seed).fork('failing gateways');
  const deadFrom = new Map<string, number>();
  for (const { id } of site.gatewayById.values()) {
    const [draw, at] = [random.uniform(), random.uniform()];
    if (draw < failingShare) deadFrom.set(id, startAt + at * minutes * 60_000);
  }
  return sightings.filter(({ gatewayId: gateway, heardAt }) => heardAt < (deadFrom.get(gateway) ?? Infinity));
}
