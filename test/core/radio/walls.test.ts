import { describe, expect, it } from 'vitest';
import { buildSite, buildSiteModel, fitCalibration, levelId, type Site, type SurveyPoint } from '../../../src/core';
import { cellAt } from '../../../src/core/positioning/grid/floor-grid';
import { countWalls, levelOff, readBarriers, wallsBetween } from '../../../src/core/radio/barriers';
import { rememberWalls } from '../../../src/core/radio/wall-counts';
import { mapWalls } from '../../../src/core/radio/wall-map';
import { rasterise } from '../../../src/core/zoning/unit-raster';
import { box, madeSite, seededNoise } from '../made-site';

/** Two rows of rooms along a corridor; a door of the first room at x 2–3 on y 6. */
function ward(levels = 1): Site {
  const rooms: Record<string, ReturnType<typeof box>> = { corridor: box(0, 6, 30, 8) };
  for (let i = 0; i < 5; i++) {
    rooms[`south-${i}`] = box(6 * i, 0, 6 * i + 6, 6);
    rooms[`north-${i}`] = box(6 * i, 8.2, 6 * i + 6, 14);
  }
  const made = madeSite(
    ...Array.from({ length: levels }, (_, i) => ({
      rooms: i === 0 ? rooms : { [`hall-${i}`]: box(0, 0, 30, 14), [`shed-${i}`]: box(30, 0, 31, 1) },
      doors: [['south-0', 'corridor']] as const,
      gateways: [
        [3, 3],
        [27, 11],
        [15, 7],
      ] as const,
    })),
  );
  return buildSite({
    ...made,
    levels: made.levels.map((level) => ({
      ...level,
      openings: level.id === 'L0' ? level.openings.map((door) => ({ ...door, from: [2, 6], to: [3, 6] })) : [],
    })),
    gateways: [...made.gatewayById.values()],
  });
}

function barriersOn(site: Site, index = 0) {
  const level = site.levels[index];
  if (level === undefined) throw new RangeError(`no level ${index}`);
  return { level, barriers: readBarriers(level, rasterise(level.units, level.bounds)) };
}

describe('walls on the way', () => {
  const { barriers } = barriersOn(ward());
  const between = (ax: number, ay: number, bx: number, by: number): number => {
    if (barriers === null) throw new Error('no walls');
    return wallsBetween(barriers, ax, ay, bx, by);
  };

  it('are none inside a room, one between neighbours, and no more for a gap drawn between two rooms', () => {
    expect(between(1, 1, 5, 5)).toBe(0);
    expect(between(3, 1, 9, 1)).toBeCloseTo(levelOff(1), 9);
    expect(between(9, 7, 9, 10)).toBeCloseTo(levelOff(1), 9);
    expect(between(3, 1, 15, 1)).toBeCloseTo(levelOff(2), 9);
  });

  it('are opened by a door, and only there', () => {
    expect(between(2.5, 3, 2.5, 7)).toBe(0);
    expect(between(5, 3, 5, 7)).toBeCloseTo(levelOff(1), 9);
  });

  it('level off: no number of walls stops a signal altogether', () => {
    expect(levelOff(1)).toBeGreaterThan(0.9);
    expect(levelOff(100)).toBeLessThanOrEqual(10);
  });

  it('do not exist where a plan draws one room', () => {
    const site = madeSite({ rooms: { hall: box(0, 0, 30, 14) }, gateways: [[1, 1]] });
    expect(barriersOn(site).barriers).toBeNull();
  });
});

