import { describe, expect, it } from 'vitest';
import { cellAt, cellX, cellY, closed, cutFloor } from '../../../../src/core/positioning/grid/floor-grid';
import { buildSiteModel, defaultRules } from '../../../../src/core';
import { box, madeSite } from '../../made-site';
import { floorOf, gridModel } from './made-grid';

const { floor } = floorOf(gridModel());
const rules = { ...defaultRules.grid, cellM: 0.5, finestCellM: 0.5 };
const unitAtPlace = (x: number, y: number): number => floor.unit[cellAt(floor, x, y)] ?? closed;
const steps = (x: number, y: number, way: 'right' | 'up'): boolean => floor[way][cellAt(floor, x, y)] === 1;

describe('the floor in cells', () => {
  it('knows the unit under each cell, and cells by their place', () => {
    expect([unitAtPlace(5, 1), unitAtPlace(3, 5), unitAtPlace(9, 5)]).toEqual([0, 1, 2]);
    for (let cell = 0; cell < floor.unit.length; cell++)
      expect(cellAt(floor, cellX(floor, cell), cellY(floor, cell))).toBe(cell);
    expect(cellAt(floor, -0.1, 3)).toBe(-1);
    expect(cellAt(floor, 3, 8.2)).toBe(-1);
  });

  it('lets one step within a unit, through a door, and not through a wall', () => {
    expect(steps(3.2, 5.2, 'right')).toBe(true);
    expect(steps(1.3, 1.8, 'up')).toBe(true);
    expect(steps(4.3, 1.8, 'up')).toBe(false);
    expect(steps(5.8, 5.2, 'right')).toBe(false);
    expect(steps(11.8, 5.2, 'right')).toBe(false);
  });

  it('knows of no wall where a plan draws no openings', () => {
    const site = madeSite({ rooms: { a: box(0, 0, 4, 4), b: box(4, 0, 8, 4) }, gateways: [[0, 0]] });
    const [level] = buildSiteModel(site, null).levels;
    if (level === undefined) throw new Error('no level');
    const open = cutFloor(level.level, level.raster, rules);
    expect(open.right[cellAt(open, 3.8, 2.2)]).toBe(1);
  });

  it('closes what lies in no unit, and nothing where no unit is drawn', () => {
    const shaped = madeSite({ outline: box(0, 0, 8, 4), rooms: { a: box(0, 0, 4, 4) }, gateways: [[0, 0]] });
    const bare = madeSite({ outline: box(0, 0, 8, 4), gateways: [[0, 0]] });
    const [shapedUnit, bareUnit] = [shaped, bare].map((site) => {
      const [level] = buildSiteModel(site, null).levels;
      if (level === undefined) throw new Error('no level');
      const cut = cutFloor(level.level, level.raster, rules);
      return cut.unit[cellAt(cut, 6.2, 2.2)];
    });
    expect(shapedUnit).toBe(closed);
    expect(bareUnit).toBe(-1);
  });
});
