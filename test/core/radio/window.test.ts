import { describe, expect, it } from 'vitest';
import { defaultRules, gatewayId } from '../../../src/core';
import { emptySignals, readSignals } from '../../../src/core/radio/signals';
import { holds, openWindow, slideWindow } from '../../../src/core/radio/window';
import { start, tag } from '../made-site';

const sighting = (gateway: string, ms: number, rssi: number) => ({
  tagId: tag,
  gatewayId: gatewayId(gateway),
  rssi,
  heardAt: start + ms,
  receivedAt: start + ms,
});

function windowOf(...heard: readonly (readonly [string, number, number])[]) {
  const window = openWindow([]);
  let newest = 0;
  for (const [gateway, ms, rssi] of heard) {
    newest = Math.max(newest, ms);
    slideWindow(window, sighting(gateway, ms, rssi), start, start + newest, defaultRules);
  }
  return window;
}

describe('a window', () => {
  it('keeps each gateway in order of time, whatever the order of arrival', () => {
    expect(windowOf(['a', 0, -70], ['b', 900, -80], ['a', 2000, -72], ['a', 1000, -71])).toEqual([
      { gatewayId: 'a', heard: [0, -70, 1000, -71, 2000, -72] },
      { gatewayId: 'b', heard: [900, -80] },
    ]);
  });

  it('forgets what is older than itself, and gateways with nothing left', () => {
    expect(windowOf(['a', 0, -70], ['b', 500, -80], ['b', 10_400, -81])).toEqual([
      { gatewayId: 'b', heard: [500, -80, 10_400, -81] },
    ]);
  });

  it('keeps no more than its share of one gateway', () => {
    const [only] = windowOf(...Array.from({ length: 40 }, (_, i) => ['a', i * 100, -70] as const));
    expect(only?.heard).toHaveLength(2 * defaultRules.samplesPerGateway);
    expect(only?.heard.at(-2)).toBe(3900);
  });

  it('knows a sighting it holds by gateway, instant and strength', () => {
    const window = windowOf(['a', 0, -70], ['a', 1000, -71]);
    expect(holds(window, sighting('a', 0, -70), start)).toBe(true);
    expect(holds(window, sighting('a', 0, -71), start)).toBe(false);
    expect(holds(window, sighting('b', 0, -70), start)).toBe(false);
  });
});

describe('signals', () => {
  const read = (window: ReturnType<typeof windowOf>, until: number, most = 16) => {
    const signals = emptySignals();
    const gatewayIndex = new Map(['a', 'b', 'c'].map((id, i) => [gatewayId(id), i]));
    readSignals({ window, gatewayIndex, until, since: 500 }, { ...defaultRules, maxGateways: most }, signals);
    return signals;
  };

  it('weigh new sightings more than old ones', () => {
    const { rssi, count } = read(windowOf(['a', 0, -80], ['a', 3000, -60]), 3000);
    expect(count).toBe(1);
    expect(rssi[0]).toBeGreaterThan(-63);
  });

  it('are surer the more was heard', () => {
    const few = read(windowOf(['a', 0, -70]), 0);
    const many = read(windowOf(...[0, 100, 200, 300].map((ms) => ['a', ms, -70] as const)), 300);
    expect(many.variance[0]).toBeLessThan((few.variance[0] ?? 0) / 3);
  });

  it('say how old and how new they are', () => {
    const { lagS, freshShare } = read(windowOf(['a', 0, -70], ['a', 1000, -70]), 1000);
    const old = Math.exp(-1000 / defaultRules.decayMs);
    expect(lagS).toBeCloseTo(old / (1 + old), 6);
    expect(freshShare).toBeCloseTo(1 / (1 + old), 6);
  });

  it('keep the strongest gateways when there are too many', () => {
    const { count, gateway } = read(windowOf(['a', 0, -70], ['b', 0, -90], ['c', 0, -60]), 0, 2);
    expect(count).toBe(2);
    expect([gateway[0], gateway[1]].sort()).toEqual([0, 2]);
  });
});
