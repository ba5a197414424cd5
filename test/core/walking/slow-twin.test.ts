import { describe, expect, it } from 'vitest';
import {
  buildWalkingGraph,
  levelId,
  nearestInRooms,
  nearestOnFoot,
  type Point,
  route,
  walkFrom,
  type WalkingPoint,
} from '../../../src/core';
import { cell, randomBuilding, seeded } from './random-building';
import { slowMetres } from './slow-walk';

const columns = 6;
const rows = 5;
const level = levelId('L0');

describe('the walking graph', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('finds the same ways as a search of a fine grid, building %i', (seed) => {
    const random = seeded(seed);
    const { site, doors, walls } = randomBuilding(columns, rows, random);
    const graph = buildWalkingGraph(site, { clearance: 0.005, cutThroughS: 0 });
    for (let n = 0; n < 4; n++) {
      const [from, to] = [somewhere(random), somewhere(random)];
      const found = route(graph, at(from), at(to));
      const gaps = doors.map(([a, b]) => [a, b] as const);
      const slow = slowMetres(walls, gaps, [columns * cell, rows * cell], from, to);
      if (slow === Infinity) {
        expect(found).toBeNull();
        continue;
      }
      const fast = found?.metres ?? Infinity;
      // The grid cannot be shorter, but for the width of the doors; it goes round corners at a grid point's distance.
      const turns = (found?.legs[0]?.points.length ?? 0) - 2;
      expect(fast).toBeLessThanOrEqual(slow + 0.02 * turns + 0.05);
      expect(slow).toBeLessThanOrEqual(fast * 1.01 + 0.36 * turns + 0.05);
    }
  });

  it.each([11, 12, 13])('finds the same nearest as trying every one, building %i', (seed) => {
    const random = seeded(seed);
    const { site } = randomBuilding(columns, rows, random);
    const graph = buildWalkingGraph(site);
    const units = [...site.unitById.values()];
    const items = Array.from({ length: 60 }, (_, i): WalkingPoint & { id: number } => {
      const unit = units[Math.floor(random() * units.length)];
      const [x, y] = somewhere(random);
      // A third with no unit, a third in a unit whose walls the fix is outside of.
      return { id: i, levelId: level, x, y, unitId: i % 3 === 0 ? null : (unit?.id ?? null) };
    });
    const from = at(somewhere(random));
    const tried = items.flatMap((item) => route(graph, from, item)?.seconds ?? []).sort((a, b) => a - b);
    const nearest = nearestOnFoot(graph, from, items, 7);
    expect(nearest.map(({ route: { seconds } }) => seconds)).toEqual(tried.slice(0, 7));

    const walk = walkFrom(graph, from);
    if (walk === null) throw new Error('one can stand anywhere in the building');
    const rooms = units.map(({ id }) => items.filter(({ unitId }) => unitId === id));
    const nowhere = items.filter(({ unitId }) => unitId === null);
    const inRooms = nearestInRooms({ graph, walk }, [...rooms, nowhere], 7);
    expect(inRooms.map(({ arrival: { seconds } }) => seconds)).toEqual(tried.slice(0, 7));

    const waitS = ({ id }: (typeof items)[number]): number => (id * 7) % 20;
    const waited = items.flatMap((item) => (route(graph, from, item)?.seconds ?? Infinity) + waitS(item));
    const soonest = nearestInRooms({ graph, walk }, [...rooms, nowhere], 7, waitS);
    expect(soonest.map(({ item, arrival }) => arrival.seconds + waitS(item))).toEqual(
      waited.sort((a, b) => a - b).slice(0, 7),
    );
  });
});

const at = ([x, y]: Point): WalkingPoint => ({ levelId: level, x, y });

/** A point of the grid that is on no wall. */
function somewhere(random: () => number): Point {
  const inCell = (cells: number): number =>
    Math.floor(random() * cells) * cell + 0.25 * (1 + Math.floor(random() * 11));
  return [inCell(columns), inCell(rows)];
}
