import { rectOf } from '../geometry';
import type { LevelBoard, Pen, RowRoom } from '../pen';
import { BAND, PART } from './grid';

const [WEST, EAST] = PART.east;
const ROOM_LENGTH = 4.25;

/** Twelve rooms on the two façades, all in sight of one long station. */
export function drawIntensiveCare(board: LevelBoard): void {
  const pen = board.pen(
    {
      id: 'intensive-care',
      name: { en: 'Intensive care', fr: 'Soins intensifs' },
      short: 'ICU',
      category: 'unspecified',
    },
    201,
  );
  pen.corridor(PART.east, BAND.northCorridor, { en: 'ICU north corridor', fr: 'Corridor nord, soins intensifs' });
  pen.corridor(PART.east, BAND.southCorridor, { en: 'ICU south corridor', fr: 'Corridor sud, soins intensifs' });
  const north = Array.from({ length: 8 }, (_, i) => bedroom(i + 1));
  const south = Array.from({ length: 4 }, (_, i) => bedroom(12 - i));
  pen.row({ from: WEST, band: BAND.northRow, axis: 'x', front: 'S', rooms: north });
  pen.row({
    from: WEST,
    band: BAND.southRow,
    axis: 'x',
    front: 'N',
    rooms: [
      {
        spaceType: 'waiting',
        length: 8,
        name: { en: 'ICU family waiting', fr: 'Salon des familles, soins intensifs' },
      },
      { spaceType: 'staff-break', length: 9 },
      ...south,
    ],
  });
  drawCore(pen);
}

const bedroom = (index: number): RowRoom => ({
  spaceType: 'icu-room',
  length: ROOM_LENGTH,
  name: { en: `ICU ${index}`, fr: `Soins intensifs ${index}` },
});

function drawCore(pen: Pen): void {
  const north = { band: BAND.coreNorth, axis: 'x', front: 'N' } as const;
  const south = { band: BAND.coreSouth, axis: 'x', front: 'S' } as const;
  pen.row({
    ...north,
    from: WEST,
    rooms: [
      { spaceType: 'medication-room', length: 4 },
      { spaceType: 'clean-utility', length: 4.5 },
    ],
  });
  pen.row({ ...south, from: WEST, rooms: [{ spaceType: 'equipment-store', length: 8.5 }] });
  pen.room(rectOf([WEST + 8.5, EAST - 11], BAND.core), 'nurse-station', {
    name: { en: 'ICU station', fr: 'Poste des soins intensifs' },
    doors: [
      { side: 'N', virtual: true, width: 9 },
      { side: 'S', virtual: true, width: 9 },
    ],
  });
  pen.row({
    ...north,
    from: EAST - 11,
    rooms: [
      { spaceType: 'linen-store', length: 3.5 },
      { spaceType: 'housekeeping', length: 3.5 },
    ],
  });
  pen.row({
    ...south,
    from: EAST - 11,
    rooms: [{ spaceType: 'soiled-utility', length: 7 }],
  });
}
