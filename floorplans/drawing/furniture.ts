import { heightOf, rectOf, widthOf, type Rect, type Side } from './geometry';
import type { SpaceType } from './space-types';

export type FixtureCategory = 'bed' | 'desk' | 'equipment' | 'seating';

export interface Piece {
  readonly category: FixtureCategory;
  readonly rect: Rect;
}

export type Furniture = (frame: Frame) => readonly Piece[];

interface Furnishable {
  readonly rect: Rect;
  /** The wall with the door. */
  readonly front: Side;
  readonly ensuite: 'E' | 'W' | null;
}

/** A room seen from its door: `u` runs along the front wall, `v` from the door to the back. */
export class Frame {
  readonly width: number;
  readonly depth: number;

  constructor(private readonly unit: Furnishable) {
    const upright = unit.front === 'E' || unit.front === 'W';
    this.width = upright ? heightOf(unit.rect) : widthOf(unit.rect);
    this.depth = upright ? widthOf(unit.rect) : heightOf(unit.rect);
  }

  get ensuiteWest(): boolean {
    return this.unit.ensuite === 'W';
  }

  piece(category: FixtureCategory, u: number, v: number, size: readonly [du: number, dv: number]): Piece {
    const { x0, y0, x1, y1 } = this.unit.rect;
    const [du, dv] = size;
    switch (this.unit.front) {
      case 'S':
        return { category, rect: rectOf([x0 + u, x0 + u + du], [y0 + v, y0 + v + dv]) };
      case 'N':
        return { category, rect: rectOf([x0 + u, x0 + u + du], [y1 - v - dv, y1 - v]) };
      case 'W':
        return { category, rect: rectOf([x0 + v, x0 + v + dv], [y0 + u, y0 + u + du]) };
      case 'E':
        return { category, rect: rectOf([x1 - v - dv, x1 - v], [y0 + u, y0 + u + du]) };
    }
  }

  /** `count` pieces side by side over the whole width, their backs to the back wall. */
  bays(category: FixtureCategory, count: number, size: readonly [du: number, dv: number]): readonly Piece[] {
    const pitch = this.width / count;
    return Array.from({ length: count }, (_, i) =>
      this.piece(category, (i + 0.5) * pitch - size[0] / 2, this.depth - size[1] - 0.15, size),
    );
  }
}

const BED: readonly [number, number] = [2.1, 1.0];
const STRETCHER: readonly [number, number] = [0.75, 1.95];

/** Head of the bed on the side wall the en-suite stands against, feet to the room, chair at the window. */
export const oneBed: Furniture = (f) => {
  const v = (f.depth + 2.5) / 2 - 0.5;
  return [
    f.piece('bed', f.ensuiteWest ? 0.15 : f.width - 2.25, v, BED),
    f.piece('seating', f.ensuiteWest ? f.width - 0.9 : 0.2, f.depth - 0.9, [0.7, 0.7]),
  ];
};

export const twoBeds: Furniture = (f) => {
  const v = (f.depth + 2.5) / 2 - 0.5;
  return [f.piece('bed', 0.15, v, BED), f.piece('bed', f.width - 2.25, v, BED)];
};

export const fourBeds: Furniture = (f) => f.bays('bed', 4, [1.0, 2.1]);

export const stretcherBays: Furniture = (f) => [
  ...f.bays('bed', Math.floor(f.width / 2.4), STRETCHER),
  f.piece('desk', f.width / 2 - 1.5, 1.6, [3, 0.7]),
];

const icuBed: Furniture = (f) => [
  f.piece('bed', f.width / 2 - 0.5, f.depth - 2.7, [1.0, 2.1]),
  f.piece('equipment', f.width / 2 - 1.5, f.depth - 1.3, [0.6, 0.6]),
  f.piece('equipment', f.width / 2 + 0.9, f.depth - 1.3, [0.6, 0.6]),
];

const exam: Furniture = (f) => [
  f.piece('bed', 0.35, f.depth - 2.2, STRETCHER),
  f.piece('desk', f.width - 1.5, f.depth - 0.8, [1.3, 0.65]),
];

const resuscitation: Furniture = (f) => [
  f.piece('bed', f.width / 2 - 0.4, f.depth / 2 - 0.6, [0.8, 2.0]),
  f.piece('equipment', 0.3, f.depth - 0.75, [f.width - 0.6, 0.6]),
  f.piece('equipment', f.width / 2 + 0.8, f.depth / 2 + 0.6, [0.6, 0.6]),
];

const theatre: Furniture = (f) => [
  f.piece('equipment', f.width / 2 - 1.0, f.depth / 2 - 0.3, [2.0, 0.6]),
  f.piece('equipment', f.width / 2 - 1.9, f.depth / 2 - 0.45, [0.7, 0.9]),
  f.piece('equipment', f.width / 2 + 0.2, f.depth / 2 + 1.2, [1.4, 0.6]),
];