describe('a map of walls', () => {
  const cells = { minX: 0, minY: 0, cellM: 0.75, columns: 40, rows: 19 };

  it('finds in nearly every cell what a ray of its own finds', () => {
    const site = ward();
    const { level, barriers } = barriersOn(site);
    if (barriers === null) throw new Error('no walls');
    for (const gateway of level.gateways) {
      const map = mapWalls({ site, level, cells, gateway, wallCounts: rememberWalls(() => barriers) });
      if (map === null) throw new Error('no map');
      let off = 0;
      map.forEach((walls, cell) => {
        const x = ((cell % cells.columns) + 0.5) * cells.cellM;
        const y = (Math.floor(cell / cells.columns) + 0.5) * cells.cellM;
        off += Math.abs(walls - wallsBetween(barriers, gateway.x, gateway.y, x, y));
      });
      expect(off / map.length).toBeLessThan(0.08);
    }
  });

  it('through a slab counts the walls of either level on its part of the way', () => {
    const site = ward(2);
    const [below, above] = [barriersOn(site, 0), barriersOn(site, 1)];
    const [gateway] = above.level.gateways;
    if (gateway === undefined) throw new Error('no gateway');
    const walls = (level: (typeof below)['level']) =>
      mapWalls({
        site,
        level,
        cells,
        gateway,
        wallCounts: rememberWalls((id) => (id === above.level.id ? above.barriers : below.barriers)),
      });
    expect(walls(above.level)?.[10 * cells.columns + 30]).toBe(0);
    expect(walls(below.level)?.[2 * cells.columns + 30]).toBeGreaterThan(0.5);
    const alone = mapWalls({ site, level: below.level, cells, gateway, wallCounts: rememberWalls(() => null) });
    expect(alone).toBeNull();
  });

  it('through a slab finds in nearly every cell what rays on either level find', () => {
    const site = ward(2);
    const [below, above] = [barriersOn(site, 0), barriersOn(site, 1)];
    const { barriers } = below;
    if (barriers === null || above.barriers === null) throw new Error('no walls');
    const wallCounts = rememberWalls((id) => (id === above.level.id ? above.barriers : barriers));
    for (const gateway of above.level.gateways) {
      const map = mapWalls({ site, level: below.level, cells, gateway, wallCounts });
      if (map === null) throw new Error('no map');
      const share = gateway.z / (above.level.elevation + gateway.z - below.level.elevation - site.tagHeight);
      const steps = 200;
      const [over, under] = [new Float64Array(steps + 1), new Float64Array(steps + 1)];
      const passed = Math.round(share * steps);
      let off = 0;
      map.forEach((walls, cell) => {
        const bx = ((cell % cells.columns) + 0.5) * cells.cellM;
        const by = (Math.floor(cell / cells.columns) + 0.5) * cells.cellM;
        const ray = { ax: gateway.x, ay: gateway.y, bx, by, steps };
        countWalls(above.barriers ?? barriers, ray, over);
        countWalls(barriers, ray, under);
        const met = (over[passed] ?? 0) + (under[steps] ?? 0) - (under[passed] ?? 0);
        off += Math.abs(walls - levelOff(met));
      });
      expect(off / map.length).toBeLessThan(0.13);
    }
  });
});

/** A survey of the ward whose walls truly cost `wallDb`. */
function surveyWith(site: Site, wallDb: number, points: number): SurveyPoint[] {
  const { level, barriers } = barriersOn(site);
  if (barriers === null) throw new Error('no walls');
  const noise = seededNoise(3, 2);
  return Array.from({ length: points }, (_, i): SurveyPoint => {
    const [x, y] = [0.7 + ((i * 7.31) % 28.6), 0.6 + ((i * 4.77) % 12.8)];
    const heard = level.gateways.map((gateway) => {
      const slant = Math.max(0.5, Math.hypot(x - gateway.x, y - gateway.y, 1.5));
      const walls = wallsBetween(barriers, gateway.x, gateway.y, x, y);
      return { gatewayId: gateway.id, rssi: -56 - 20 * Math.log10(slant) - wallDb * walls + noise() };
    });
    return { pointId: String(i), levelId: levelId('L0'), x, y, heard };
  });
}

describe('calibration through walls', () => {
  const site = ward();

  it('finds the loss of a wall where a survey shows it', () => {
    for (const truth of [1, 6]) {
      const { fallback } = fitCalibration(site, surveyWith(site, truth, 150), 0).calibration;
      expect(Math.abs((fallback.through?.wallDb ?? 0) - truth)).toBeLessThan(1);
      expect(Math.abs((fallback.through?.exponent ?? 0) - 2)).toBeLessThan(0.3);
    }
  });

  it('keeps to what is known of walls where one point is all there is', () => {
    const { fallback } = fitCalibration(site, surveyWith(site, 12, 1), 0).calibration;
    expect(fallback.through?.wallDb).toBeGreaterThan(2.5);
    expect(fallback.through?.wallDb).toBeLessThan(7);
  });

  it('expects less behind a wall than beside it', () => {
    const model = buildSiteModel(site, null, { method: 'bayes-grid' });
    const [level] = model.levels;
    const floor = level?.grid?.floor;
    const mean = level?.grid?.expected.gateways[0]?.mean;
    const at = (x: number, y: number): number => (floor === undefined ? NaN : (mean?.[cellAt(floor, x, y)] ?? NaN));
    expect(at(5.2, 3) - at(6.9, 3)).toBeGreaterThan(4);
  });
});
