import { sqDistToSegment } from '../geometry/segment';
import type { Level, Opening, Unit } from '../site';
import type { UnitRaster } from '../zoning/unit-raster';

/** The walls of a level, as rays meet them. */
export interface Barriers {
  readonly raster: UnitRaster;
  /** How many partitions a wall of each unit is worth. */
  readonly weight: Float64Array;
  /** Doors by the pair of units they join. */
  readonly doors: ReadonlyMap<number, readonly Opening[]>;
}

/** Shafts and stairs are cast or bricked up against fire: two light walls (COST 231: 6.9 dB beside 3.4 dB). */
const heavyWeight = 2;
const heavyCategories: ReadonlySet<string> = new Set(['elevator', 'stairs', 'escalator', 'ramp']);
/** Units further apart than this have a space between them and two walls, metres. */
const thickestWallM = 0.7;
/** A ray this near a door passes through it, metres. */
const besideDoorM = 0.3;
/** Beyond so many walls a signal goes round, not through. */
const mostWalls = 10;

/** Null where the plan draws no walls inside the level. */
export function readBarriers(level: Level, raster: UnitRaster): Barriers | null {
  if (level.units.length < 2) return null;
  const index = new Map(level.units.map(({ id }, i) => [id, i]));
  const doors = new Map<number, Opening[]>();
  for (const door of level.openings) {
    const [a = outside, b = outside] = door.unitIds.map((id) => index.get(id) ?? outside);
    const known = doors.get(pairOf(a, b));
    if (known === undefined) doors.set(pairOf(a, b), [door]);
    else known.push(door);
  }
  return { raster, doors, weight: Float64Array.from(level.units, weightOf) };
}

const outside = -1;
const weightOf = ({ category, connector }: Unit): number =>
  connector !== null || heavyCategories.has(category) ? heavyWeight : 1;

const mostUnits = 65_536;
const pairOf = (a: number, b: number): number => (Math.min(a, b) + 1) * mostUnits + Math.max(a, b) + 1;

/** A straight way over the plan in equal steps. */
export interface Ray {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly steps: number;
}

/**
 * Walls met on the way from a to each step of a ray, heavier ones counting more, written into `out` (steps + 1 values).
 * Doors stand open: what passes through one meets no wall.
 */
export function countWalls({ raster, weight, doors }: Barriers, ray: Ray, out: Float64Array): void {
  const { ax, ay, steps } = ray;
  const [dx, dy] = [(ray.bx - ax) / steps, (ray.by - ay) / steps];
  const stepM = Math.hypot(dx, dy);
  // The same steps in cells of the raster: this loop is most of what loading a model takes.
  const { columns, rows, unit: unitOf } = raster;
  const [column0, row0] = [(ax - raster.minX) / raster.cellM, (ay - raster.minY) / raster.cellM];
  const [columnsAStep, rowsAStep] = [dx / raster.cellM, dy / raster.cellM];
  let [present, left, walls] = [outside, 0, 0];
  for (let step = 0; step <= steps; step++) {
    const column = Math.floor(column0 + columnsAStep * step);
    const row = Math.floor(row0 + rowsAStep * step);
    const isOn = column >= 0 && row >= 0 && column < columns && row < rows;
    const unit = isOn ? (unitOf[row * columns + column] ?? outside) : outside;
    const gapM = (step - left) * stepM;
    if (unit === present && unit !== outside) left = step;
    else if (unit !== outside || (present !== outside && gapM > thickestWallM)) {
      const isOnWall = present === outside && gapM <= thickestWallM;
      const middle = (left + step) / 2;
      const isOpen = isOnWall || isDoor(doors.get(pairOf(present, unit)), ax + dx * middle, ay + dy * middle);
      if (!isOpen) walls += Math.max(weight[present] ?? 1, weight[unit] ?? 1);
      present = unit;
      left = step;
    }
    out[step] = walls;
  }
}

function isDoor(doors: readonly Opening[] | undefined, x: number, y: number): boolean {
  if (doors === undefined) return false;
  for (const { from, to } of doors) if (sqDistToSegment(x, y, from, to) <= besideDoorM ** 2) return true;
  return false;
}

/** Levels off: signals find ways round many walls. */
export const levelOff = (walls: number): number => mostWalls * (1 - Math.exp(-walls / mostWalls));

let scratch = new Float64Array(1024);

/** Walls between two places of a level, levelled off. */
export function wallsBetween(barriers: Barriers, ax: number, ay: number, bx: number, by: number): number {
  const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / barriers.raster.cellM));
  if (scratch.length <= steps) scratch = new Float64Array(2 * steps);
  countWalls(barriers, { ax, ay, bx, by, steps }, scratch);
  return levelOff(scratch[steps] ?? 0);
}
