/** What an asset is, in both languages, with the words people type for it. */
export interface Kind {
  readonly id: string;
  readonly name: { readonly en: string; readonly fr: string };
  readonly synonyms: { readonly en: readonly string[]; readonly fr: readonly string[] };
  /** Name of its icon in the app. */
  readonly icon: string;
}

/** The kinds of equipment. A new kind is an entry here and an icon in the app. */
export const kinds: readonly Kind[] = [
  {
    id: 'infusion-pump',
    name: { en: 'Infusion pump', fr: 'Pompe à perfusion' },
    synonyms: {
      en: ['iv', 'iv pump', 'drip', 'drip pump', 'volumetric pump', 'infusion'],
      fr: ['pompe', 'pompe iv', 'pompe volumétrique', 'perfusion', 'infusion', 'soluté'],
    },
    icon: 'infusion-pump',
  },
  {
    id: 'syringe-pump',
    name: { en: 'Syringe pump', fr: 'Pousse-seringue' },
    synonyms: { en: ['syringe driver', 'pca pump'], fr: ['pompe à seringue', 'pompe seringue', 'pompe acp'] },
    icon: 'syringe-pump',
  },
  {
    id: 'feeding-pump',
    name: { en: 'Feeding pump', fr: 'Pompe à gavage' },
    synonyms: {
      en: ['enteral pump', 'tube feeding', 'kangaroo pump'],
      fr: ['pompe à alimentation', 'pompe entérale', 'gavage', 'nutrition entérale'],
    },
    icon: 'feeding-pump',
  },
  {
    id: 'wheelchair',
    name: { en: 'Wheelchair', fr: 'Fauteuil roulant' },
    synonyms: { en: ['wheel chair', 'transport chair'], fr: ['chaise roulante', 'fauteuil de transport'] },
    icon: 'wheelchair',
  },
  {
    id: 'stretcher',
    name: { en: 'Stretcher', fr: 'Civière' },
    synonyms: { en: ['gurney', 'trolley'], fr: ['brancard'] },
    icon: 'stretcher',
  },
  {
    id: 'bed',
    name: { en: 'Bed', fr: 'Lit' },
    synonyms: { en: ['hospital bed', 'bariatric bed'], fr: ["lit d'hôpital", 'lit bariatrique'] },
    icon: 'bed',
  },
  {
    id: 'ultrasound',
    name: { en: 'Ultrasound', fr: 'Échographe' },
    synonyms: {
      en: ['ultrasound machine', 'us', 'sonography', 'echo', 'pocus'],
      fr: ['échographie', 'écho', 'ultrason'],
    },
    icon: 'ultrasound',
  },
  {
    id: 'ventilator',
    name: { en: 'Ventilator', fr: 'Ventilateur' },
    synonyms: { en: ['vent', 'respirator', 'bipap', 'cpap'], fr: ['respirateur', 'bipap', 'cpap'] },
    icon: 'ventilator',
  },
  {
    id: 'defibrillator',
    name: { en: 'Defibrillator', fr: 'Défibrillateur' },
    synonyms: { en: ['defib', 'aed', 'crash cart'], fr: ['défib', 'dea', 'chariot de réanimation'] },
    icon: 'defibrillator',
  },
  {
    id: 'bladder-scanner',
    name: { en: 'Bladder scanner', fr: 'Échographe vésical' },
    synonyms: { en: ['bladder scan', 'pvr scanner'], fr: ['bladder scan', 'scanner de vessie', 'vessie'] },
    icon: 'bladder-scanner',
  },
  {
    id: 'patient-monitor',
    name: { en: 'Patient monitor', fr: 'Moniteur patient' },
    synonyms: {
      en: ['bedside monitor', 'cardiac monitor', 'telemetry'],
      fr: ['moniteur cardiaque', 'scope', 'télémétrie'],
    },
    icon: 'patient-monitor',
  },
  {
    id: 'vital-signs-monitor',
    name: { en: 'Vital signs monitor', fr: 'Moniteur de signes vitaux' },
    synonyms: {
      en: ['vitals', 'vitals machine', 'blood pressure', 'bp machine', 'nibp', 'dinamap'],
      fr: ['signes vitaux', 'tensiomètre', 'tension', 'pression artérielle'],
    },
    icon: 'vital-signs-monitor',
  },
  {
    id: 'ecg-machine',
    name: { en: 'ECG machine', fr: 'Électrocardiographe' },
    synonyms: { en: ['ecg', 'ekg', 'electrocardiograph', '12 lead'], fr: ['ecg', 'électrocardiogramme'] },
    icon: 'ecg-machine',
  },
  {
    id: 'patient-lift',
    name: { en: 'Patient lift', fr: 'Lève-personne' },
    synonyms: {
      en: ['hoist', 'hoyer', 'hoyer lift', 'sling lift'],
      fr: ['lève-patient', 'lève-malade', 'soulève-personne'],
    },
    icon: 'patient-lift',
  },
  {
    id: 'suction-unit',
    name: { en: 'Suction unit', fr: 'Appareil de succion' },
    synonyms: { en: ['suction', 'suction machine', 'aspirator'], fr: ['succion', 'aspirateur', 'aspiration'] },
    icon: 'suction-unit',
  },
];

export const kindById: ReadonlyMap<string, Kind> = new Map(kinds.map((kind) => [kind.id, kind]));
