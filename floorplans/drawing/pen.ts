import type { Label } from '../../src/core';
import type { Door, DrawnDoor, DrawnLevel, DrawnSection, DrawnUnit } from './drawn';
import type { Furniture } from './furniture';
import {
  heightOf,
  rectOf,
  ringOf,
  ringWithout,
  toCentimetre,
  widthOf,
  type Rect,
  type Side,
  type Span,
} from './geometry';
import { SPACE_TYPES, type SpaceType } from './space-types';

export interface RoomOptions {
  /** The whole name; without it the space type's name and the number. */
  readonly name?: Label;
  readonly front?: Side;
  /** In place of the one door in the middle of the front wall. */
  readonly doors?: readonly Door[];
  readonly furniture?: Furniture;
  readonly connector?: string;
  /** In place of the next number of the section. */
  readonly number?: string;
}

export interface RowRoom extends RoomOptions {
  readonly spaceType: SpaceType;
  /** Along the row, metres. */
  readonly length: number;
  /** Patient rooms: which side of the entry the en-suite is on. */
  readonly ensuite?: 'E' | 'W';
}

export interface Row {
  /** Where the first room begins. */
  readonly from: number;
  readonly band: Span;
  /** Rows run west to east (`x`) or south to north (`y`). */
  readonly axis: 'x' | 'y';
  /** The side the corridor is on. */
  readonly front: Side;
  readonly rooms: readonly RowRoom[];
}

/** Rooms whose doors have a badge reader. */
const BADGE_ROOMS: ReadonlySet<SpaceType> = new Set(['medication-room']);

const ENSUITE_WIDTH = 2.1;
const ENSUITE_DEPTH = 2.5;

/** One level on the drawing board. */
export class LevelBoard {
  readonly units: DrawnUnit[] = [];
  readonly doors: DrawnDoor[] = [];
  readonly sections: DrawnSection[] = [];
  private corridors = 0;

  constructor(readonly level: Omit<DrawnLevel, 'units' | 'doors' | 'sections'>) {}

  /** A pen that numbers its rooms from `firstNumber`; a null section draws stairs and lifts. */
  pen(section: DrawnSection | null, firstNumber: number): Pen {
    if (section) this.sections.push(section);
    return new Pen(this, section?.id ?? null, firstNumber);
  }

  nextCorridor(): string {
    this.corridors += 1;
    return `${this.level.ordinal}-C${this.corridors}`;
  }

  finish(): DrawnLevel {
    return { ...this.level, units: this.units, doors: this.doors, sections: this.sections };
  }
}

export class Pen {
  constructor(
    private readonly board: LevelBoard,
    private readonly sectionId: string | null,
    private next: number,
  ) {}

  room(rect: Rect, spaceType: SpaceType, options: RoomOptions = {}): DrawnUnit {
    const unit = this.unit({ rect, ring: ringOf(rect), ensuite: null }, spaceType, options);
    for (const door of options.doors ?? [{ side: unit.front }]) this.door(unit, door);
    return unit;
  }

  corridor(xs: Span, ys: Span, name: Label, doors: readonly Door[] = []): DrawnUnit {
    return this.room(rectOf(xs, ys), 'corridor', { name, doors, number: this.board.nextCorridor() });
  }

  row({ from, band, axis, front, rooms }: Row): void {
    let start = from;
    for (const room of rooms) {
      const along: Span = [start, start + room.length];
      const rect = axis === 'x' ? rectOf(along, band) : rectOf(band, along);
      if (room.ensuite) this.patientRoom(rect, front, { ...room, ensuite: room.ensuite });
      else this.room(rect, room.spaceType, { front, ...room });
      start += room.length;
    }
  }

  /** A room off an east-west corridor, its en-suite in the corner beside the entry. */
  private patientRoom(rect: Rect, front: Side, room: RowRoom & { ensuite: 'E' | 'W' }): void {
    const west = room.ensuite === 'W';
    const xs: Span = west ? [rect.x0, rect.x0 + ENSUITE_WIDTH] : [rect.x1 - ENSUITE_WIDTH, rect.x1];
    const ys: Span = front === 'S' ? [rect.y0, rect.y0 + ENSUITE_DEPTH] : [rect.y1 - ENSUITE_DEPTH, rect.y1];
    const bath = rectOf(xs, ys);
    const shape = { rect, ring: ringWithout(rect, bath), ensuite: room.ensuite };
    const unit = this.unit(shape, room.spaceType, { ...room, front });
    const entry = Math.min(widthOf(rect) - ENSUITE_WIDTH, 2.4);
    const at = west ? ENSUITE_WIDTH + entry / 2 : widthOf(rect) - ENSUITE_WIDTH - entry / 2;
    this.door(unit, { side: front, at, width: 1.3 });
    this.room(bath, 'restroom', {
      number: `${unit.number}A`,
      name: { en: `Ensuite ${unit.number}A`, fr: `Salle de bain ${unit.number}A` },
      front: west ? 'E' : 'W',
      doors: [{ side: west ? 'E' : 'W', at: front === 'S' ? ENSUITE_DEPTH - 0.75 : 0.75, width: 0.95 }],
    });
  }

  private unit(
    shape: Pick<DrawnUnit, 'rect' | 'ring' | 'ensuite'>,
    spaceType: SpaceType,
    options: RoomOptions,
  ): DrawnUnit {
    const { label } = SPACE_TYPES[spaceType];
    const number = options.number ?? `${this.board.level.ordinal}-${String(this.next++).padStart(3, '0')}`;
    const unit: DrawnUnit = {
      id: number.toLowerCase(),
      number,
      levelId: this.board.level.id,
      sectionId: this.sectionId,
      spaceType,
      name: options.name ?? { en: `${label.en} ${number}`, fr: `${label.fr ?? label.en} ${number}` },
      ...shape,
      front: options.front ?? 'S',
      furniture: options.furniture ?? null,
      connector: options.connector ?? null,
    };
    this.board.units.push(unit);
    return unit;
  }

  private door(unit: DrawnUnit, door: Door): void {
    const { x0, y0, x1, y1 } = unit.rect;
    const upright = door.side === 'E' || door.side === 'W';
    const middle = (upright ? y0 : x0) + (door.at ?? (upright ? heightOf(unit.rect) : widthOf(unit.rect)) / 2);
    const half = (door.width ?? SPACE_TYPES[unit.spaceType].door) / 2;
    const wall = { N: y1, S: y0, E: x1, W: x0 }[door.side];
    const [from, to] = [toCentimetre(middle - half), toCentimetre(middle + half)];
    this.board.doors.push({
      unitId: unit.id,
      from: upright ? [wall, from] : [from, wall],
      to: upright ? [wall, to] : [to, wall],
      category: door.category ?? 'pedestrian',
      access: door.access ?? (BADGE_ROOMS.has(unit.spaceType) ? 'staff' : null),
      virtual: door.virtual ?? false,
      exterior: door.exterior ?? false,
    });
  }
}
