import type { Level, Point, Unit } from '../../core';

/** Loss of one wall by the room it encloses, dB. Shafts are concrete, imaging rooms leaded, theatres lined. */
const lossBySpaceType: Readonly<Record<string, number>> = {
  'imaging-room': 14,
  'operating-room': 7,
  lift: 11,
  stairs: 8,
  'plant-room': 8,
  corridor: 2.5,
  lobby: 2.5,
};
const drywallLoss = 3.2;
/** Glass, open doors: what a door leaves of its wall, dB. */
const doorLoss = 0.6;
/** A wall between two rooms is drawn by both: crossings nearer than this along the path are one wall, metres. */
const wallThickness = 0.35;
/** Beyond this the signal goes round, not through, dB. */
const mostLoss = 32;
const cellSize = 4;

interface Wall {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly loss: number;
  readonly isDoor: boolean;
}

interface Crossing {
  readonly along: number;
  readonly loss: number;
  readonly isDoor: boolean;
}

/** The walls of a level, found quickly along a straight path. */
export class Walls {
  readonly #walls: Wall[] = [];
  readonly #cells = new Map<string, number[]>();

  constructor(level: Level) {
    for (const unit of level.units) this.#addUnit(unit);
    for (const opening of level.openings) this.#add(opening.from, opening.to, doorLoss, true);
  }

  /** Loss of all walls between two points, dB. */
  lossBetween(ax: number, ay: number, bx: number, by: number): number {
    const length = Math.hypot(bx - ax, by - ay);
    if (length < 0.01) return 0;
    const crossings: Crossing[] = [];
    for (const i of this.#along(ax, ay, bx, by, length)) {
      const wall = this.#walls[i];
      if (wall === undefined) continue;
      const t = crossing(ax, ay, bx, by, wall);
      if (t !== null) crossings.push({ along: t * length, loss: wall.loss, isDoor: wall.isDoor });
    }
    return Math.min(mostLoss, sumWalls(crossings));
  }

  #addUnit(unit: Unit): void {
    const loss = lossBySpaceType[unit.spaceType ?? ''] ?? drywallLoss;
    for (const ring of unit.polygon) {
      for (let i = 1; i < ring.length; i++) {
        const [a, b] = [ring[i - 1], ring[i]];
        if (a !== undefined && b !== undefined) this.#add(a, b, loss, false);
      }
    }
  }

  #add(a: Point, b: Point, loss: number, isDoor: boolean): void {
    const wall = { ax: a[0], ay: a[1], bx: b[0], by: b[1], loss, isDoor };
    const index = this.#walls.push(wall) - 1;
    const steps = Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / (cellSize / 2)) + 1;
    for (let s = 0; s <= steps; s++) {
      const cell = cellOf(a[0] + ((b[0] - a[0]) * s) / steps, a[1] + ((b[1] - a[1]) * s) / steps);
      const walls = this.#cells.get(cell);
      if (walls === undefined) this.#cells.set(cell, [index]);
      else if (walls.at(-1) !== index) walls.push(index);
    }
  }

  #along(ax: number, ay: number, bx: number, by: number, length: number): Set<number> {
    const found = new Set<number>();
    const steps = Math.ceil(length / (cellSize / 4));
    for (let s = 0; s <= steps; s++) {
      const walls = this.#cells.get(cellOf(ax + ((bx - ax) * s) / steps, ay + ((by - ay) * s) / steps));
      if (walls !== undefined) for (const wall of walls) found.add(wall);
    }
    return found;
  }
}

const cellOf = (x: number, y: number): string => `${Math.floor(x / cellSize)},${Math.floor(y / cellSize)}`;

/** Where on a→b a wall is crossed, 0…1, or null. */
function crossing(ax: number, ay: number, bx: number, by: number, wall: Wall): number | null {
  const [rx, ry] = [bx - ax, by - ay];
  const [sx, sy] = [wall.bx - wall.ax, wall.by - wall.ay];
  const cross = rx * sy - ry * sx;
  if (Math.abs(cross) < 1e-12) return null;
  const [qx, qy] = [wall.ax - ax, wall.ay - ay];
  const t = (qx * sy - qy * sx) / cross;
  const u = (qx * ry - qy * rx) / cross;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? t : null;
}

/** Crossings of the same wall count once, by the heavier side; a door there takes the wall's place. */
function sumWalls(crossings: Crossing[]): number {
  crossings.sort((a, b) => a.along - b.along);
  let total = 0;
  for (let i = 0; i < crossings.length;) {
    const start = crossings[i]?.along ?? 0;
    let loss = 0;
    let door: number | null = null;
    for (; i < crossings.length && (crossings[i]?.along ?? 0) - start < wallThickness; i++) {
      const c = crossings[i];
      if (c === undefined) continue;
      if (c.isDoor) door = c.loss;
      else loss = Math.max(loss, c.loss);
    }
    total += door ?? loss;
  }
  return total;
}
