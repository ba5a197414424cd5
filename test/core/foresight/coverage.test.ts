import { describe, expect, it } from 'vitest';
import { advance, buildSiteModel, foreseeCoverage, leaveOneOut, type Point } from '../../../src/core';
import { box, hall, hearAt, hearWalk, madeSite, runAll, seededNoise, start, surveyed } from '../made-site';

const rooms = { west: box(0, 0, 15, 20), east: box(15, 0, 30, 20) };
const two = madeSite({
  outline: box(0, 0, 30, 20),
  rooms,
  gateways: [
    [2, 2],
    [2, 18],
    [12, 10],
    [15, 19],
    [28, 2],
    [28, 18],
  ],
});

describe('coverage', () => {
  it('foresees about the error that a simulation of the same radio finds', () => {
    const site = madeSite({
      outline: box(0, 0, 30, 20),
      rooms: { hall: box(0, 0, 30, 20) },
      gateways: gatewaysOf(hall),
    });
    const model = buildSiteModel(site, surveyed, { method: 'least-squares' });
    const cells = foreseeCoverage(model, 2).levels[0]?.cells ?? [];
    for (const place of [
      [7, 5],
      [15, 11],
      [23, 15],
    ] as const satisfies readonly Point[]) {
      const cell = cells.find(({ x, y }) => Math.abs(x - place[0]) <= 1 && Math.abs(y - place[1]) <= 1);
      const found = ninthDecile(simulatedErrors(place));
      expect(cell?.radius90).toBeGreaterThan(0.6 * found);
      expect(cell?.radius90).toBeLessThan(1.6 * found);
    }

    /** One fix from one look each, the shadowing of every gateway drawn anew. */
    function simulatedErrors([x, y]: Point): number[] {
      // Shadowing of 3 dB and what fading leaves of two looks.
      const noise = seededNoise(5, Math.hypot(3, 4 / Math.SQRT2));
      return Array.from({ length: 200 }, () => {
        const heard = hearAt(model, [x, y], start, { noise });
        const fix = advance(null, heard, start, model).moves.at(-1)?.fix;
        return fix === undefined ? NaN : Math.hypot(fix.x - x, fix.y - y);
      });
    }
  });

  it('is surest in the middle of a room and unsure at the wall between two', () => {
    const { levels } = foreseeCoverage(buildSiteModel(two, surveyed), 1);
    const at = (x: number) =>
      levels[0]?.cells.find((cell) => Math.abs(cell.x - x) < 0.6 && Math.abs(cell.y - 10.5) < 0.6);
    expect(at(5.5)?.roomCertainty).toBeGreaterThan(0.85);
    expect(at(14.5)?.roomCertainty).toBeLessThan(0.7);
    expect(at(14.5)?.roomCertainty).toBeGreaterThan(0.3);
  });

  it('loses a room with the gateway it depends on, as a model without that gateway says', () => {
    const small = Object.fromEntries(
      Array.from({ length: 24 }, (_, i) => {
        const [x, y] = [5 * (i % 6), 5 * Math.floor(i / 6)];
        return [`room-${i}`, box(x, y, x + 5, y + 5)] as const;
      }),
    );
    const gateways: Point[] = [
      [3, 3],
      [3, 17],
      [14, 11],
      [26, 4],
    ];
    const of = (own: readonly Point[]) =>
      foreseeCoverage(
        buildSiteModel(madeSite({ outline: box(0, 0, 30, 20), rooms: small, gateways: own }), surveyed),
        1,
      );
    const { rooms: whole, losses } = of(gateways);
    const loss = losses.find(({ gatewayId }) => gatewayId === 'l0-3');
    const certaintyIn = (all: typeof whole): number =>
      all.find(({ unitId }) => unitId === loss?.unitId)?.roomCertainty ?? NaN;
    expect(loss?.before).toBeCloseTo(certaintyIn(whole), 9);
    expect(loss?.after).toBeCloseTo(certaintyIn(of(gateways.slice(0, 3)).rooms), 9);
    expect(loss?.before).toBeGreaterThan((loss?.after ?? NaN) + 1 / 6);
  });
});

describe('leaving one gateway out', () => {
  const model = buildSiteModel(hall, surveyed);
  const moved = buildSiteModel(
    madeSite({
      outline: box(0, 0, 30, 20),
      gateways: gatewaysOf(hall).map(([x, y], i) => (i === 3 ? [2, 12] : [x, y])),
    }),
    surveyed,
  );
  const heard = hearWalk(model, 20, () => [20, 9], { noise: seededNoise(3, 1) });

  it('moves the place little where gateways agree, and more when one hangs elsewhere than drawn', () => {
    const good = leaveOneOut(runAll(model, heard).track, model);
    const bad = leaveOneOut(runAll(moved, heard).track, moved);
    expect(good?.gateways).toBe(8);
    expect(good?.errorM).toBeLessThan(1);
    expect(bad?.errorM).toBeGreaterThan(2 * (good?.errorM ?? Infinity));
  });

  it('says nothing of a tag that three gateways hear', () => {
    const few = heard.filter(({ gatewayId }) => ['l0-0', 'l0-1', 'l0-2'].includes(gatewayId));
    expect(leaveOneOut(runAll(model, few).track, model)).toBeNull();
  });
});

const ninthDecile = (errors: number[]): number => errors.sort((a, b) => a - b)[Math.floor(0.9 * errors.length)] ?? NaN;

function gatewaysOf({ levels }: typeof hall): [number, number][] {
  return (levels[0]?.gateways ?? []).map(({ x, y }) => [x, y]);
}
