import type { Gateway, Level, Site } from '../site';
import { levelOff } from './barriers';
import type { Cells, WallCounts } from './wall-counts';

export interface Between {
  readonly site: Site;
  /** Where the tag is. */
  readonly level: Level;
  readonly cells: Cells;
  readonly gateway: Gateway;
  readonly wallCounts: WallCounts;
}

const levelledOff = Float32Array.from({ length: 512 }, (_, walls) => levelOff(walls));

/**
 * Walls between a gateway and every cell of a level, levelled off; null when there are none to meet. Through one slab the
 * way meets the walls of either level on its part of it; through more the slabs are all there is.
 */
export function mapWalls(between: Between): Float32Array | null {
  const { site, level, cells, gateway, wallCounts } = between;
  const home = site.levelById.get(gateway.levelId) ?? level;
  const passage = passageTo(between, home);
  if (passage === null) return null;
  const own = wallCounts(level, gateway, cells);
  const theirs = home === level ? null : wallCounts(home, gateway, cells);
  if (own === null && theirs === null) return null;
  const { columns, rows } = cells;
  const map = new Float32Array(columns * rows);
  if (home === level) {
    for (let cell = 0; cell < map.length; cell++) map[cell] = levelledOff[own?.[cell] ?? 0] ?? 0;
    return map;
  }
  const [fromColumn, fromRow] = [(gateway.x - cells.minX) / cells.cellM, (gateway.y - cells.minY) / cells.cellM];
  for (let cell = 0, row = 0; row < rows; row++) {
    const passedRow = Math.floor(fromRow + passage * (row + 0.5 - fromRow));
    const isOnRow = passedRow >= 0 && passedRow < rows;
    for (let column = 0; column < columns; column++, cell++) {
      const passedColumn = Math.floor(fromColumn + passage * (column + 0.5 - fromColumn));
      const isOn = isOnRow && passedColumn >= 0 && passedColumn < columns;
      const passed = passedRow * columns + passedColumn;
      const before = isOn && theirs !== null ? (theirs[passed] ?? 0) : 0;
      const spared = isOn && own !== null ? (own[passed] ?? 0) : 0;
      const after = own === null ? 0 : Math.max(0, (own[cell] ?? 0) - spared);
      map[cell] = levelledOff[before + after] ?? 0;
    }
  }
  return map;
}

/** Share of the way from gateway to tag at which it passes the slab; null when more than one lies between. */
function passageTo({ site, level, gateway }: Between, home: Level): number | null {
  if (home === level) return 0;
  if (Math.abs(home.ordinal - level.ordinal) > 1) return null;
  const [from, to] = [home.elevation + gateway.z, level.elevation + site.tagHeight];
  const isBelow = home.ordinal < level.ordinal;
  const slab = isBelow ? level.elevation : home.elevation;
  return Math.min(1, Math.max(0, (slab - from) / (to - from || 1)));
}
