import { describe, expect, it } from 'vitest';
import { buildSiteModel, type Point, unitId } from '../../../src/core';
import { isInPolygon } from '../../../src/core/geometry/polygon';
import { chooseZone } from '../../../src/core/zoning/choose-zone';
import { unitMasses } from '../../../src/core/zoning/unit-masses';
import { UnitShares } from '../../../src/core/zoning/unit-shares';
import { unitAt } from '../../../src/core/zoning/unit-raster';
import { box, madeSite } from '../made-site';

const site = madeSite({
  outline: box(0, 0, 20, 10),
  rooms: { corridor: box(0, 4, 20, 6), north: box(0, 6, 10, 10), east: box(10, 6, 18, 10), south: box(0, 0, 18, 4) },
  doors: [
    ['corridor', 'north'],
    ['corridor', 'south'],
  ],
  gateways: [[1, 1]],
});
const model = buildSiteModel(site, null);
const level = model.levels[0];
if (level === undefined) throw new Error('no level');

const normal = ([x, y]: Point, sigma: number) => ({ x, y, xx: sigma ** 2, xy: 0, yy: sigma ** 2 });
const place = (at: Point, sigma: number) => ({
  x: at[0],
  y: at[1],
  masses: unitMasses(level.raster, normal(at, sigma), new UnitShares()),
  knowsWalls: false,
  radius50: 1.1774 * sigma,
  radius90: 2.146 * sigma,
});
const choose = (at: Point, sigma: number, present: string | null) =>
  chooseZone(level, place(at, sigma), present === null ? null : unitId(present), model.rules);

describe('units under a point', () => {
  it('are the same by raster and by polygon, a cell from any wall', () => {
    const { units } = level.level;
    for (let x = 0.13; x < 20; x += 0.37) {
      for (let y = 0.13; y < 10; y += 0.37) {
        const corners = [-0.2, 0.2].flatMap((dx) => [-0.2, 0.2].map((dy) => [x + dx, y + dy] as const));
        const slow = corners.map(([px, py]) => units.findIndex((unit) => isInPolygon(px, py, unit.polygon)));
        if (new Set(slow).size === 1) expect(unitAt(level.raster, x, y)).toBe(slow[0]);
      }
    }
    expect(unitAt(level.raster, -1, 5)).toBe(-1);
    expect(unitAt(level.raster, 19.5, 9)).toBe(-1);
  });

  it('share a normal by how much of it lies in each', () => {
    const masses = unitMasses(level.raster, normal([10.01, 8], 0.7), new UnitShares());
    expect(Math.abs(masses.of(1) - 0.5)).toBeLessThan(0.1);
    expect(Math.abs(masses.of(2) - 0.5)).toBeLessThan(0.1);
  });

  it('share a normal as points of equal weight do, looked up one by one', () => {
    for (const blob of [normal([10.01, 8], 0.7), normal([0.3, 0.2], 2), { x: 15, y: 5, xx: 4, xy: 1.5, yy: 2 }]) {
      const masses = unitMasses(level.raster, blob, new UnitShares());
      const root = Math.sqrt(blob.xx);
      const across = Math.sqrt(blob.yy - (blob.xy / root) ** 2);
      const met = new Map<number, number>();
      for (let ring = 0; ring < 6; ring++) {
        const radius = Math.sqrt(-2 * Math.log(1 - (ring + 0.5) / 6));
        for (let i = 0; i < 10; i++) {
          const angle = (2 * Math.PI * (i + (ring % 2) / 2)) / 10;
          const [u, v] = [radius * Math.cos(angle), radius * Math.sin(angle)];
          const unit = unitAt(level.raster, blob.x + root * u, blob.y + (blob.xy / root) * u + across * v);
          met.set(unit, (met.get(unit) ?? 0) + 1 / 60);
        }
      }
      for (let unit = 0; unit < level.level.units.length; unit++) {
        expect(masses.of(unit)).toBeCloseTo(met.get(unit) ?? 0, 9);
      }
    }
  });
});

describe('the zone of a fix', () => {
  it('is the unit that holds most of its error, and says how likely', () => {
    const sure = choose([5, 8], 0.3, null);
    expect(sure).toMatchObject({ zoneId: 'north', probability: 1 });
    const unsure = choose([5, 8], 3, null);
    expect(unsure.zoneId).toBe('north');
    expect(unsure.probability).toBeLessThan(0.8);
    expect(unsure.zones.reduce((sum, [, p]) => sum + p, 0)).toBeCloseTo(1, 2);
    expect(unsure.zones.map(([, p]) => p)).toEqual(unsure.zones.map(([, p]) => p).sort((a, b) => b - a));
  });

  it('is the one that is likelier than all others together, wherever the tag was', () => {
    expect(choose([5, 5.95], 0.4, 'north').zoneId).toBe('corridor');
    expect(choose([5, 6.05], 0.4, 'corridor').zoneId).toBe('north');
    expect(choose([5, 6.05], 0.4, 'corridor').probability).toBeLessThan(0.6);
  });

  it('is none when no unit is likelier than all others together', () => {
    const unsure = choose([10, 6], 3, 'corridor');
    expect(unsure.zoneId).toBeNull();
    expect(unsure.zones[0]?.[1]).toBeLessThan(0.5);
  });

  it('is less likely behind a wall than behind a door', () => {
    const fromNorth = choose([10, 8], 0.5, 'north');
    expect(fromNorth.zoneId).toBe('north');
    expect(fromNorth.probability).toBeGreaterThan(0.6);
  });

  it('outside every unit is the nearest within the error, or none', () => {
    expect(choose([19.2, 8], 0.3, null)).toMatchObject({ zoneId: null, zones: [] });
    const near = choose([18.4, 8], 0.25, null);
    expect(near.zoneId).toBe('east');
    expect(near.probability).toBeLessThanOrEqual(1);
  });
});
