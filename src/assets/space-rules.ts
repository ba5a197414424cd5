import type { Availability, AvailabilityRules } from '../core';
import { kinds } from './kinds';

const minute = 60_000;
const hour = 60 * minute;

const each = (status: Availability, spaces: readonly string[]): [string, Availability][] =>
  spaces.map((space) => [space, status]);

const bySpace: Readonly<Record<string, Availability>> = Object.fromEntries([
  ...each('free', ['clean-utility', 'equipment-store', 'sterile-store', 'supply-store', 'storage']),
  ...each('in-use', ['patient-room', 'icu-room', 'exam-room', 'triage', 'resuscitation', 'operating-room', 'recovery']),
  ...each('in-use', [
    'imaging-room',
    'treatment-room',
    'gym',
    'assisted-bath',
    'day-room',
    'restroom',
    'cafe',
    'chapel',
  ]),
  ...each('needs-cleaning', ['soiled-utility', 'decontamination']),
  ...each('out-of-service', ['biomed-workshop']),
]);

/** Our space types, and the IMDF categories of plans that have none. */
const passages: ReadonlySet<string> = new Set([
  'corridor',
  'lobby',
  'lift',
  'stairs',
  'ambulance-bay',
  'walkway',
  'elevator',
  'ramp',
  'escalator',
]);

/** What places say of equipment in general. */
export const generalRules: AvailabilityRules = {
  bySpace,
  passages,
  settleMs: 3 * minute,
  leastProbability: 0.5,
  leastToHold: 0.3,
  manualForMs: 12 * hour,
};

const byKind: ReadonlyMap<string, AvailabilityRules> = new Map(
  kinds.map((kind) => [kind.id, { ...generalRules, bySpace: { ...bySpace, ...kind.spaces } }]),
);

/** What places say of assets of this kind. */
export const rulesOf = (kind: string): AvailabilityRules => byKind.get(kind) ?? generalRules;
