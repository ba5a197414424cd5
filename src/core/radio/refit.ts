import type { Calibration, GatewayRefit, Suspect, SurveyPoint } from '../calibration';
import type { GatewayId } from '../ids';
import type { Site } from '../site';
import { type Difference, differencesFrom, type Parts, partsOf } from './differences';
import { expectationOf } from './expectation';
import { fitCalibration } from './fit';

/** A calibration fitted anew to what fixed transmitters were heard at, against the one in use. */
export interface Refit {
  readonly calibration: Calibration;
  readonly gateways: readonly GatewayRefit[];
  readonly suspects: readonly Suspect[];
  /** Mean absolute error over what was held out, dB: of the calibration in use, and of one like this. */
  readonly beforeDb: number;
  readonly afterDb: number;
  /** Why it should not be put to use, in a sentence; null: it should. */
  readonly refusal: string | null;
  /** Whether it says anything the one in use does not. */
  readonly isNews: boolean;
}

const folds = 4;
/** A change must stand out of its own uncertainty so many times, and be so large, dB, to be believed. */
const sigmas = 3;
const leastChangeDb = 3;
/** Fewer transmitters say too little of a gateway. */
const leastPoints = 4;
const suspectDb = 5;

/** A refit may be worse on what was held out by this share, by chance. */
const marginShare = 0.02;
/** Worse than this on average, dB, and what was heard fits no radio at all. */
const mostErrorDb = 9;
/** When more gateways than this share change by so much at once, it is the places that are wrong. */
const largeDb = 6;
const mostLargeShare = 0.34;
/** Worth a version: a gateway that changed so much, dB, or an error so much smaller. */
const newsDb = 2;
const newsShare = 0.05;

/**
 * Fits a site anew to reference tags and gateways that hear each other. Over a survey only each gateway's level is
 * moved, where it stands out: slopes, walls and residual maps are kept. Without one all is fitted.
 * @param inUse null: the default radio
 * @param fittedAt epoch ms, written into the result.
 */
export function refitCalibration(
  site: Site,
  inUse: Calibration | null,
  points: readonly SurveyPoint[],
  fittedAt: number,
): Refit {
  const before = differencesFrom(site, points, expectationOf(site, inUse));
  const { errorsBefore, errorsAfter } = heldOutErrors(site, inUse, points, before);
  const refitted = refitAll(site, inUse, points, { fittedAt, before });
  const gateways = summarise(before, errorsBefore, errorsAfter, refitted.changes);
  const [beforeDb, afterDb] = [meanOf(errorsBefore), meanOf(errorsAfter)];
  const largest = Math.max(0, ...gateways.map(({ changeDb }) => Math.abs(changeDb)));
  return {
    ...refitted,
    gateways,
    beforeDb: hundredth(beforeDb),
    afterDb: hundredth(afterDb),
    refusal: refusalOf(gateways, beforeDb, afterDb),
    isNews: largest >= newsDb || afterDb < (1 - newsShare) * beforeDb,
  };
}

function refusalOf(gateways: readonly GatewayRefit[], beforeDb: number, afterDb: number): string | null {
  if (afterDb > mostErrorDb) return `What was heard fits no radio model: ${afterDb.toFixed(1)} dB off on average.`;
  if (afterDb > (1 + marginShare) * beforeDb) {
    return `It would be worse where it was tried: ${afterDb.toFixed(2)} dB off, ${beforeDb.toFixed(2)} dB before.`;
  }
  const large = gateways.filter(({ changeDb }) => Math.abs(changeDb) > largeDb).length;
  if (large <= 1 || large <= mostLargeShare * gateways.length) return null;
  return `${large} of ${gateways.length} gateways would change by more than ${largeDb} dB at once: look at the places of reference tags.`;
}

interface Refitted {
  readonly calibration: Calibration;
  readonly changes: ReadonlyMap<GatewayId, number>;
  readonly suspects: readonly Suspect[];
}

interface Known {
  readonly fittedAt: number;
  /** Differences to the calibration in use over the same points. */
  readonly before: readonly Difference[];
}

function refitAll(site: Site, inUse: Calibration | null, points: readonly SurveyPoint[], known: Known): Refitted {
  if (inUse !== null && restsOnSurvey(inUse)) return moveLevels(inUse, known);
  const { calibration, suspects } = fitCalibration(site, points, known.fittedAt);
  const after = partsOf(differencesFrom(site, points, expectationOf(site, { ...calibration, residuals: [] })));
  const changes = [...partsOf(known.before).hears].map(([id, { db }]): [GatewayId, number] => {
    return [id, inUse === null ? 0 : db - (after.hears.get(id)?.db ?? 0)];
  });
  return { calibration: { ...calibration, basis: 'references' }, changes: new Map(changes), suspects };
}

