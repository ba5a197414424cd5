import { describe, expect, it } from 'vitest';
import { coarsen, gridAt, type LevelGrid, withCoarser } from '../../../../src/core/positioning/grid/coarser-grid';
import { cellAt, cellX, cellY, closed } from '../../../../src/core/positioning/grid/floor-grid';
import { floorOf, gridModel, twoRooms } from './made-grid';

const model = gridModel();
const leak = model.rules.grid.wallLeak;
const grids = floorOf(model);
const fine: LevelGrid = grids;
const drawn = twoRooms.levels[0] ?? raise();
function raise(): never {
  throw new Error('no level');
}
const wide = coarsen(fine, leak);

/** The fine cells whose middles lie in a wide one, found plainly by their places. */
function cellsIn(cell: number): number[] {
  const all = Array.from({ length: fine.floor.unit.length }, (_, i) => i);
  return all.filter((i) => cellAt(wide.floor, cellX(fine.floor, i), cellY(fine.floor, i)) === cell);
}

describe('a level in wider cells', () => {
  it('is cut in ever wider ones, up to four metres', () => {
    const widths = [0, 1, 2, 3, 4].map((scale) => gridAt(grids, scale).floor.cellM);
    expect(widths).toEqual([0.5, 1, 2, 4, 4]);
    expect(withCoarser(gridAt(grids, 3), drawn, leak).coarser).toEqual([]);
  });

  it('expects the mean of what is expected in the cells under each, as surely as they agree', () => {
    wide.expected.gateways.forEach((map, g) => {
      const own = fine.expected.gateways[g];
      for (let cell = 0; cell < wide.floor.unit.length; cell++) {
        const open = cellsIn(cell).filter((i) => fine.floor.unit[i] !== closed);
        if (open.length === 0) continue;
        const mean = open.reduce((sum, i) => sum + (own?.mean[i] ?? 0), 0) / open.length;
        const square = open.reduce((sum, i) => sum + (own?.variance[i] ?? 0) + ((own?.mean[i] ?? 0) - mean) ** 2, 0);
        expect(map.mean[cell]).toBeCloseTo(mean, 3);
        expect(map.variance[cell]).toBeCloseTo(square / open.length, 2);
      }
    });
  });

  it('keeps rooms apart by their walls and joined by their doors, wherever in a wide cell those lie', () => {
    for (const { floor } of [wide, gridAt(grids, 2)]) {
      const joins = (a: number, b: number): number[] =>
        Array.from(floor.unit.keys()).flatMap((cell) => {
          const beside: (readonly [number, number])[] = [
            [cell + 1, floor.right[cell] ?? 0],
            [cell + floor.columns, floor.up[cell] ?? 0],
          ];
          const units = [a, b].toSorted();
          return beside.flatMap(([next, passing]) => {
            const own = [floor.unit[cell] ?? closed, floor.unit[next] ?? closed].toSorted();
            return passing > 0 && own[0] === units[0] && own[1] === units[1] ? [passing] : [];
          });
        });
      const [corridor, west, east] = [0, 1, 2];
      expect(Math.max(...joins(west, east))).toBeCloseTo(leak, 6);
      expect(Math.max(...joins(corridor, west))).toBeGreaterThan(0.4);
      expect(Math.max(...joins(corridor, east))).toBeGreaterThan(0.4);
      expect(new Set(joins(west, west))).toEqual(new Set([1]));
    }
  });
});
