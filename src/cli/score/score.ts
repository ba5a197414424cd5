import type { Fix, Site } from '../../core';
import type { Verdict } from './judge';
import { type ErrorSummary, share, summarise } from './summary';
import { scoreZones, type ZoneScore } from './zone-score';

/** What `evaluate` says of a run. Metres; parts the truth cannot judge are missing. */
export interface Score extends Partial<ErrorSummary>, Partial<ZoneScore> {
  /** Truth instants. */
  readonly count: number;
  /** Of these, before the first fix of their tag. */
  readonly withoutFix: number;
  readonly levelAccuracy: number;
  /** Share of truths inside the radius their fix gave. */
  readonly insideRadius50?: number;
  readonly insideRadius90?: number;
}

/** All figures of `evaluate`, out of the verdicts of one run and the fixes behind them. */
export function score(verdicts: readonly Verdict[], fixes: readonly Fix[], site: Site): Score {
  const errors = verdicts.flatMap(({ error }) => (error === null ? [] : [error]));
  const units = site.levels.reduce((sum, level) => sum + level.units.length, 0);
  return {
    count: verdicts.length,
    withoutFix: verdicts.filter(({ fix }) => fix === null).length,
    levelAccuracy: share(verdicts, ({ levelRight }) => levelRight),
    ...(errors.length === 0 ? {} : { ...summarise(errors), ...coverage(verdicts) }),
    ...(units < 2 ? {} : scoreZones(verdicts, fixes, site)),
  };
}

function coverage(verdicts: readonly Verdict[]): Pick<Score, 'insideRadius50' | 'insideRadius90'> {
  const placed = verdicts.flatMap(({ error, fix }) => (error === null || fix === null ? [] : [{ error, fix }]));
  return {
    insideRadius50: share(placed, ({ error, fix }) => error <= fix.radius50),
    insideRadius90: share(placed, ({ error, fix }) => error <= fix.radius90),
  };
}
