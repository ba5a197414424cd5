import type { MethodName } from '../../core';
import type { ScenarioOutcome } from '../hospital/run-scenario';
import type { Outcome } from '../score/protocol';
import type { Score } from '../score/score';

/** A figure to reach. */
export interface Target {
  readonly what: string;
  /** The best found elsewhere, in words. */
  readonly best: string;
  readonly reach: number;
  readonly isAtMost: boolean;
  readonly unit: 'm' | 'share' | 'times';
  /** Null when the run has no such figure. */
  readonly figure: (results: Results, method: MethodName) => number | null;
}

export interface Results {
  readonly outcomes: readonly Outcome[];
  readonly scenarios: readonly ScenarioOutcome[];
}

type Figure = (score: Score) => number | null | undefined;

const onSite =
  (site: string, survey: string, figure: Figure): Target['figure'] =>
  ({ outcomes }, method) => {
    const found = outcomes.find(
      (outcome) =>
        outcome.protocol.site === site && outcome.protocol.survey.startsWith(survey) && outcome.method === method,
    );
    return found === undefined ? null : (figure(found.score) ?? null);
  };

const inScenario =
  (name: string, figure: (outcome: ScenarioOutcome) => number | undefined): Target['figure'] =>
  ({ scenarios }, method) => {
    const found = scenarios.find(({ scenario, outcome }) => scenario.name === name && outcome.method === method);
    return found === undefined ? null : (figure(found) ?? null);
  };

const inHospital = (figure: (outcome: ScenarioOutcome) => number | undefined): Target['figure'] =>
  inScenario('ten-metres', figure);

const mean: Figure = (score) => score.mean;
const room: Figure = (score) => score.zoneAccuracy;
const atMost = { isAtMost: true, unit: 'm' } as const;
const atLeast = { isAtMost: false, unit: 'share' } as const;

const worst = (ratios: readonly number[]): number | undefined =>
  ratios.length === 0 ? undefined : Math.max(...ratios);

export const targets: readonly Target[] = [
  {
    what: 'danis-office, all survey points: mean',
    best: '1.39 on nine walks',
    reach: 1.2,
    ...atMost,
    figure: onSite('danis-office', 'all', mean),
  },
  {
    what: 'the same: p95',
    best: '3.05',
    reach: 2.7,
    ...atMost,
    figure: onSite('danis-office', 'all', (score) => score.p95),
  },
  {
    what: 'danis-office, 12 random points: mean',
    best: '1.8–1.9 with all',
    reach: 1.7,
    ...atMost,
    figure: onSite('danis-office', '12', mean),
  },
  {
    what: 'danis-office, no survey: mean',
    best: '2.35–2.58',
    reach: 2.1,
    ...atMost,
    figure: onSite('danis-office', 'none', mean),
  },
  {
    what: 'kolakowski-flat, blocks of time: mean',
    best: '1.02 on its own test',
    reach: 0.9,
    ...atMost,
    figure: onSite('kolakowski-flat', 'the other', mean),
  },
  {
    what: 'the same: room right',
    best: '0.917',
    reach: 0.93,
    ...atLeast,
    figure: onSite('kolakowski-flat', 'the other', room),
  },
  {
    what: 'the same: worst room',
    best: '–',
    reach: 0.75,
    ...atLeast,
    figure: onSite('kolakowski-flat', 'the other', (score) => score.worstZone?.accuracy),
  },
  {
    what: 'sal-chamber: inside or outside right',
    best: '0.79 (car)',
    reach: 0.95,
    ...atLeast,
    figure: onSite('sal-chamber', 'none', room),
  },
  {
    what: 'the same: zone changes for each true one',
    best: '–',
    reach: 1.5,
    isAtMost: true,
    unit: 'times',
    figure: onSite('sal-chamber', 'none', (score) => score.zoneChangesPerTrueChange),
  },
  { what: 'uji-geo, single scans: mean', best: '2.84', reach: 2.6, ...atMost, figure: onSite('uji-geo', 'all', mean) },
  {
    what: 'hospital, gateways 10 m apart: mean',
    best: '3.7 (Aruba, published)',
    reach: 2,
    ...atMost,
    figure: inHospital(({ outcome }) => outcome.score.mean),
  },
  { what: 'the same: p90', best: '5.8', reach: 4, ...atMost, figure: inHospital(({ outcome }) => outcome.score.p90) },
  {
    what: 'the same: room right',
    best: '–',
    reach: 0.9,
    ...atLeast,
    figure: inHospital(({ outcome }) => outcome.score.zoneAccuracy),
  },
  {
    what: 'the same: level right',
    best: '–',
    reach: 0.995,
    ...atLeast,
    figure: inHospital(({ outcome }) => outcome.score.levelAccuracy),
  },
  {
    what: 'the same: false room changes for each tag and hour at rest',
    best: '–',
    reach: 0.5,
    isAtMost: true,
    unit: 'times',
    figure: inHospital((outcome) => outcome.falseChangesPerHour),
  },
  {
    what: 'the same: mean with the worst gateway dead, beside all alive',
    best: '–',
    reach: 1.25,
    isAtMost: true,
    unit: 'times',
    figure: inHospital(({ spoilt }) =>
      worst(spoilt.flatMap(({ fault, siteRatio }) => (fault === 'dead' ? [siteRatio] : []))),
    ),
  },
  {
    what: 'the same, only where that gateway was the nearest',
    best: '–',
    reach: 1.25,
    isAtMost: true,
    unit: 'times',
    figure: inHospital(({ spoilt }) =>
      worst(spoilt.flatMap(({ fault, nearRatio }) => (fault === 'dead' ? [nearRatio] : []))),
    ),
  },
  {
    what: 'hospital, one survey point in each room in place of 120: room right',
    best: '–',
    reach: 0.9,
    ...atLeast,
    figure: inScenario('ten-metres-each-room', ({ outcome }) => outcome.score.zoneAccuracy),
  },
];