export const mri: Furniture = (f) => [
  f.piece('equipment', f.width / 2 - 1.1, f.depth - 2.8, [2.2, 1.8]),
  f.piece('bed', f.width / 2 - 0.35, f.depth - 4.9, [0.7, 2.1]),
];
export const ct: Furniture = (f) => [
  f.piece('equipment', f.width / 2 - 1.2, f.depth - 2.4, [2.4, 1.0]),
  f.piece('bed', f.width / 2 - 0.3, f.depth - 4.7, [0.6, 2.3]),
];
export const xray: Furniture = (f) => [
  f.piece('bed', f.width / 2 - 1.1, f.depth / 2, [2.2, 0.8]),
  f.piece('equipment', f.width / 2 - 0.4, f.depth / 2 + 1.1, [0.8, 0.6]),
  f.piece('desk', 0.2, 0.3, [1.8, 1.2]),
];
export const sonography: Furniture = (f) => [
  f.piece('bed', f.width / 2 - 0.4, f.depth - 2.9, STRETCHER),
  f.piece('equipment', f.width / 2 + 0.6, f.depth - 2.3, [0.6, 0.7]),
];

/** A counter to each corridor and a table between them. */
const station: Furniture = (f) => {
  const length = f.width * 0.6;
  const u = (f.width - length) / 2;
  return [
    f.piece('desk', u, 0.9, [length, 0.7]),
    f.piece('desk', u, f.depth - 1.6, [length, 0.7]),
    f.piece('desk', f.width / 2 - 1.2, f.depth / 2 - 0.5, [2.4, 1.0]),
  ];
};

const counter: Furniture = (f) => [f.piece('desk', f.width / 2 - 1.3, Math.min(1.4, f.depth / 2), [2.6, 0.7])];

/** Back-to-back rows of chairs with an aisle around them. */
const chairs: Furniture = (f) => {
  const rows = Math.max(1, Math.floor((f.depth - 1.8) / 2.0));
  const length = Math.max(1.2, f.width - 2.4);
  return Array.from({ length: rows }, (_, i) =>
    f.piece('seating', (f.width - length) / 2, f.depth - 0.8 - i * 2.0 - 0.4, [length, 0.6]),
  );
};

/** Shelves on the back wall and the two side walls. */
const shelves: Furniture = (f) => [
  f.piece('equipment', 0.1, f.depth - 0.55, [f.width - 0.2, 0.45]),
  ...(f.depth > 2.8
    ? [
        f.piece('equipment', 0.1, 1.1, [0.45, f.depth - 1.75]),
        f.piece('equipment', f.width - 0.55, 1.1, [0.45, f.depth - 1.75]),
      ]
    : []),
];

/** Free-standing benches or racks across a large room. */
const benches: Furniture = (f) => {
  const count = Math.max(1, Math.floor((f.width - 1.2) / 2.6));
  const pitch = f.width / count;
  return Array.from({ length: count }, (_, i) =>
    f.piece('equipment', (i + 0.5) * pitch - 0.4, 1.6, [0.8, f.depth - 2.4]),
  );
};

const table: Furniture = (f) => [
  f.piece('desk', f.width / 2 - Math.min(2, f.width / 4), f.depth / 2 - 0.5, [Math.min(4, f.width / 2), 1.0]),
];

const desks: Furniture = (f) => {
  const count = Math.max(1, Math.floor(f.width / 3.2));
  return f.bays('desk', count, [1.6, 0.8]);
};

const cafeTables: Furniture = (f) =>
  Array.from({ length: Math.floor((f.width - 1) / 2.2) * 2 }, (_, i) =>
    f.piece('seating', 1 + (i >> 1) * 2.2, 1.6 + (i % 2) * 2.2, [0.9, 0.9]),
  );

const basin: Furniture = (f) => [f.piece('equipment', 0.15, f.depth - 0.8, [0.45, 0.65])];

const cars: Furniture = (f) =>
  Array.from({ length: 2 }, (_, i) =>
    f.piece('equipment', f.width / 4 + (i * f.width) / 2 - 0.95, 0.5, [1.9, f.depth - 1.2]),
  );

/** What stands in a room when the drawing does not say otherwise. */
export const USUAL_FURNITURE: Partial<Record<SpaceType, Furniture>> = {
  'icu-room': icuBed,
  'exam-room': exam,
  'treatment-room': exam,
  triage: exam,
  resuscitation,
  'operating-room': theatre,
  recovery: stretcherBays,
  'nurse-station': station,
  reception: counter,
  waiting: chairs,
  'day-room': cafeTables,
  'control-room': desks,
  'clean-utility': shelves,
  'soiled-utility': shelves,
  'medication-room': shelves,
  'equipment-store': shelves,
  'linen-store': shelves,
  'sterile-store': benches,
  'supply-store': benches,
  decontamination: benches,
  laboratory: benches,
  pharmacy: benches,
  'biomed-workshop': desks,
  office: desks,
  'staff-break': table,
  conference: table,
  kitchen: shelves,
  cafe: cafeTables,
  chapel: chairs,
  restroom: basin,
  changing: shelves,
  lift: cars,
};
