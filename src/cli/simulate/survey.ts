import { type GatewayId, isInPolygon, type Point, type Site, type SurveyPoint, type Unit } from '../../core';
import { extentOf, spotIn } from './places';
import { Propagation } from './propagation';
import { type Random, seededRandom } from './random';
import { SimulatedTag } from './tag';

/** How long a surveyor stands at a point with a tag that advertises once a second, ms. */
const standsMs = 20_000;
const tagHeight = 1.0;

/**
 * What a person with a tag writes down who stands at `count` places of the building, spread over its rooms and
 * corridors. Made by the same air as the simulation of the same seed, as a survey of a real building would be.
 */
export function survey(site: Site, seed: number, count: number): SurveyPoint[] {
  const random = seededRandom(seed).fork('survey');
  const units = spread([...site.unitById.values()].filter(isWalkable), count, random);
  return standAt(
    site,
    seed,
    units.map((unit) => ({ unit, at: spotIn(unit, random) })),
  );
}

/** The same at one place in each room, and along corridors and halls at one every few metres. */
export function surveyEachRoom(site: Site, seed: number): SurveyPoint[] {
  const random = seededRandom(seed).fork('survey of each room');
  const units = [...site.unitById.values()].filter(isWalkable);
  return standAt(
    site,
    seed,
    units.flatMap((unit) => {
      const along = passages.has(unit.spaceType ?? '') ? spotsAlong(unit) : [];
      return (along.length > 1 ? along : [spotIn(unit, random)]).map((at) => ({ unit, at }));
    }),
  );
}

const passages: ReadonlySet<string> = new Set(['corridor', 'lobby']);
const apartM = 5;

/** Places on the middle line of a unit along its longer side. */
function spotsAlong({ polygon }: Unit): Point[] {
  const [minX, maxX, minY, maxY] = extentOf(polygon);
  const isAcross = maxX - minX >= maxY - minY;
  const long = isAcross ? maxX - minX : maxY - minY;
  const count = Math.max(1, Math.round(long / apartM));
  return Array.from({ length: count }, (_, i): Point => {
    const gone = ((i + 0.5) * long) / count;
    return isAcross ? [minX + gone, (minY + maxY) / 2] : [(minX + maxX) / 2, minY + gone];
  }).filter(([x, y]) => isInPolygon(x, y, polygon));
}

interface Stand {
  readonly unit: Unit;
  readonly at: Point;
}

function standAt(site: Site, seed: number, stands: readonly Stand[]): SurveyPoint[] {
  const random = seededRandom(seed).fork('survey');
  const air = new Propagation(site, seed);
  return stands.map(({ unit, at: [x, y] }, i) => {
    const level = site.levels.findIndex(({ id }) => id === unit.levelId);
    const heard = listen({ level, x, y, z: tagHeight }, air, random.fork(`point ${i}`));
    return { pointId: `p${String(i + 1).padStart(3, '0')}`, levelId: unit.levelId, x: round(x), y: round(y), heard };
  });
}

const isWalkable = ({ connector, category }: Unit): boolean => connector === null && category !== 'opentobelow';
const round = (value: number): number => Math.round(value * 100) / 100;

/** Every room once before any room twice, in random order. */
function spread(units: readonly Unit[], count: number, random: Random): Unit[] {
  const chosen: Unit[] = [];
  while (chosen.length < count && units.length > 0) {
    const shuffled = units.map((unit) => ({ unit, draw: random.uniform() })).sort((a, b) => a.draw - b.draw);
    chosen.push(...shuffled.map(({ unit }) => unit).slice(0, count - chosen.length));
  }
  return chosen;
}

function listen(spot: SimulatedTag['carrier']['spot'], air: Propagation, random: Random): SurveyPoint['heard'] {
  const carrier = { spot, heading: null, isMoving: true, version: 0 };
  const tag = new SimulatedTag(carrier, 'survey', air, random, 0);
  const rssis = new Map<GatewayId, number[]>();
  tag.advertise(
    standsMs,
    () => false,
    ({ gatewayId, rssi }) => {
      const list = rssis.get(gatewayId) ?? [];
      list.push(rssi);
      rssis.set(gatewayId, list);
    },
  );
  return [...rssis].map(([gatewayId, values]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return { gatewayId, rssi: round(mean), sd: round(sd), count: values.length };
  });
}
