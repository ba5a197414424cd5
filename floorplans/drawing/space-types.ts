import type { Label } from '../../src/core';

interface SpaceTypeFacts {
  /** IMDF unit category. */
  readonly category: string;
  readonly label: Label;
  /** Clear width of its usual door, metres. */
  readonly door: number;
}

const space = (category: string, en: string, fr: string, door = 1.0): SpaceTypeFacts => ({
  category,
  label: { en, fr },
  door,
});

/** Our clinical words for rooms, what IMDF calls them, and how wide their doors are. */
export const SPACE_TYPES = {
  'patient-room': space('room', 'Room', 'Chambre', 1.3),
  'icu-room': space('room', 'ICU room', 'Chambre de soins intensifs', 1.8),
  'exam-room': space('room', 'Exam room', 'Salle d’examen', 1.2),
  triage: space('room', 'Triage', 'Triage', 1.2),
  resuscitation: space('room', 'Resuscitation', 'Salle de réanimation', 1.8),
  'operating-room': space('room', 'Operating room', 'Salle d’opération', 1.6),
  scrub: space('nonpublic', 'Scrub', 'Brossage', 1.0),
  recovery: space('room', 'Recovery', 'Salle de réveil', 2.0),
  'imaging-room': space('room', 'Imaging', 'Imagerie', 1.5),
  'control-room': space('nonpublic', 'Control room', 'Salle de commande'),
  'treatment-room': space('room', 'Treatment room', 'Salle de traitement', 1.2),
  gym: space('room', 'Rehabilitation gym', 'Gymnase de réadaptation', 1.8),
  'assisted-bath': space('restroom', 'Assisted bath', 'Salle de bain assistée', 1.3),
  'clean-utility': space('nonpublic', 'Clean utility', 'Utilité propre', 1.1),
  'soiled-utility': space('nonpublic', 'Soiled utility', 'Utilité souillée', 1.1),
  'medication-room': space('nonpublic', 'Medication room', 'Salle des médicaments'),
  'nurse-station': space('room', 'Nurse station', 'Poste infirmier', 1.2),
  'equipment-store': space('storage', 'Equipment store', 'Dépôt d’équipement', 1.6),
  'linen-store': space('storage', 'Linen store', 'Lingerie', 1.1),
  housekeeping: space('nonpublic', 'Housekeeping', 'Entretien ménager'),
  'sterile-store': space('storage', 'Sterile store', 'Réserve stérile', 1.4),
  'supply-store': space('storage', 'Supply store', 'Magasin', 1.8),
  decontamination: space('nonpublic', 'Decontamination', 'Décontamination', 1.4),
  'staff-break': space('lounge', 'Staff room', 'Salle du personnel'),
  changing: space('nonpublic', 'Changing room', 'Vestiaire'),
  office: space('office', 'Office', 'Bureau'),
  conference: space('conferenceroom', 'Meeting room', 'Salle de réunion', 1.2),
  waiting: space('waitingroom', 'Waiting room', 'Salle d’attente', 1.4),
  'day-room': space('lounge', 'Day room', 'Salle de jour', 1.4),
  reception: space('room', 'Reception', 'Accueil', 1.2),
  lobby: space('lobby', 'Lobby', 'Hall', 2.0),
  restroom: space('restroom', 'Restroom', 'Toilettes', 0.95),
  corridor: space('walkway', 'Corridor', 'Corridor', 2.0),
  lift: space('elevator', 'Lift', 'Ascenseur', 1.5),
  stairs: space('stairs', 'Stair', 'Escalier', 1.2),
  laboratory: space('laboratory', 'Laboratory', 'Laboratoire', 1.2),
  pharmacy: space('nonpublic', 'Pharmacy', 'Pharmacie', 1.2),
  kitchen: space('kitchen', 'Kitchen', 'Cuisine', 1.1),
  cafe: space('foodservice', 'Café', 'Café', 1.6),
  chapel: space('prayerroom', 'Quiet room', 'Salle de recueillement', 1.4),
  'plant-room': space('nonpublic', 'Plant room', 'Salle technique', 1.2),
  'biomed-workshop': space('nonpublic', 'Biomedical workshop', 'Atelier biomédical', 1.6),
  'ambulance-bay': space('nonpublic', 'Ambulance bay', 'Garage des ambulances', 2.4),
  receiving: space('nonpublic', 'Receiving dock', 'Quai de réception', 2.0),
} as const satisfies Record<string, SpaceTypeFacts>;

export type SpaceType = keyof typeof SPACE_TYPES;
