import type { Stop } from '../../simulate/day';

/** What equipment truly is, whatever the system believes. */
export type Condition = 'usable' | 'in-use' | 'dirty' | 'broken';

/** A stop of a piece's day, and what it is there. */
export interface Use extends Stop {
  readonly condition: Condition;
}

const stores = ['clean-utility', 'equipment-store'];
const bedsides = ['patient-room', 'icu-room', 'exam-room', 'resuscitation', 'recovery'];
const stations = ['nurse-station', ...stores];

/** The ways things go wrong: a chance each time a piece comes back. */
const leftDirtyInStore: Use = { rooms: stores, meanMinutes: 35, chance: 0.04, condition: 'dirty' };
const brokenInStore: Use = { rooms: stores, meanMinutes: 90, chance: 0.01, condition: 'broken' };
const leftInCorridor = (condition: Condition): Use => ({
  rooms: ['corridor'],
  meanMinutes: 14,
  chance: 0.12,
  condition,
});

/** Clean ones that a ward keeps for itself, out of sight. */
const hoarded: Use = {
  rooms: ['medication-room', 'supply-store', 'linen-store', 'housekeeping', 'nurse-station'],
  meanMinutes: 60,
  chance: 0.15,
  condition: 'usable',
};

/** A busy day: what is clean is soon taken, so that one in nine can be used at a time. */
const pump: readonly Use[] = [
  { rooms: stores, meanMinutes: 35, condition: 'usable' },
  { rooms: bedsides, meanMinutes: 200, condition: 'in-use' },
  { rooms: bedsides, meanMinutes: 40, chance: 0.15, condition: 'in-use' },
  { rooms: bedsides, meanMinutes: 25, chance: 0.3, condition: 'dirty' },
  leftInCorridor('dirty'),
  leftDirtyInStore,
  brokenInStore,
  { rooms: ['soiled-utility'], meanMinutes: 18, condition: 'dirty' },
  hoarded,
];

const roundsDevice: readonly Use[] = [
  { rooms: stations, meanMinutes: 45, condition: 'usable' },
  { rooms: bedsides, meanMinutes: 9, condition: 'in-use' },
  { rooms: bedsides, meanMinutes: 9, chance: 0.7, condition: 'in-use' },
  { rooms: bedsides, meanMinutes: 9, chance: 0.5, condition: 'in-use' },
  leftInCorridor('usable'),
  leftDirtyInStore,
  brokenInStore,
  { rooms: ['soiled-utility'], meanMinutes: 18, chance: 0.4, condition: 'dirty' },
];

const transport: readonly Use[] = [
  { rooms: ['equipment-store', 'lobby', 'corridor'], meanMinutes: 40, condition: 'usable' },
  { rooms: bedsides, meanMinutes: 5, condition: 'in-use' },
  { rooms: ['imaging-room', 'exam-room', 'waiting'], meanMinutes: 20, condition: 'in-use' },
  { rooms: bedsides, meanMinutes: 6, condition: 'in-use' },
  leftInCorridor('usable'),
  brokenInStore,
];

/** How each kind of the simulated day is used. */
export const rounds: Readonly<Record<string, readonly Use[]>> = {
  'infusion-pump': pump,
  'vital-signs-monitor': roundsDevice,
  wheelchair: transport,
};
