import { heightOf, rectOf, widthOf, type Rect, type Side } from './geometry';

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
