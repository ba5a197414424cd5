/** Several dots drawn as one with their number; in the middle of them. */
export interface Cluster {
  readonly x: number;
  readonly y: number;
  readonly count: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Dots with at least `fewest` within `radius` of one of them, itself counted, become one; the others stay alone and in
 * order. Each dot is in one cluster at most. Dots are looked up in cells as wide as the radius: no dot farther than the
 * next cell is compared.
 */
export function gather<P extends Point>(
  points: readonly P[],
  radius: number,
  fewest: number,
): { readonly alone: readonly P[]; readonly clusters: readonly Cluster[] } {
  const cells = cellsOf(points, radius);
  const taken = new Set<P>();
  const clusters: Cluster[] = [];
  for (const point of points) {
    if (taken.has(point)) continue;
    const near = nearOf(point, cells, radius, taken);
    if (near.length < fewest) continue;
    for (const other of near) taken.add(other);
    clusters.push(middleOf(near));
  }
  return { alone: points.filter((point) => !taken.has(point)), clusters };
}

/** Cells of a row follow each other, rows lie this far apart: a building has fewer cells side by side. */
const rowLength = 65_536;
const cellOf = ({ x, y }: Point, width: number): number => Math.floor(y / width) * rowLength + Math.floor(x / width);
const neighbours = [-1, 0, 1].flatMap((row) => [-1, 0, 1].map((column) => row * rowLength + column));

function cellsOf<P extends Point>(points: readonly P[], width: number): ReadonlyMap<number, readonly P[]> {
  const cells = new Map<number, P[]>();
  for (const point of points) {
    const key = cellOf(point, width);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [point]);
    else cell.push(point);
  }
  return cells;
}

function nearOf<P extends Point>(
  point: P,
  cells: ReadonlyMap<number, readonly P[]>,
  radius: number,
  taken: ReadonlySet<P>,
): P[] {
  const near: P[] = [];
  const middle = cellOf(point, radius);
  for (const step of neighbours) {
    for (const other of cells.get(middle + step) ?? []) {
      const [dx, dy] = [other.x - point.x, other.y - point.y];
      if (dx * dx + dy * dy <= radius * radius && !taken.has(other)) near.push(other);
    }
  }
  return near;
}

function middleOf(points: readonly Point[]): Cluster {
  let [x, y] = [0, 0];
  for (const point of points) [x, y] = [x + point.x, y + point.y];
  return { x: x / points.length, y: y / points.length, count: points.length };
}
