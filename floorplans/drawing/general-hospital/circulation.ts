import type { Label } from '../../../src/core';
import type { Door, DrawnSection } from '../drawn';
import { rectOf, type Span } from '../geometry';
import type { LevelBoard, Pen } from '../pen';
import { BAND, LINK, PART, STAIR_DEPTH } from './grid';

const LIFT_A: Span = [38, 42.2];
const LIFT_LOBBY: Span = [42.2, 47.8];
const LIFT_B: Span = [47.8, 52];
const STAIR_3: Span = [52, 56];

/** Of a stair, at each end of its flights. */
export const LANDING = 1.5;
const LIFT_DOORS = [1.6, 4.8] as const;

interface CentreOptions {
  /** Doors of the two public corridors towards the departments; wards close theirs, the ground floor does not. */
  readonly ends: 'doors' | 'open';
  /** The ways out of stair 3 besides the public corridor. */
  readonly stairDoors?: readonly Door[];
}

/** Three stairs, one of them for staff, and two lift cores: the same place on every level. */
export function drawVerticals(board: LevelBoard, options: CentreOptions): void {
  const pen = board.pen(null, 0);
  const isGround = board.level.ordinal === 0;
  const wayOut: Door = { side: 'W', at: LANDING / 2, exterior: true, category: 'emergencyexit', width: 1.2 };
  const landings: Door[] = [{ side: 'N' }, { side: 'S' }];
  stair(pen, board, 1, { xs: [0, STAIR_DEPTH], ys: BAND.core, doors: isGround ? [...landings, wayOut] : landings });
  const forStaff = landings.map((door): Door => ({ ...door, access: 'staff' }));
  stair(pen, board, 2, { xs: [PART.east[1] - STAIR_DEPTH, PART.east[1]], ys: BAND.core, doors: forStaff });
  stair(pen, board, 3, { xs: STAIR_3, ys: BAND.southRow, doors: [{ side: 'N' }, ...(options.stairDoors ?? [])] });
  lift(pen, board, 'A', { xs: LIFT_A, side: 'E' });
  lift(pen, board, 'B', { xs: LIFT_B, side: 'W' });
}

function stair(
  pen: Pen,
  board: LevelBoard,
  index: number,
  { xs, ys, doors }: { xs: Span; ys: Span; doors: readonly Door[] },
): void {
  pen.room(rectOf(xs, ys), 'stairs', {
    number: `${board.level.ordinal}-S${index}`,
    name: { en: `Stair ${index}`, fr: `Escalier ${index}` },
    connector: `stair-${index}`,
    doors,
  });
}

function lift(pen: Pen, board: LevelBoard, letter: 'A' | 'B', { xs, side }: { xs: Span; side: 'E' | 'W' }): void {
  pen.room(rectOf(xs, BAND.core), 'lift', {
    number: `${board.level.ordinal}-L${letter}`,
    name: { en: `Lifts ${letter}`, fr: `Ascenseurs ${letter}` },
    connector: `lift-${letter}`,
    front: side,
    doors: LIFT_DOORS.map((at) => ({ side, at })),
  });
}

/** The public middle of a level: lift lobby, its two corridors, washroom and comms room; returns its pen for more. */
export function drawCentre(board: LevelBoard, section: DrawnSection, options: CentreOptions): Pen {
  const pen = board.pen(section, 1);
  drawVerticals(board, options);
  const end = options.ends === 'open' ? { virtual: true, width: 2.6 } : { width: 2.0 };
  const ends: Door[] = [
    { side: 'W', ...end },
    { side: 'E', ...end },
  ];
  const lobby: Label = {
    en: `Lift lobby, ${board.level.name.en}`,
    fr: `Hall des ascenseurs, ${board.level.name.fr ?? ''}`,
  };
  pen.room(rectOf(LIFT_LOBBY, BAND.core), 'lobby', {
    name: lobby,
    doors: [
      { side: 'N', virtual: true, width: 5.6 },
      { side: 'S', virtual: true, width: 5.6 },
    ],
  });
  pen.corridor(PART.centre, BAND.northCorridor, { en: 'North concourse', fr: 'Passage nord' }, ends);
  pen.corridor(PART.centre, BAND.southCorridor, { en: 'South concourse', fr: 'Passage sud' }, ends);
  pen.room(rectOf([PART.centre[0], LIFT_A[0]], BAND.core), 'restroom', {
    name: { en: 'Public washrooms', fr: 'Toilettes publiques' },
  });
  pen.room(rectOf([LIFT_B[1], PART.centre[1]], BAND.core), 'plant-room', {
    name: { en: 'Electrical and network room', fr: 'Local électrique et réseau' },
    front: 'N',
  });
  return pen;
}

/** The passage from the south concourse into the wing. */
export function drawLink(pen: Pen, name: Label, south: Door): void {
  pen.corridor(LINK, BAND.southRow, name, [{ side: 'N', width: 2.4 }, south]);
}
