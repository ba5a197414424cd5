import type { DrawnSection } from '../drawn';
import { fourBeds, oneBed, twoBeds } from '../clinical-furniture';
import { rectOf, type Span } from '../geometry';
import type { LevelBoard, Pen, RowRoom } from '../pen';
import type { SpaceType } from '../space-types';
import { BAND, PART, STAIR_DEPTH } from './grid';

interface WardPlan {
  readonly section: DrawnSection;
  /** Which end of the bar; the east ward is the west ward in a mirror. */
  readonly end: 'west' | 'east';
  readonly firstNumber: number;
}

const single = (length: number, ensuite: 'E' | 'W'): RowRoom => ({
  spaceType: 'patient-room',
  length,
  ensuite,
  furniture: oneBed,
});
const double = (length: number, ensuite: 'E' | 'W'): RowRoom => ({ ...single(length, ensuite), furniture: twoBeds });

/** From the end of the bar inward. */
const NORTH: readonly RowRoom[] = [
  single(4.4, 'E'),
  { spaceType: 'assisted-bath', length: 4.6 },
  { ...single(10, 'E'), furniture: fourBeds },
  { spaceType: 'staff-break', length: 7 },
  { spaceType: 'conference', length: 8 },
];
const SOUTH: readonly RowRoom[] = [
  double(6.6, 'E'),
  single(4.3, 'W'),
  double(6.6, 'E'),
  single(4.3, 'W'),
  double(6.6, 'E'),
  { spaceType: 'day-room', length: 5.6 },
];

/** Seven patient rooms on the façades, en-suites paired; what the nurses fetch is in the core beside the station. */
export function drawWard(board: LevelBoard, { section, end, firstNumber }: WardPlan): void {
  const pen = board.pen(section, firstNumber);
  const [from, to] = PART[end];
  const [shortFr] = (section.name.fr ?? section.name.en).split(',');
  const seen: Seen = (list) => (end === 'west' ? list : list.toReversed());
  const rooms = (row: readonly RowRoom[]): readonly RowRoom[] => seen(end === 'west' ? row : row.map(mirrored));
  pen.row({ from, band: BAND.northRow, axis: 'x', front: 'S', rooms: rooms(NORTH) });
  drawCore(pen, end === 'west' ? [STAIR_DEPTH, to] : [from, to - STAIR_DEPTH], seen);
  pen.row({ from, band: BAND.southRow, axis: 'x', front: 'N', rooms: rooms(SOUTH) });
  for (const [band, en, fr] of [
    [BAND.northCorridor, 'north', 'nord'],
    [BAND.southCorridor, 'south', 'sud'],
  ] as const) {
    pen.corridor([from, to], band, { en: `${section.short} ${en} corridor`, fr: `Corridor ${fr}, ${shortFr}` });
  }
}

const opposite = { E: 'W', W: 'E' } as const;

const mirrored = (room: RowRoom): RowRoom => (room.ensuite ? { ...room, ensuite: opposite[room.ensuite] } : room);

/** A list from the end of the bar inward, as it stands from west to east. */
type Seen = <T>(list: readonly T[]) => readonly T[];

const STORE_LENGTH = 8;
const half = (spaceType: SpaceType): RowRoom => ({ spaceType, length: STORE_LENGTH / 2 });
const whole = (spaceType: SpaceType): RowRoom => ({ spaceType, length: STORE_LENGTH });

/** Rooms back to back at the two ends of the core, from the end of the bar inward. */
const CORE_ENDS = [
  { north: [whole('equipment-store')], south: [half('soiled-utility'), half('housekeeping')] },
  { north: [half('clean-utility'), half('medication-room')], south: [whole('kitchen')] },
] as const;

function drawCore(pen: Pen, [from, to]: Span, seen: Seen): void {
  seen(CORE_ENDS).forEach(({ north, south }, i) => {
    const start = i === 0 ? from : to - STORE_LENGTH;
    pen.row({ from: start, band: BAND.coreNorth, axis: 'x', front: 'N', rooms: seen<RowRoom>(north) });
    pen.row({ from: start, band: BAND.coreSouth, axis: 'x', front: 'S', rooms: seen<RowRoom>(south) });
  });
  pen.room(rectOf([from + STORE_LENGTH, to - STORE_LENGTH], BAND.core), 'nurse-station', {
    doors: [
      { side: 'N', virtual: true, width: 8 },
      { side: 'S', virtual: true, width: 8 },
    ],
  });
}