const restsOnSurvey = ({ basis }: Calibration): boolean => basis !== 'references';

/** Every gateway's level moved by what it hears more or less than it did. */
function moveLevels(inUse: Calibration, { fittedAt, before }: Known): Refitted {
  const changes = believed(partsOf(before));
  const louder = <T extends { readonly rssi1m: number }>(line: T, db: number): T => ({
    ...line,
    rssi1m: hundredth(line.rssi1m + db),
  });
  const known = new Set(inUse.gateways.map(({ gatewayId }) => gatewayId));
  const added = [...changes.keys()]
    .filter((id) => !known.has(id))
    .map((gatewayId) => ({ ...inUse.fallback, gatewayId, points: 0 }));
  const gateways = [...inUse.gateways, ...added].map((radio) => {
    const db = changes.get(radio.gatewayId) ?? 0;
    const through = radio.through === undefined ? undefined : louder(radio.through, db);
    return { ...louder(radio, db), ...(through === undefined ? {} : { through }) };
  });
  const suspects = [...changes].flatMap(([gatewayId, db]): Suspect[] =>
    Math.abs(db) < suspectDb ? [] : [{ kind: db < 0 ? 'deaf' : 'loud', gatewayId, db: Math.round(db * 10) / 10 }],
  );
  return { calibration: { ...inUse, fittedAt, gateways }, changes, suspects };
}

function believed({ hears }: Parts): Map<GatewayId, number> {
  const standing = [...hears].filter(
    ([, { db, sigma, points }]) => points >= leastPoints && Math.abs(db) > Math.max(leastChangeDb, sigmas * sigma),
  );
  return new Map(standing.map(([id, { db }]) => [id, db]));
}

/** Absolute errors where each difference was left out of what was fitted, in their order: as in use, and fitted anew. */
function heldOutErrors(
  site: Site,
  inUse: Calibration | null,
  points: readonly SurveyPoint[],
  before: readonly Difference[],
): { readonly errorsBefore: number[]; readonly errorsAfter: number[] } {
  const [errorsBefore, errorsAfter] = [before.map(() => 0), before.map(() => 0)];
  for (let fold = 0; fold < folds; fold++) {
    const isOut = (i: number): boolean => i % folds === fold;
    const parts = partsOf(before.filter((_, i) => !isOut(i)));
    const after =
      inUse !== null && restsOnSurvey(inUse)
        ? moved(before, believed(parts))
        : differencesTo(site, points, fitCalibration(site, without(site, points, isOut), 0).calibration);
    const louderAfter = partsOf(after.filter((_, i) => !isOut(i))).louder;
    before.forEach((own, i) => {
      if (!isOut(i)) return;
      errorsBefore[i] = errorOf(own, parts.louder);
      errorsAfter[i] = errorOf(after[i] ?? own, louderAfter);
    });
  }
  return { errorsBefore, errorsAfter };
}

const errorOf = ({ db, transmitter }: Difference, louder: ReadonlyMap<string, number>): number =>
  Math.abs(db - (louder.get(transmitter) ?? 0));

const differencesTo = (site: Site, points: readonly SurveyPoint[], calibration: Calibration): Difference[] =>
  differencesFrom(site, points, expectationOf(site, calibration));

/** What is left where levels were moved: lines and residual maps go with them. */
const moved = (differences: readonly Difference[], changes: ReadonlyMap<GatewayId, number>): Difference[] =>
  differences.map((own) => ({ ...own, db: own.db - (changes.get(own.gatewayId) ?? 0) }));

/** The points less some of what was heard, counted as `differencesFrom` does. */
function without(site: Site, points: readonly SurveyPoint[], isOut: (i: number) => boolean): SurveyPoint[] {
  let i = 0;
  return points.map((point) => ({
    ...point,
    heard: point.heard.filter(
      ({ gatewayId }) => site.gatewayById.get(gatewayId)?.levelId !== point.levelId || !isOut(i++),
    ),
  }));
}

function summarise(
  differences: readonly Difference[],
  before: readonly number[],
  after: readonly number[],
  changes: ReadonlyMap<GatewayId, number>,
): GatewayRefit[] {
  const rows = new Map<GatewayId, number[]>();
  differences.forEach(({ gatewayId }, i) => rows.set(gatewayId, [...(rows.get(gatewayId) ?? []), i]));
  const over = (own: readonly number[], errors: readonly number[]): number =>
    hundredth(meanOf(own.map((i) => errors[i] ?? 0)));
  return [...rows].map(([gatewayId, own]) => ({
    gatewayId,
    points: own.length,
    beforeDb: over(own, before),
    afterDb: over(own, after),
    changeDb: hundredth(changes.get(gatewayId) ?? 0),
  }));
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
const hundredth = (value: number): number => Math.round(value * 100) / 100;
