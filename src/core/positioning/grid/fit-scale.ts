import { leastShare } from './belief';
import { coarsest, gridAt, type LevelGrids } from './coarser-grid';
import { closed, type FloorGrid } from './floor-grid';
import { type Extent, listWeighty, measureListed } from './listed-cells';
import { type Box, copyWindow, emptyWindow, layWindow, mostSide, sizeOf, type Window } from './window';

/** A window of more cells that count is laid in wider ones, one of fewer in finer ones. */
const mostCounting = 150;
const leastCounting = 30;

/** Read once: an imported name is looked up at every use. */
const shut = closed;

const other = emptyWindow();

/**
 * Lays a window in cells as wide as what is known of the tag is worth: what spreads over many is as well told by fewer.
 * @param count how many of its cells are listed
 * @param extent of those listed then
 * @returns how many are listed then
 */
export function fitScale(window: Window, count: number, grids: LevelGrids, extent: Extent): number {
  for (let listed = count; ; listed = listWeighty(window, gridAt(grids, window.scale).floor)) {
    measureListed(window, listed, leastShare, extent);
    if (extent.counting > mostCounting && window.scale < coarsest(grids)) widen(window, grids);
    else if (extent.counting < leastCounting && window.scale > 0) narrow(window, grids, extent);
    else return listed;
  }
}

/** Sums the cells under each one twice as wide. */
function widen(window: Window, grids: LevelGrids): void {
  const { floor } = gridAt(grids, window.scale + 1);
  other.scale = window.scale + 1;
  layWindow(other, floor, {
    left: window.column >> 1,
    bottom: window.row >> 1,
    right: (window.column + window.width - 1) >> 1,
    top: (window.row + window.height - 1) >> 1,
  });
  for (let y = 0, cell = 0; y < window.height; y++) {
    const into = (((window.row + y) >> 1) - other.row) * other.width - other.column;
    for (let x = 0; x < window.width; x++, cell++) {
      const wide = into + ((window.column + x) >> 1);
      other.rest[wide] = (other.rest[wide] ?? 0) + (window.rest[cell] ?? 0);
      other.walk[wide] = (other.walk[wide] ?? 0) + (window.walk[cell] ?? 0);
    }
  }
  copyWindow(other, window);
}

/** Shares each cell out among those of half its width one can stand on. */
function narrow(window: Window, grids: LevelGrids, box: Box): void {
  const { floor } = gridAt(grids, window.scale - 1);
  const [left, bottom] = [2 * (window.column + box.left), 2 * (window.row + box.bottom)];
  other.scale = window.scale - 1;
  layWindow(other, floor, {
    left,
    bottom,
    right: Math.min(floor.columns - 1, left + 2 * Math.min(box.right - box.left + 1, mostSide / 2) - 1),
    top: Math.min(floor.rows - 1, bottom + 2 * Math.min(box.top - box.bottom + 1, mostSide / 2) - 1),
  });
  let sum = 0;
  for (let y = 0; y < other.height; y++) {
    for (let x = 0; x < other.width; x++) sum += shareOut(window, floor, x, y);
  }
  const scale = 1 / sum;
  const size = sizeOf(other);
  for (let cell = 0; cell < size; cell++) {
    other.rest[cell] = (other.rest[cell] ?? 0) * scale;
    other.walk[cell] = (other.walk[cell] ?? 0) * scale;
  }
  copyWindow(other, window);
}

/** Gives one narrow cell its part of the wide one over it; returns that. */
function shareOut(window: Window, floor: FloorGrid, x: number, y: number): number {
  const [column, row] = [other.column + x, other.row + y];
  if (floor.unit[row * floor.columns + column] === shut) return 0;
  const over = ((row >> 1) - window.row) * window.width + (column >> 1) - window.column;
  const part = 1 / openBeside(floor, column & ~1, row & ~1);
  const cell = y * other.width + x;
  other.rest[cell] = (window.rest[over] ?? 0) * part;
  other.walk[cell] = (window.walk[over] ?? 0) * part;
  return (other.rest[cell] ?? 0) + (other.walk[cell] ?? 0);
}

/** How many of the four cells under a wide one can be stood on. */
function openBeside({ unit, columns, rows }: FloorGrid, left: number, bottom: number): number {
  let open = 0;
  for (let row = bottom; row <= Math.min(rows - 1, bottom + 1); row++) {
    for (let column = left; column <= Math.min(columns - 1, left + 1); column++) {
      if (unit[row * columns + column] !== shut) open++;
    }
  }
  return open;
}
