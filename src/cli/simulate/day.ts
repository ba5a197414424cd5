/**
 * A ward's day for each kind of equipment: where it goes next and how long it stays there.
 * Minutes; the simulator draws each stay from an exponential around the mean, so no two days look alike.
 */
export interface Stop {
  /** Kinds of room it may be taken to. */
  readonly rooms: readonly string[];
  readonly meanMinutes: number;
  /** Chance that this stop is made at all. */
  readonly chance?: number;
}

const stores = ['clean-utility', 'equipment-store'];
const bedsides = ['patient-room', 'icu-room', 'exam-room', 'resuscitation', 'recovery'];
const soiled: Stop = { rooms: ['soiled-utility'], meanMinutes: 18 };
const back = (meanMinutes: number): Stop => ({ rooms: stores, meanMinutes });
const leftInCorridor: Stop = { rooms: ['corridor'], meanMinutes: 14, chance: 0.12 };

const pump: readonly Stop[] = [
  back(70),
  { rooms: bedsides, meanMinutes: 95 },
  { rooms: bedsides, meanMinutes: 40, chance: 0.15 },
  leftInCorridor,
  soiled,
];
const roundsDevice: readonly Stop[] = [
  back(45),
  { rooms: bedsides, meanMinutes: 9 },
  { rooms: bedsides, meanMinutes: 9, chance: 0.7 },
  { rooms: bedsides, meanMinutes: 9, chance: 0.5 },
  leftInCorridor,
  { ...soiled, chance: 0.4 },
];
const transport: readonly Stop[] = [
  { rooms: ['equipment-store', 'lobby', 'waiting', 'corridor'], meanMinutes: 40 },
  { rooms: bedsides, meanMinutes: 5 },
  { rooms: ['imaging-room', 'exam-room', 'waiting'], meanMinutes: 20 },
  { rooms: bedsides, meanMinutes: 6 },
  leftInCorridor,
];
const bedsideForLong: readonly Stop[] = [
  { rooms: ['icu-room', 'operating-room', 'resuscitation', 'recovery', 'patient-room'], meanMinutes: 240 },
  { ...soiled, chance: 0.5 },
  { ...back(80), chance: 0.6 },
];

/** A tag that somebody carries all day: no equipment, but what a pump in a nurse's arms looks like to the radio. */
export const carriedKind = 'carried';
export const carriedDay: readonly Stop[] = [
  { rooms: ['nurse-station'], meanMinutes: 4 },
  { rooms: bedsides, meanMinutes: 3 },
  { rooms: bedsides, meanMinutes: 3, chance: 0.8 },
  { rooms: ['clean-utility', 'medication-room', 'equipment-store'], meanMinutes: 1.5, chance: 0.6 },
  { rooms: ['corridor'], meanMinutes: 1.5, chance: 0.4 },
];

/** What each kind of equipment does all day. */
export const dayOf: Readonly<Record<string, readonly Stop[]>> = {
  'infusion-pump': pump,
  'syringe-pump': pump,
  'feeding-pump': pump,
  wheelchair: transport,
  stretcher: transport,
  bed: [
    { rooms: ['patient-room', 'icu-room', 'exam-room'], meanMinutes: 600 },
    { rooms: ['operating-room', 'imaging-room'], meanMinutes: 60, chance: 0.4 },
    { rooms: ['recovery'], meanMinutes: 45, chance: 0.4 },
  ],
  ultrasound: roundsDevice,
  ventilator: bedsideForLong,
  defibrillator: [
    { rooms: ['nurse-station', 'corridor', 'resuscitation'], meanMinutes: 900 },
    { rooms: bedsides, meanMinutes: 20 },
  ],
  'bladder-scanner': roundsDevice,
  'patient-monitor': bedsideForLong,
  'vital-signs-monitor': roundsDevice,
  'ecg-machine': roundsDevice,
  'patient-lift': roundsDevice,
  'suction-unit': pump,
};

/** For a kind this table does not name. */
export const ordinaryDay: readonly Stop[] = pump;
