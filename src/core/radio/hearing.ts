import type { Hearing, SlabLoss, SurveyPoint } from '../calibration';
import { type GatewayId, levelId } from '../ids';
import type { Gateway, Level, Point, Site } from '../site';
import { rasterise } from '../zoning/unit-raster';
import { type Barriers, readBarriers, wallsBetween } from './barriers';
import { expectedOn, type Line } from './line';
import { decadesTo } from './path-loss';

/** What gateways of an unsurveyed site are taken to hear: little is known of what they should. */
export const defaultHearing: Hearing = { halfDbm: -94, blurDb: 8, most: 0.4 };

/** Chance that a gateway hears anything of a tag it is expected to hear at so many dBm. */
export const chanceHeard = (dBm: number, { halfDbm, blurDb, most }: Hearing): number =>
  most / (1 + Math.exp((-1.7 * (dBm - halfDbm)) / blurDb));

/** One gateway and one place of the survey. */
interface Pair {
  /** What the gateway's line expects without slabs, dBm, and the slabs between. */
  readonly expected: number;
  readonly sigma: number;
  readonly slabs: number;
  /** Mean of what was heard, dBm; null for silence. */
  readonly rssi: number | null;
  /** Share of the tag's sightings it heard. */
  readonly share: number;
}

/** Further away than this nothing is expected and nothing learnt, dBm. */
const leastExpected = -125;
/** Points near each other share their shadowing: this many count as one. */
const pointsPerOpinion = 4;
const leastPairs = 40;

/**
 * What a survey says of hearing: which gateways heard a place and which did not (a logistic curve over the level
 * expected), and by how much a slab weakens what is heard through it. Null where the survey is too small to tell.
 */
export function fitHearing(
  site: Site,
  survey: readonly SurveyPoint[],
  lineOf: (id: GatewayId) => Line,
): { readonly hearing: Hearing | null; readonly slab: SlabLoss | null } {
  const pairs = pairsOf(site, survey, lineOf);
  const own = pairs.filter(({ slabs }) => slabs === 0);
  const hearing = own.length < leastPairs ? null : bestHearing(own);
  const through = pairs.filter(({ slabs }) => slabs === 1);
  const heard = through.filter(({ rssi }) => rssi !== null);
  const slab = hearing === null || heard.length < leastPairs ? null : bestSlab(through, hearing);
  return { hearing, slab };
}

function pairsOf(site: Site, survey: readonly SurveyPoint[], lineOf: (id: GatewayId) => Line): Pair[] {
  const barriers = new Map(
    site.levels.map((level) => [level.id, readBarriers(level, rasterise(level.units, level.bounds))]),
  );
  const placed = [...site.gatewayById.values()].filter((gateway) => site.levelById.has(gateway.levelId));
  return thinned(survey).flatMap((point) => {
    const level = site.levelById.get(levelId(point.levelId));
    if (level === undefined) return [];
    const heard = new Map(point.heard.map((own) => [own.gatewayId, own]));
    const sent = Math.max(...point.heard.map(({ count = 1 }) => count));
    return placed.flatMap((gateway): Pair[] => {
      const home = site.levelById.get(gateway.levelId) ?? level;
      const line = lineOf(gateway.id);
      const link = linkTo(gateway, home, { point, level, tagHeight: site.tagHeight });
      if (link === null || expectedOn(line, link.decades, 0) < leastExpected) return [];
      const expected = expectedOn(line, link.decades, wallsOf(link, barriers.get(home.id), barriers.get(level.id)));
      const own = heard.get(gateway.id);
      const share = own === undefined ? 0 : (own.count ?? 1) / sent;
      return [{ expected, sigma: line.sigma, slabs: link.slabs, rssi: own?.rssi ?? null, share }];
    });
  });
}

const mostRows = 400;

/** Rows of the surveyor's own tag, evenly drawn when there are many. */
function thinned(survey: readonly SurveyPoint[]): readonly SurveyPoint[] {
  const own = survey.filter(({ transmitter }) => transmitter === undefined);
  const stride = Math.max(1, own.length / mostRows);
  return Array.from({ length: Math.min(own.length, mostRows) }, (_, i) => own[Math.floor(i * stride)]).flatMap(
    (point) => (point === undefined ? [] : [point]),
  );
}

