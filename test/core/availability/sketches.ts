import { rulesAsShipped } from '../../../src/assets/rule-book';
import {
  type Availability,
  type CorrectionCode,
  judge,
  type Judgement,
  type Known,
  type ManualStatus,
  type Said,
  unitId,
  type Whereabouts,
} from '../../../src/core';

export const minute = 60_000;
export const hour = 60 * minute;
export const now = 1_800_000_000_000;
export const rules = rulesAsShipped.of('infusion-pump');

interface Sketch extends Partial<Omit<Whereabouts, 'space'>> {
  readonly in: string | null;
}

/** At rest for an hour in a space of this type, heard a second ago. */
export function resting({ in: type, ...rest }: Sketch): Whereabouts {
  const space = type === null ? null : { unitId: unitId(`the-${type}`), name: { en: type }, number: null, type };
  const since = now - hour;
  const known = { others: [], wasSure: false, since, restingSince: since, at: now - 1_000, silent: false };
  return { space, probability: 0.9, ...known, ...rest };
}

/** Another room it may be in. */
export const inAlso = (type: string, probability: number) => ({
  ...{ unitId: unitId(`the-${type}`), name: { en: type }, number: null, type },
  probability,
});

export const said = (status: Availability, ago: number, more: Partial<ManualStatus> = {}): ManualStatus => ({
  status,
  note: null,
  reason: null,
  correction: null,
  at: now - ago,
  confirmedAt: now - ago,
  spaceType: 'clean-utility',
  ...more,
});

const nothing: Said = { staff: null, device: null, corrections: [], claim: null };
export const known = (place: Whereabouts | null, words: Partial<Said> = {}, more: Partial<Known> = {}): Known => ({
  place,
  said: { ...nothing, ...words },
  companion: null,
  lastUse: null,
  before: null,
  ...more,
});
export const judged = (place: Whereabouts | null, words: Partial<Said> = {}, more: Partial<Known> = {}): Judgement =>
  judge(known(place, words, more), now, rules);
export const codes = ({ evidence }: Judgement) => evidence.map(({ code }) => code);
export const correction = (code: CorrectionCode, ago: number, misled: readonly string[] = []) => ({
  code,
  at: now - ago,
  misled,
});
