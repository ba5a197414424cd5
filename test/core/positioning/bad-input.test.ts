import { describe, expect, it } from 'vitest';
import { advance, buildSiteModel, gatewayId, type MethodName, methodNames } from '../../../src/core';
import { box, hearAt, hearWalk, madeSite, runAll, start, surveyed } from '../made-site';

const site = madeSite(
  {
    rooms: { a: box(0, 0, 10, 10), b: box(10, 0, 20, 10) },
    gateways: [
      [2, 5],
      [10, 5],
      [18, 5],
    ],
  },
  { rooms: { c: box(0, 0, 20, 10) }, gateways: [[10, 5]] },
);
const modelOf = (method: MethodName) => buildSiteModel(site, surveyed, { method });

describe.each(methodNames)('what nobody should send, by %s', (method) => {
  const model = modelOf(method);
  const distanceTo = (fix: { x: number; y: number }, x: number, y: number): number => Math.hypot(fix.x - x, fix.y - y);

  it.each([NaN, Infinity, -Infinity, 200, -500])('a strength of %d is dropped and counted', (rssi) => {
    const heard = hearAt(model, [5, 5], start)
      .slice(0, 1)
      .map((sighting) => ({ ...sighting, rssi }));
    expect(advance(null, heard, start, model)).toEqual({ track: null, moves: [], dropped: { 'absurd-rssi': 1 } });
  });

  it('one gateway heard alone gives a place with a radius that says so', () => {
    const alone = hearWalk(model, 10, () => [6, 5]).filter(({ gatewayId: id }) => id === gatewayId('L0-0'));
    const { last } = runAll(model, alone);
    expect(distanceTo(last, 6, 5)).toBeLessThan(last.radius90);
    expect(last.radius90).toBeGreaterThan(2);
  });

  it('gateways in a line leave both sides open', () => {
    const inLine = hearWalk(model, 10, () => [6, 8.5]).filter(({ gatewayId: id }) => id !== gatewayId('L1-0'));
    const { last } = runAll(model, inLine);
    expect(distanceTo(last, 6, 8.5)).toBeLessThan(last.radius90 + 0.5);
    expect(Math.abs(last.x - 6)).toBeLessThan(2.5);
  });

  it('gateways of another level alone still give a place', () => {
    const above = hearWalk(model, 10, () => [6, 5], { floor: -120 }).filter(
      ({ gatewayId: id }) => id === gatewayId('L1-0'),
    );
    const { last } = runAll(model, above);
    expect(Number.isFinite(last.x) && Number.isFinite(last.y)).toBe(true);
    expect(last.radius90).toBeGreaterThan(2);
  });
});
