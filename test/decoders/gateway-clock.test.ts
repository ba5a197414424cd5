import { describe, expect, test } from 'vitest';
import { GatewayClock } from '../../src/ingest/gateway-clock';

const start = Date.UTC(2026, 1, 9);
const hourMs = 3_600_000;

/** One message a second, heard `delayMs` before it arrives, on a clock that is `offsetMs` ahead. */
function run(clock: GatewayClock, from: number, seconds: number, offsetMs: number, delayMs = 80): (number | null)[] {
  return Array.from({ length: seconds }, (_, i) => {
    const receivedAt = start + from + i * 1000;
    const heardAt = receivedAt - delayMs + offsetMs;
    clock.judge([heardAt], receivedAt, 1);
    const ours = clock.toOurs(heardAt, receivedAt, 1);
    return ours === null ? null : receivedAt - ours;
  });
}

test('a clock that keeps time is believed to the millisecond', () => {
  const clock = new GatewayClock();
  expect(new Set(run(clock, 0, 60, 0))).toEqual(new Set([80]));
  expect(clock.verdict).toBe('right');
});

test('a little ahead is never after our own clock', () => {
  expect(new Set(run(new GatewayClock(), 0, 30, 900))).toEqual(new Set([0]));
});

test.each([
  ['an hour ahead', hourMs],
  ['an hour behind', -hourMs],
  ['a year back', -365 * 24 * hourMs],
])('a clock %s is never believed: stamped on arrival first, corrected when it is known', (_, offset) => {
  const clock = new GatewayClock();
  const ages = run(clock, 0, 30, offset);
  expect(ages.slice(0, 7)).toEqual(Array(7).fill(0));
  expect(clock.verdict).toBe('corrected');
  expect(clock.correctionMs).toBe(80 - offset);
  expect(ages.every((age) => age === 0)).toBe(true);
});

test('corrected times keep their order and distance within a message', () => {
  const clock = new GatewayClock();
  run(clock, 0, 30, hourMs);
  const receivedAt = start + 31_000;
  const heard = [receivedAt - 900 + hourMs, receivedAt - 80 + hourMs];
  clock.judge(heard, receivedAt, 1);
  expect(heard.map((at) => clock.toOurs(at, receivedAt, 1))).toEqual([receivedAt - 820, receivedAt]);
});

test('a message sent again gets the same times again', () => {
  const clock = new GatewayClock();
  run(clock, 0, 30, -95_000);
  const heardAt = start + 30_000 - 80 - 95_000;
  clock.judge([heardAt], start + 30_000, 1);
  const first = clock.toOurs(heardAt, start + 30_000, 1);
  clock.judge([heardAt], start + 31_500, 1);
  expect(clock.toOurs(heardAt, start + 31_500, 1)).toBe(first);
});

test('what was kept for us while we were away is late, not wrong', () => {
  const clock = new GatewayClock();
  const heard = Array.from({ length: 60 }, (_, i) => start - 60_000 + i * 1000);
  const ages = heard.map((at, i) => {
    const receivedAt = start + i * 10;
    clock.judge([at], receivedAt, 1);
    return (clock.toOurs(at, receivedAt, 1) ?? 0) - at;
  });
  expect(new Set(ages)).toEqual(new Set([0]));
});

test('one wild entry is left out and does not speak for its message', () => {
  const clock = new GatewayClock();
  run(clock, 0, 30, 0);
  const receivedAt = start + 30_000;
  for (const wild of [receivedAt + hourMs, receivedAt - 365 * 24 * hourMs]) {
    const heard = [receivedAt - 50, wild];
    expect(clock.judge(heard, receivedAt, 1)).toBe('right');
    expect(heard.map((at) => clock.toOurs(at, receivedAt, 1))).toEqual([receivedAt - 50, null]);
  }
});

test('a clock that jumps is refused until it settles, then corrected', () => {
  const clock = new GatewayClock();
  run(clock, 0, 30, 0);
  const ages = run(clock, 30_000, 90, hourMs);
  expect(ages[0]).toBeNull();
  expect(ages.at(-1)).toBe(0);
  expect(clock.verdict).toBe('corrected');
});

describe('a clock printed in whole seconds', () => {
  test('says just now rather than up to a second ago', () => {
    const clock = new GatewayClock();
    const receivedAt = start + 950;
    clock.judge([start], receivedAt, 1000);
    expect(clock.toOurs(start, receivedAt, 1000)).toBe(receivedAt);
  });

  test('an older time is the middle of its second', () => {
    const clock = new GatewayClock();
    const receivedAt = start + 10_000;
    clock.judge([start], receivedAt, 1000);
    expect(clock.toOurs(start, receivedAt, 1000)).toBe(start + 500);
  });

  test('is not taken for a clock that is off', () => {
    const clock = new GatewayClock();
    for (let i = 0; i < 60; i++) {
      const receivedAt = start + i * 1_370;
      clock.judge([Math.floor((receivedAt - 30) / 1000) * 1000], receivedAt, 1000);
    }
    expect(clock.verdict).toBe('right');
    expect(clock.correctionMs).toBeNull();
  });
});
