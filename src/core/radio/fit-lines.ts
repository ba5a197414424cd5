import type { Hearing, SlabLoss, SurveyPoint } from '../calibration';
import type { Site } from '../site';
import { type Ears, earsOf, levelOf } from './ears';
import { fadingOf } from './fading';
import { fitHearing } from './hearing';
import { fitLine, type HeardOrNot, type Line, type LineSpread } from './line';
import type { Observed } from './observed';
import { type LineOf, pairsOf } from './pairs';
import { fitSlabs } from './slab';

/** How gateways of one make differ, standard deviation: what a gateway's own few points are weighed against. */
const gatewaySpread: LineSpread = { rssi1m: 5, exponent: 0.4, wallDb: 1 };
/** What is believed of a site before any survey. */
const siteSpread: LineSpread = { rssi1m: 5, exponent: 0.5, wallDb: 1.5 };

/** A line for all gateways, and one for each in their order. */
export interface Lines {
  readonly pooled: Line;
  readonly lines: readonly Line[];
}

/** Lines, and what a survey says of hearing: null where it is too small to tell. */
export interface FittedByEars {
  /** Lines of what was heard as it was heard. */
  readonly asHeard: Lines;
  readonly through: Lines;
  readonly hearing: Hearing | null;
  readonly slab: SlabLoss | null;
  /** What would have been heard had nothing been missed. */
  readonly observed: readonly Observed[];
}

const rounds = 3;

/**
 * Lines tell what gateways hear, and what they hear tells how much weaker than it seems a place is: turn by turn. Ears end
 * no lower than the weakest that was heard, or lines and ears would chase each other down.
 */
export function fitByEars(site: Site, survey: readonly SurveyPoint[], levelled: Levelled): FittedByEars {
  const { byDefault } = levelled;
  const fadingDb = fadingOf(survey);
  const weakest = weakestOf(levelled.observed);
  let observed = levelled.observed;
  const asHeard = fitLines(observed, byDefault, null);
  let through = asHeard;
  const pairs = pairsOf(site, survey, lineOf(observed, through));
  let hearing = fitHearing(pairs, lineOf(observed, through));
  let slab: SlabLoss | null = null;
  for (let round = 0; round < rounds && hearing !== null; round++) {
    const capped = { ...hearing, halfDbm: Math.max(weakest, hearing.halfDbm) };
    const ears = earsOf(capped, through.pooled.sigma, fadingDb);
    observed = levelled.observed.map((own) => withoutLuck(own, ears));
    through = fitLines(observed, byDefault, ears);
    hearing = fitHearing(pairs, lineOf(observed, through));
    if (round === rounds - 1) slab = fitSlabs(pairs, lineOf(observed, through), ears);
  }
  return { asHeard, through, hearing, slab, observed };
}

/** What was heard of transmitters all taken to be as strong as a tag, and the line expected before any survey. */
export interface Levelled {
  readonly observed: readonly Observed[];
  readonly byDefault: Line;
}

const weakestOf = (observed: readonly Observed[]): number =>
  observed.reduce((least, { rssi }) => rssi.reduce((a, b) => Math.min(a, b), least), 0);

function lineOf(observed: readonly Observed[], { pooled, lines }: Lines): LineOf {
  const own = new Map(observed.map(({ gateway }, i) => [gateway.id, lines[i] ?? pooled]));
  return (id) => own.get(id) ?? pooled;
}

/** What would have been heard had nothing been missed. */
const withoutLuck = (own: Observed, ears: Ears): Observed => ({
  ...own,
  rssi: own.rssi.map((rssi, i) => levelOf(ears, rssi, own.count[i] ?? 1, own.missed[i] ?? 0)),
});

export const withoutWalls = (own: Observed): HeardOrNot => ({
  ...own,
  walls: own.walls.map(() => 0),
  silent: { ...own.silent, walls: own.silent.walls.map(() => 0) },
});

/** @param ears null where nothing is known of them: what was not heard then says nothing */
export function fitLines(all: readonly HeardOrNot[], prior: Line, ears: Ears | null): Lines {
  const joined = {
    decades: all.flatMap((own) => own.decades),
    walls: all.flatMap((own) => own.walls),
    rssi: all.flatMap((own) => own.rssi),
    silent: {
      decades: all.flatMap((own) => own.silent.decades),
      walls: all.flatMap((own) => own.silent.walls),
      missed: all.flatMap((own) => own.silent.missed),
    },
  };
  const pooled = joined.rssi.length === 0 ? prior : fitLine(joined, prior, siteSpread, ears);
  return { pooled, lines: all.map((own) => fitLine(own, pooled, gatewaySpread, ears)) };
}
