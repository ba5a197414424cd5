import { rectOf, type Span } from '../geometry';
import type { LevelBoard, Pen, RowRoom } from '../pen';
import { WING } from './grid';

const WEST_CORRIDOR: Span = [36.2, 38.8];
const CORE: Span = [38.8, 49.2];
const CORE_MIDDLE = 44;
const EAST_CORRIDOR: Span = [49.2, 51.8];
const FRONT: Span = [0, 7];
const SOUTH_CORRIDOR: Span = [7, 9.6];
const NORTH_CORRIDOR: Span = [35.4, 38];
const TREATMENT: Span = [9.6, 38];

/** Ambulances arrive at the south-west, walking patients at the south-east; rooms ring a core with the team station. */
export function drawEmergency(board: LevelBoard): void {
  const pen = board.pen(
    {
      id: 'emergency',
      name: { en: 'Emergency department', fr: 'Urgence' },
      short: 'Emergency',
      category: 'emergencymedicine',
    },
    301,
  );
  drawCorridors(pen);
  drawArrivals(pen);
  drawTreatment(pen);
  drawCore(pen);
}

function drawCorridors(pen: Pen): void {
  const ring: Span = [SOUTH_CORRIDOR[1], NORTH_CORRIDOR[0]];
  pen.corridor([WING[0], CORE[1]], SOUTH_CORRIDOR, { en: 'Emergency south corridor', fr: 'Corridor sud, urgence' }, [
    { side: 'W', exterior: true, category: 'emergencyexit', width: 1.8 },
  ]);
  pen.corridor(WEST_CORRIDOR, ring, { en: 'Emergency west corridor', fr: 'Corridor ouest, urgence' }, [
    { side: 'S', virtual: true, width: 2.6 },
    { side: 'N', virtual: true, width: 2.6 },
  ]);
  pen.corridor(EAST_CORRIDOR, ring, { en: 'Emergency east corridor', fr: 'Corridor est, urgence' }, [
    { side: 'N', virtual: true, width: 2.6 },
  ]);
  pen.corridor([WEST_CORRIDOR[0], EAST_CORRIDOR[1]], NORTH_CORRIDOR, {
    en: 'Emergency north corridor',
    fr: 'Corridor nord, urgence',
  });
}

function drawArrivals(pen: Pen): void {
  pen.room(rectOf([32, 39], FRONT), 'ambulance-bay', {
    name: { en: 'Ambulance bay', fr: 'Garage des ambulances' },
    front: 'N',
    doors: [
      { side: 'N', at: 5, width: 2.0 },
      { side: 'S', at: 5, exterior: true, category: 'pedestrian.principal', width: 2.4 },
    ],
  });
  for (const bay of [1, 2]) {
    pen.room(rectOf([39 + (bay - 1) * 5.1, 39 + bay * 5.1], FRONT), 'resuscitation', {
      name: { en: `Resuscitation ${bay}`, fr: `Salle de réanimation ${bay}` },
      front: 'N',
    });
  }
  pen.room(rectOf([CORE[1], WING[1]], [FRONT[0], SOUTH_CORRIDOR[1]]), 'waiting', {
    name: { en: 'Emergency waiting', fr: 'Salle d’attente de l’urgence' },
    front: 'E',
    doors: [
      { side: 'E', at: 4.8, exterior: true, category: 'pedestrian.principal', width: 2.0 },
      { side: 'W', at: 8.3, width: 2.0 },
      { side: 'N', at: 1.3, width: 2.0 },
    ],
  });
}

const exam = (index: number, length: number): RowRoom => ({
  spaceType: 'exam-room',
  length,
  name: { en: `Exam ${index}`, fr: `Examen ${index}` },
});

function drawTreatment(pen: Pen): void {
  const onNorthCorridor = { ...exam(7, 4.1), doors: [{ side: 'E', at: 2.8 }] } as const;
  const west = [...Array.from({ length: 6 }, (_, i) => exam(i + 1, 4.05)), onNorthCorridor];
  pen.row({ from: TREATMENT[0], band: [WING[0], WEST_CORRIDOR[0]], axis: 'y', front: 'E', rooms: west });
  const east: RowRoom[] = [
    {
      spaceType: 'reception',
      length: 3.6,
      name: { en: 'Emergency reception', fr: 'Accueil de l’urgence' },
      doors: [{ side: 'W' }, { side: 'S', width: 2.4, virtual: true }],
    },
    { spaceType: 'triage', length: 3.2, name: { en: 'Triage 1', fr: 'Triage 1' } },
    { spaceType: 'triage', length: 3.2, name: { en: 'Triage 2', fr: 'Triage 2' } },
    ...Array.from({ length: 5 }, (_, i) => exam(i + 8, 3.68)),
  ];
  pen.row({ from: TREATMENT[0], band: [EAST_CORRIDOR[1], WING[1]], axis: 'y', front: 'W', rooms: east });
}

function drawCore(pen: Pen): void {
  const west = (from: number, rooms: readonly RowRoom[]): void => {
    pen.row({ from, band: [CORE[0], CORE_MIDDLE], axis: 'y', front: 'W', rooms });
  };
  const east = (from: number, rooms: readonly RowRoom[]): void => {
    pen.row({ from, band: [CORE_MIDDLE, CORE[1]], axis: 'y', front: 'E', rooms });
  };
  west(9.6, [{ spaceType: 'equipment-store', length: 3.6 }]);
  east(9.6, [{ spaceType: 'medication-room', length: 3.6 }]);
  pen.room(rectOf(CORE, [13.2, 22.2]), 'nurse-station', {
    name: { en: 'Emergency team station', fr: 'Poste de l’équipe, urgence' },
    front: 'W',
    doors: [
      { side: 'W', virtual: true, width: 6 },
      { side: 'E', virtual: true, width: 6 },
    ],
  });
  west(22.2, [{ spaceType: 'clean-utility', length: 3.6 }, exam(13, 4.8), { spaceType: 'staff-break', length: 4.8 }]);
  east(22.2, [
    { spaceType: 'soiled-utility', length: 3.6 },
    { ...exam(14, 4.8), name: { en: 'Procedure room', fr: 'Salle d’intervention mineure' } },
    { spaceType: 'conference', length: 2.8, name: { en: 'Family room', fr: 'Salon des familles' } },
    { spaceType: 'restroom', length: 2.0 },
  ]);
}
