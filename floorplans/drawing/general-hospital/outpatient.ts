import { rectOf } from '../geometry';
import type { LevelBoard, Pen, RowRoom } from '../pen';
import { BAND, PART, STAIR_DEPTH } from './grid';

const [WEST, EAST] = PART.east;

/** Rehabilitation on the north façade, a day clinic on the south, one reception for both. */
export function drawOutpatient(board: LevelBoard): void {
  const pen = board.pen(
    {
      id: '3-east',
      name: { en: 'Rehabilitation and day clinic', fr: 'Réadaptation et clinique de jour' },
      short: '3 East',
      category: 'physicaltherapy',
    },
    201,
  );
  pen.corridor(PART.east, BAND.northCorridor, { en: '3 East north corridor', fr: 'Corridor nord, 3 Est' });
  pen.corridor(PART.east, BAND.southCorridor, { en: '3 East south corridor', fr: 'Corridor sud, 3 Est' });
  drawFacades(pen);
  drawCore(pen);
}

function drawFacades(pen: Pen): void {
  pen.row({
    from: WEST,
    band: BAND.northRow,
    axis: 'x',
    front: 'S',
    rooms: [
      { spaceType: 'treatment-room', length: 6.5 },
      { spaceType: 'treatment-room', length: 6.5 },
      {
        spaceType: 'gym',
        length: 21,
        doors: [
          { side: 'S', at: 3 },
          { side: 'S', at: 18 },
        ],
      },
    ],
  });
  const clinics = Array.from({ length: 4 }, (_, i) => clinic(i + 1));
  pen.row({
    from: WEST,
    band: BAND.southRow,
    axis: 'x',
    front: 'N',
    rooms: [
      { spaceType: 'waiting', length: 9, name: { en: 'Clinic waiting', fr: 'Salle d’attente de la clinique' } },
      ...clinics,
      { spaceType: 'office', length: 6 },
    ],
  });
}

const clinic = (index: number): RowRoom => ({
  spaceType: 'exam-room',
  length: 4.75,
  name: { en: `Clinic ${index}`, fr: `Consultation ${index}` },
});

function drawCore(pen: Pen): void {
  pen.room(rectOf([WEST, WEST + 9], BAND.core), 'reception', {
    name: { en: '3 East reception', fr: 'Accueil 3 Est' },
    doors: [
      { side: 'N', virtual: true, width: 5 },
      { side: 'S', virtual: true, width: 5 },
    ],
  });
  const from = WEST + 9;
  const length = (EAST - STAIR_DEPTH - from) / 2;
  const north = ['equipment-store', 'clean-utility'] as const;
  const south = ['staff-break', 'soiled-utility'] as const;
  const rooms = (types: typeof north | typeof south): RowRoom[] => types.map((spaceType) => ({ spaceType, length }));
  pen.row({ from, band: BAND.coreNorth, axis: 'x', front: 'N', rooms: rooms(north) });
  pen.row({ from, band: BAND.coreSouth, axis: 'x', front: 'S', rooms: rooms(south) });
}