interface Place {
  readonly point: SurveyPoint;
  readonly level: Level;
  readonly tagHeight: number;
}

/** A straight way from a gateway to a place, through no slab or one. */
interface Link {
  readonly slabs: number;
  readonly decades: number;
  readonly from: Point;
  /** Where it passes the slab; the gateway itself on one level. */
  readonly through: Point;
  readonly to: Point;
}

function linkTo(gateway: Gateway, home: Level, { point, level, tagHeight }: Place): Link | null {
  const slabs = Math.abs(home.ordinal - level.ordinal);
  if (slabs > 1) return null;
  const [from, to] = [home.elevation + gateway.z, level.elevation + (point.z ?? tagHeight)];
  const decades = decadesTo({ ...gateway, z: from - level.elevation }, point, tagHeight);
  const slab = home.ordinal < level.ordinal ? level.elevation : home.elevation;
  const share = slabs === 0 ? 0 : Math.min(1, Math.max(0, (slab - from) / (to - from || 1)));
  const [x, y] = [gateway.x + share * (point.x - gateway.x), gateway.y + share * (point.y - gateway.y)];
  return { slabs, decades, from: [gateway.x, gateway.y], through: [x, y], to: [point.x, point.y] };
}

function wallsOf({ slabs, from, through, to }: Link, home?: Barriers | null, level?: Barriers | null): number {
  const before = slabs === 0 || !home ? 0 : wallsBetween(home, ...from, ...through);
  return before + (level ? wallsBetween(level, ...through, ...to) : 0);
}

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

const halves = range(-104, -70, 1);
const blurs = [4, 5, 6.5, 8];
const mosts = [0.4, 0.55, 0.7, 0.8];

/** Sightings heard and missed by the level expected, a decibel to a bin. */
function bestHearing(pairs: readonly Pair[]): Hearing {
  const bins = new Map<number, { heard: number; missed: number }>();
  for (const { expected, share } of pairs) {
    const bin = bins.get(Math.round(expected)) ?? { heard: 0, missed: 0 };
    bin.heard += share;
    bin.missed += 1 - share;
    bins.set(Math.round(expected), bin);
  }
  let [best, found] = [-Infinity, defaultHearing];
  for (const halfDbm of halves) {
    for (const blurDb of blurs) {
      for (const most of mosts) {
        const hearing = { halfDbm, blurDb, most };
        let likelihood = 0;
        for (const [expected, { heard, missed }] of bins) {
          const chance = chanceHeard(expected, hearing);
          likelihood += heard * Math.log(Math.max(1e-9, chance)) + missed * Math.log(1 - chance);
        }
        if (likelihood <= best) continue;
        [best, found] = [likelihood, hearing];
      }
    }
  }
  return found;
}

const slabLosses = range(0, 40, 0.5);
/** Ceilings of concrete and of wood: what is believed of a slab before it is measured, dB. */
const usualSlabDb = 16;
const slabSpreadDb = 6;
/** How one slab differs from the next: ducts and beams, dB. */
const slabSigmaDb = 3;

/** What was heard is told by its strength, what was not by its silence: the mean of what was heard alone is too loud. */
function bestSlab(pairs: readonly Pair[], hearing: Hearing): SlabLoss {
  let [best, found] = [-Infinity, usualSlabDb];
  for (const db of slabLosses) {
    const prior = -0.5 * ((db - usualSlabDb) / slabSpreadDb) ** 2;
    const likelihood = pairs.reduce((sum, pair) => sum + logThrough(pair, pair.expected - db, hearing), 0);
    if (prior + likelihood / pointsPerOpinion <= best) continue;
    [best, found] = [prior + likelihood / pointsPerOpinion, db];
  }
  return { db: found, sigmaDb: slabSigmaDb };
}

function logThrough(pair: Pair, expected: number, hearing: Hearing): number {
  if (pair.rssi === null) return Math.log(1 - chanceHeard(expected, hearing));
  const variance = pair.sigma ** 2 + slabSigmaDb ** 2;
  return -0.5 * Math.min(9, (pair.rssi - expected) ** 2 / variance);
}
