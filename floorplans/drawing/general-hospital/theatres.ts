import type { Door } from '../drawn';
import { rectOf, type Span } from '../geometry';
import type { LevelBoard, Pen, RowRoom } from '../pen';
import { BAND, LINK, PART, WING } from './grid';

const SOUTH_CORRIDOR: Span = [6, 8.6];
const THEATRES: Span = [8.6, 35.4];
const NORTH_CORRIDOR: Span = [35.4, 38];
const WEST_ROW: Span = [35, 41.8];
const STERILE_CORE: Span = [41.8, 46.2];
const EAST_ROW: Span = [46.2, 53];

/** Two rows of three theatres back on to a sterile core; patients and staff go round the outside. */
export function drawTheatres(board: LevelBoard): void {
  const pen = board.pen(
    {
      id: 'theatres',
      name: { en: 'Operating theatres', fr: 'Bloc opératoire' },
      short: 'Theatres',
      category: 'surgeon',
    },
    301,
  );
  drawCorridors(pen);
  pen.row({ from: THEATRES[0], band: WEST_ROW, axis: 'y', front: 'W', rooms: theatreRow(1, 'E') });
  pen.row({ from: THEATRES[0], band: EAST_ROW, axis: 'y', front: 'E', rooms: theatreRow(4, 'W') });
  pen.room(rectOf(STERILE_CORE, THEATRES), 'sterile-store', {
    name: { en: 'Sterile core', fr: 'Noyau stérile' },
    front: 'W',
    doors: [{ side: 'N' }, { side: 'S' }],
  });
  drawPatientRooms(pen);
  drawStaffRooms(pen);
}

function drawCorridors(pen: Pen): void {
  const terrace: Door = { side: 'S', width: 1.8, category: 'emergencyexit', exterior: true };
  const ends: Door[] = [
    { side: 'S', virtual: true, width: 3 },
    { side: 'N', virtual: true, width: 3 },
  ];
  pen.corridor(WING, SOUTH_CORRIDOR, { en: 'Theatres south corridor', fr: 'Corridor sud, bloc opératoire' }, [terrace]);
  pen.corridor(
    [WING[0], WEST_ROW[0]],
    THEATRES,
    { en: 'Theatres west corridor', fr: 'Corridor ouest, bloc opératoire' },
    ends,
  );
  pen.corridor(
    [EAST_ROW[1], WING[1]],
    THEATRES,
    { en: 'Theatres east corridor', fr: 'Corridor est, bloc opératoire' },
    ends,
  );
  pen.corridor(WING, NORTH_CORRIDOR, { en: 'Theatres north corridor', fr: 'Corridor nord, bloc opératoire' });
  pen.corridor(PART.west, BAND.southCorridor, { en: 'Perioperative corridor', fr: 'Corridor périopératoire' });
  pen.corridor(LINK, BAND.southRow, { en: 'Theatres link', fr: 'Passage du bloc opératoire' }, [
    { side: 'N', width: 2.4, access: 'staff' },
    { side: 'S', width: 4, virtual: true },
  ]);
}

/** From the south: theatre, scrub, theatre, scrub, theatre; a scrub room opens on the theatres at its sides. */
function theatreRow(first: number, sterile: 'E' | 'W'): readonly RowRoom[] {
  const outer = sterile === 'E' ? 'W' : 'E';
  const atOuterEnd = sterile === 'E' ? 1.2 : 5.6;
  const theatre = (index: number): RowRoom => ({
    spaceType: 'operating-room',
    length: 6.8,
    name: { en: `Operating room ${index}`, fr: `Salle d’opération ${index}` },
    doors: [
      { side: outer, width: 1.8 },
      { side: sterile, width: 1.2 },
    ],
  });
  const scrub = (doors: readonly Door[]): RowRoom => ({
    spaceType: 'scrub',
    length: 3.2,
    doors: [{ side: outer }, ...doors.map((door) => ({ ...door, at: atOuterEnd }))],
  });
  return [
    theatre(first),
    scrub([{ side: 'S' }, { side: 'N' }]),
    theatre(first + 1),
    scrub([{ side: 'N' }]),
    theatre(first + 2),
  ];
}

function drawPatientRooms(pen: Pen): void {
  const row = { band: BAND.southRow, axis: 'x', front: 'N' } as const;
  pen.row({
    ...row,
    from: 24,
    rooms: [
      {
        spaceType: 'recovery',
        length: 17,
        name: { en: 'Recovery', fr: 'Salle de réveil' },
        doors: [
          { side: 'N', at: 6.5 },
          { side: 'S', at: 13.2, access: 'staff' },
        ],
      },
      {
        spaceType: 'recovery',
        length: 7,
        name: { en: 'Preoperative holding', fr: 'Attente préopératoire' },
        doors: [{ side: 'N' }, { side: 'E', at: 2, width: 1.8, access: 'staff' }],
      },
    ],
  });
}

function drawStaffRooms(pen: Pen): void {
  pen.row({
    from: 0,
    band: BAND.southRow,
    axis: 'x',
    front: 'N',
    rooms: [
      { spaceType: 'staff-break', length: 6 },
      { spaceType: 'changing', length: 4.6, name: { en: 'Changing room, women', fr: 'Vestiaire des femmes' } },
      { spaceType: 'changing', length: 4.6, name: { en: 'Changing room, men', fr: 'Vestiaire des hommes' } },
      { spaceType: 'equipment-store', length: 5 },
      { spaceType: 'soiled-utility', length: 3.8 },
    ],
  });
}

/** Used instruments come in at the west and leave sterile at the east. */
export function drawSterileProcessing(board: LevelBoard): void {
  const pen = board.pen(
    {
      id: 'sterile-processing',
      name: { en: 'Sterile processing', fr: 'Retraitement des dispositifs médicaux' },
      short: 'Sterile processing',
      category: 'unspecified',
    },
    101,
  );
  pen.corridor(PART.west, BAND.northCorridor, { en: 'Sterile processing corridor', fr: 'Corridor du retraitement' });
  pen.row({
    from: 4,
    band: BAND.core,
    axis: 'x',
    front: 'S',
    rooms: [
      { spaceType: 'decontamination', length: 9 },
      {
        spaceType: 'sterile-store',
        length: 11,
        name: { en: 'Assembly and sterilization', fr: 'Assemblage et stérilisation' },
        doors: [{ side: 'W', width: 1.4 }, { side: 'E', width: 1.4 }, { side: 'N' }],
      },
      { spaceType: 'sterile-store', length: 10, doors: [{ side: 'S' }, { side: 'N' }] },
    ],
  });
}

export function drawBiomed(board: LevelBoard): void {
  const pen = board.pen(
    {
      id: 'biomed',
      name: { en: 'Biomedical engineering', fr: 'Génie biomédical' },
      short: 'Biomed',
      category: 'unspecified',
    },
    151,
  );
  pen.row({
    from: 0,
    band: BAND.northRow,
    axis: 'x',
    front: 'S',
    rooms: [
      {
        spaceType: 'biomed-workshop',
        length: 20,
        doors: [
          { side: 'S', at: 12 },
          { side: 'E', width: 1.6 },
        ],
      },
      {
        spaceType: 'equipment-store',
        length: 14,
        name: { en: 'Biomedical equipment depot', fr: 'Dépôt du génie biomédical' },
      },
    ],
  });
}
