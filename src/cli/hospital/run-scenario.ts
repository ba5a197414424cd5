import { type MethodName, type TagId, tagId } from '../../core';
import { groupBy } from '../score/group-by';
import type { Verdict } from '../score/judge';
import { type Outcome, runProtocol } from '../score/protocol';
import { type ErrorSummary, share, summarise } from '../score/summary';
import { Rests } from './at-rest';
import { record, type Recording } from './record';
import type { Scenario } from './scenario';
import { type Spoilt, spoilEach } from './spoil';

/** Errors and rooms of a part of the truth instants. */
export interface Part extends ErrorSummary {
  readonly count: number;
  readonly roomRight: number;
}

export interface ScenarioOutcome {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
  readonly moving: Part;
  readonly resting: Part;
  /** Changes of room announced of a tag that stood, for each tag and hour. */
  readonly falseChangesPerHour: number;
  readonly hoursAtRest: number;
  readonly kinds: readonly (Part & { readonly kind: string })[];
  readonly spoilt: readonly Spoilt[];
}

const offsetDb = -8;

/** Plays a scenario once and locates it by each method. */
export async function runScenario(scenario: Scenario, methods: readonly MethodName[]): Promise<ScenarioOutcome[]> {
  const recording = await record(scenario);
  return methods.map((method) => score(scenario, recording, method));
}

function score(scenario: Scenario, recording: Recording, method: MethodName): ScenarioOutcome {
  const { site, survey, sightings, truths, kindOf } = recording;
  const points = survey === null ? 'none' : `${survey.length} points`;
  const outcome = runProtocol(
    { site: scenario.name, survey: points, cases: [{ site, survey, sightings, truths }] },
    method,
  );
  const rests = new Rests(truths);
  const named = outcome.verdicts.map((verdict) => ({ ...verdict, tagId: ownTag(verdict.tagId) }));
  const entries = outcome.entries.map((entry) => ({ ...entry, tagId: ownTag(entry.tagId) }));
  const isResting = (verdict: Verdict): boolean => rests.isAtRest(verdict.tagId, verdict.at);
  return {
    scenario,
    outcome,
    moving: partOf(named.filter((verdict) => !isResting(verdict))),
    resting: partOf(named.filter(isResting)),
    falseChangesPerHour: rests.falseChanges(entries) / rests.hours,
    hoursAtRest: rests.hours,
    kinds: [...groupBy(named, (verdict) => kindOf.get(verdict.tagId) ?? '')]
      .map(([kind, own]) => ({ kind, ...partOf(own) }))
      .sort((a, b) => (a.kind < b.kind ? -1 : 1)),
    spoilt: spoilEach(recording, outcome, scenario.spoilEach, ['dead', offsetDb]),
  };
}

/** A protocol of one case adds its number to each tag. */
const ownTag = (id: string): TagId => tagId(id.replace(/\/0$/, ''));

function partOf(verdicts: readonly Verdict[]): Part {
  const zoned = verdicts.filter(({ trueZone }) => trueZone !== null);
  return {
    count: verdicts.length,
    roomRight: share(zoned, ({ fix, trueZone }) => fix?.zoneId === trueZone),
    ...summarise(verdicts.flatMap(({ error }) => (error === null ? [] : [error]))),
  };
}
