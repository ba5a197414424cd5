import type { SpaceType } from '../space-types';

/** Where pieces of a kind live: so many in the rooms of these types, in these sections (all when left out). */
export interface Home {
  readonly count: number;
  readonly spaceTypes: readonly SpaceType[];
  readonly sections?: readonly string[];
}

export interface Kind {
  readonly id: string;
  /** Before the asset number on its label. */
  readonly code: string;
  readonly name: string;
  /** Invented makers' serial prefix. */
  readonly serial: string;
  readonly homes: readonly Home[];
}

const WARDS = ['2-west', '2-east', '3-west'] as const;
const STORE = ['equipment-store'] as const;
const CLEAN = ['clean-utility'] as const;

const kind = (id: string, [code, name, serial]: readonly [string, string, string], ...homes: Home[]): Kind => ({
  id,
  code,
  name,
  serial,
  homes,
});
const home = (count: number, spaceTypes: readonly SpaceType[], ...sections: string[]): Home =>
  sections.length > 0 ? { count, spaceTypes, sections } : { count, spaceTypes };

/** Four hundred pieces of fifteen kinds, in the proportions of a hospital of this size. */
export const KINDS: readonly Kind[] = [
  kind(
    'infusion-pump',
    ['IP', 'Infusion pump', 'VLM'],
    home(30, STORE, ...WARDS),
    home(18, CLEAN, ...WARDS),
    home(12, STORE, 'intensive-care'),
    home(10, STORE, 'emergency'),
    home(6, ['recovery'], 'theatres'),
    home(10, STORE, 'logistics'),
  ),
  kind(
    'syringe-pump',
    ['SP', 'Syringe pump', 'SYR'],
    home(16, STORE, 'intensive-care'),
    home(12, STORE, 'theatres'),
    home(10, CLEAN, ...WARDS),
  ),
  kind('feeding-pump', ['FP', 'Feeding pump', 'ENT'], home(6, STORE, 'intensive-care'), home(10, CLEAN, ...WARDS)),
  kind(
    'wheelchair',
    ['WC', 'Wheelchair', 'ROL'],
    home(12, ['lobby'], 'main-entrance'),
    home(6, ['waiting'], 'emergency'),
    home(4, ['waiting'], 'imaging'),
    home(12, STORE, ...WARDS),
    home(6, STORE, '3-east'),
  ),
  kind(
    'stretcher',
    ['ST', 'Stretcher', 'STR'],
    home(14, ['exam-room', 'resuscitation'], 'emergency'),
    home(8, ['recovery'], 'theatres'),
    home(4, ['recovery'], 'imaging'),
  ),
  kind('bed', ['BD', 'Bed', 'BED'], home(39, ['patient-room'], ...WARDS), home(12, ['icu-room'], 'intensive-care')),
  kind(
    'ultrasound',
    ['US', 'Ultrasound', 'SON'],
    home(3, ['imaging-room'], 'imaging'),
    home(3, STORE, 'emergency'),
    home(2, STORE, 'intensive-care'),
    home(2, STORE, 'theatres'),
  ),
  kind(
    'ventilator',
    ['VE', 'Ventilator', 'VNT'],
    home(12, ['icu-room'], 'intensive-care'),
    home(2, ['resuscitation'], 'emergency'),
    home(3, ['equipment-store'], 'biomed'),
  ),
  kind(
    'defibrillator',
    ['DF', 'Defibrillator', 'DEF'],
    home(4, ['nurse-station'], ...WARDS, 'intensive-care'),
    home(3, ['nurse-station', 'resuscitation'], 'emergency'),
    home(4, ['recovery'], 'theatres', 'imaging'),
    home(2, ['lobby', 'reception'], 'main-entrance', '3-east'),
  ),
  kind('bladder-scanner', ['BS', 'Bladder scanner', 'BLS'], home(6, CLEAN, ...WARDS), home(2, STORE, 'emergency')),
  kind(
    'patient-monitor',
    ['PM', 'Patient monitor', 'MON'],
    home(12, ['icu-room'], 'intensive-care'),
    home(8, ['recovery'], 'theatres'),
    home(6, ['operating-room'], 'theatres'),
    home(6, ['resuscitation', 'exam-room'], 'emergency'),
  ),
  kind(
    'vital-signs-monitor',
    ['VS', 'Vital signs monitor', 'VSM'],
    home(15, STORE, ...WARDS),
    home(6, ['triage', 'nurse-station'], 'emergency'),
    home(4, CLEAN, '3-east'),
    home(3, ['recovery'], 'imaging'),
  ),
  kind(
    'ecg-machine',
    ['EC', 'ECG machine', 'ECG'],
    home(4, ['nurse-station', 'triage'], 'emergency'),
    home(4, CLEAN, ...WARDS),
    home(2, ['exam-room'], '3-east'),
  ),
  kind(
    'patient-lift',
    ['PL', 'Patient lift', 'LFT'],
    home(8, STORE, ...WARDS),
    home(1, STORE, 'intensive-care'),
    home(2, ['gym'], '3-east'),
  ),
  kind(
    'suction-unit',
    ['SU', 'Suction unit', 'SUC'],
    home(6, CLEAN, ...WARDS),
    home(3, CLEAN, 'emergency', 'intensive-care'),
    home(3, STORE, 'theatres'),
    home(2, STORE, 'logistics'),
  ),
];
