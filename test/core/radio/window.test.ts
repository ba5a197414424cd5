import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../src/core';
import { emptySignals, readSignals } from '../../../src/core/radio/signals';
import {
  countGateways,
  holds,
  mostSlots,
  openWindow,
  rssiIn,
  shiftWindow,
  type SightingWindow,
  slideWindow,
  slotIn,
} from '../../../src/core/radio/window';

type Sample = readonly [gateway: number, at: number, rssi: number];

function windowOf(...heard: readonly Sample[]): SightingWindow {
  const window = openWindow();
  let newest = 0;
  for (const [gateway, at, rssi] of heard) {
    newest = Math.max(newest, at);
    slideWindow(window, { gateway, at, rssi }, newest, defaultRules);
  }
  return window;
}

/** What a window holds, oldest first, as plain values. */
function samplesOf({ samples, begin, end, gateways }: SightingWindow): Sample[] {
  const held: Sample[] = [];
  for (let i = begin; i < end; i += 2) {
    const word = samples[i + 1] ?? 0;
    held.push([gateways[slotIn(word)] ?? -1, samples[i] ?? 0, rssiIn(word)]);
  }
  return held;
}

/** The same rules on a plain list. */
function slowSamples(heard: readonly Sample[]): Sample[] {
  let held: Sample[] = [];
  let newest = 0;
  for (const sample of heard) {
    newest = Math.max(newest, sample[1]);
    const after = held.findIndex(([, at]) => at > sample[1]);
    held.splice(after < 0 ? held.length : after, 0, sample);
    held = held.filter(([, at]) => at >= newest - defaultRules.windowMs);
    const own = held.filter(([gateway]) => gateway === sample[0]);
    if (own.length > defaultRules.samplesPerGateway) held = held.filter((one) => one !== own[0]);
  }
  return held;
}

describe('a window', () => {
  it('keeps sightings in order of time, whatever the order of arrival', () => {
    const held = samplesOf(windowOf([4, 0, -70], [9, 900, -80], [4, 2000, -72], [4, 1000, -71.5]));
    expect(held).toEqual([
      [4, 0, -70],
      [9, 900, -80],
      [4, 1000, -71.5],
      [4, 2000, -72],
    ]);
  });

  it('forgets what is older than itself, and gateways with nothing left', () => {
    const window = windowOf([4, 0, -70], [9, 500, -80], [9, 10_400, -81]);
    expect(samplesOf(window)).toEqual([
      [9, 500, -80],
      [9, 10_400, -81],
    ]);
    expect(countGateways(window)).toBe(1);
  });

  it('reaches further back for a tag that is heard every ten seconds', () => {
    const times = [0, 10_400, 20_800, 31_200];
    const window = windowOf(...times.flatMap((at) => [[4, at, -70] as const, [9, at + 50, -80] as const]));
    expect(samplesOf(window).map(([, at]) => at)).toEqual([10_400, 10_450, 20_800, 20_850, 31_200, 31_250]);
    const silent = windowOf([4, 0, -70], [9, 26_000, -80]);
    expect(samplesOf(silent)).toEqual([[9, 26_000, -80]]);
  });

  it('keeps no more than its share of one gateway', () => {
    const held = samplesOf(windowOf(...Array.from({ length: 40 }, (_, i) => [4, i * 100, -70] as const)));
    expect(held).toHaveLength(defaultRules.samplesPerGateway);
    expect(held.at(-1)?.[1]).toBe(3900);
  });

  it('holds what a plain list would, whatever is heard in whatever order', () => {
    const late = fc.nat(3_000);
    const sample = fc.record({
      gateway: fc.nat(6),
      late,
      rssi: fc.integer({ min: -100, max: -30 }),
      step: fc.nat(900),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 200 }), (some) => {
        let now = 5_000;
        const heard = some.map(({ gateway, late: by, rssi, step }): Sample => [gateway, (now += step) - by, rssi]);
        const window = windowOf(...heard);
        expect(samplesOf(window)).toEqual(slowSamples(heard));
        const heardOf = new Set(samplesOf(window).map(([gateway]) => gateway));
        expect(new Set(window.gateways.filter((gateway) => gateway >= 0))).toEqual(heardOf);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('knows a sighting it holds by gateway, instant and strength', () => {
    const window = windowOf([4, 0, -70], [4, 1000, -71]);
    expect(holds(window, { gateway: 4, at: 0, rssi: -70 })).toBe(true);
    expect(holds(window, { gateway: 4, at: 0, rssi: -71 })).toBe(false);
    expect(holds(window, { gateway: 9, at: 0, rssi: -70 })).toBe(false);
  });

  it('listens to 127 gateways at once and to no more', () => {
    const window = windowOf(...Array.from({ length: 300 }, (_, i) => [i, i, -70] as const));
    expect(countGateways(window)).toBe(mostSlots);
  });

  it('counts from a later origin when told to', () => {
    const window = windowOf([4, 1000, -70], [9, 2000, -80]);
    shiftWindow(window, 2000, defaultRules);
    expect(samplesOf(window).map(([, at]) => at)).toEqual([-1000, 0]);
  });

  it('forgets what is too old to be counted from there', () => {
    const window = windowOf([4, 1000, -70], [9, 2000, -80]);
    shiftWindow(window, 27_000, defaultRules);
    expect(samplesOf(window)).toEqual([[9, -25_000, -80]]);
    expect(countGateways(window)).toBe(1);
    shiftWindow(window, 3_600_000, defaultRules);
    expect(countGateways(window)).toBe(0);
  });

  it('keeps strengths to half a dB, from one end of what a radio can hear to the other', () => {
    const strengths = [-149.5, -127, -70.25, 20, 29.5];
    const held = samplesOf(windowOf(...strengths.map((rssi, i) => [126, i, rssi] as const)));
    expect(held.map(([, , rssi]) => rssi)).toEqual([-149.5, -127, -70, 20, 29.5]);
  });
});

describe('signals', () => {
  const read = (window: SightingWindow, until: number, most = 16) => {
    const signals = emptySignals();
    readSignals({ window, at: until, until, since: 500 }, { ...defaultRules, maxGateways: most }, signals);
    return signals;
  };

  it('weigh new sightings more than old ones', () => {
    const { rssi, count } = read(windowOf([4, 0, -80], [4, 3000, -60]), 3000);
    expect(count).toBe(1);
    expect(rssi[0]).toBeGreaterThan(-63);
  });

  it('are those of a gateway heard only long ago, too', () => {
    const { rssi, count } = read(windowOf([4, 0, -80], [9, 9900, -60]), 9900);
    expect(count).toBe(2);
    expect(rssi[0]).toBe(-80);
  });

  it('are surer the more was heard', () => {
    const few = read(windowOf([4, 0, -70]), 0);
    const many = read(windowOf(...[0, 100, 200, 300].map((ms) => [4, ms, -70] as const)), 300);
    expect(many.variance[0]).toBeLessThan((few.variance[0] ?? 0) / 3);
  });

  it('say how old and how new they are', () => {
    const { lagS, freshShare } = read(windowOf([4, 0, -70], [4, 1000, -70]), 1000);
    const old = Math.exp(-1000 / defaultRules.decayMs);
    expect(lagS).toBeCloseTo(old / (1 + old), 2);
    expect(freshShare).toBeCloseTo(1 / (1 + old), 2);
  });

  it('keep the strongest gateways when there are too many', () => {
    const { count, gateway } = read(windowOf([4, 0, -70], [9, 0, -90], [2, 0, -60]), 0, 2);
    expect(count).toBe(2);
    expect([gateway[0], gateway[1]].sort()).toEqual([2, 4]);
  });
});
