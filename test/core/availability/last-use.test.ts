import { describe, expect, it } from 'vitest';
import { rulesAsShipped } from '../../../src/assets/rule-book';
import { followUse, judge, type LastUse, misledKey, type Whereabouts } from '../../../src/core';
import { codes, correction, hour, inAlso, judged, known, minute, now, resting, rules } from './sketches';

/** Rests one after the other, each an hour long and looked at every minute; the last one is still going on. */
function afterRestsIn(...places: Partial<Whereabouts>[] | string[]): LastUse | null {
  const rests = places.map((place) => (typeof place === 'string' ? resting({ in: place, probability: 0.95 }) : place));
  let use: LastUse | null = null;
  rests.forEach((rest, i) => {
    const restingSince = now - (rests.length - i) * hour;
    for (let at = restingSince; at <= restingSince + hour; at += minute) {
      use = followUse(use, { ...resting({ in: null }), ...rest, restingSince, at }, rules);
    }
  });
  return use;
}

const inStore = (lastUse: LastUse | null, words = {}) =>
  judged(resting({ in: 'clean-utility', probability: 0.97 }), words, { lastUse });

describe('what its last use says of a pump in a store', () => {
  it('is that it may be dirty when it came straight from a patient', () => {
    const judgement = inStore(afterRestsIn('soiled-utility', 'patient-room', 'clean-utility'));
    expect(judgement).toMatchObject({ status: 'free', isProbable: true });
    const reason = judgement.evidence.find(({ code }) => code === 'not-cleaned');
    expect(reason).toMatchObject({ status: 'needs-cleaning', unitId: 'the-patient-room', since: now - hour });
    expect(reason?.weight).toBeGreaterThan(0);
  });

  it('is that it is clean when it went through a soiled utility', () => {
    const judgement = inStore(afterRestsIn('patient-room', 'soiled-utility', 'clean-utility'));
    expect(judgement).toMatchObject({ status: 'free', isProbable: false });
    expect(judgement.evidence.find(({ code }) => code === 'cleaned')).toMatchObject({ unitId: 'the-soiled-utility' });
    expect(judgement.freeProbability).toBeGreaterThan(inStore(null).freeProbability);
  });

  it('is not worn away by resting there for long: what is dirty stays dirty', () => {
    const lastUse = { space: inAlso('patient-room', 1), at: now - 6 * hour, uncleaned: 1, came: 1, restingSince: now };
    const after = (ms: number) =>
      judged(resting({ in: 'clean-utility', since: now - ms, restingSince: now - ms }), {}, { lastUse });
    expect(after(5 * hour).freeProbability - after(minute).freeProbability).toBeLessThan(0.05);
  });

  it('is nothing when it was seen neither used nor cleaned', () => {
    expect(afterRestsIn('clean-utility', 'equipment-store')).toBeNull();
    expect(codes(inStore(null))).toEqual(['rests-in', 'rested-long']);
  });

  it('does not count while it is anywhere else', () => {
    const lastUse = afterRestsIn('patient-room');
    expect(codes(judged(resting({ in: 'patient-room' }), {}, { lastUse }))).not.toContain('not-cleaned');
    expect(codes(judged(resting({ in: 'corridor' }), {}, { lastUse }))).not.toContain('not-cleaned');
  });

  it('counts less after somebody found such a one clean', () => {
    const lastUse = afterRestsIn('patient-room', 'clean-utility');
    const before = inStore(lastUse).freeProbability;
    const key = misledKey({ code: 'not-cleaned' });
    const after = inStore(lastUse, { corrections: [correction('free', 3 * hour, key === null ? [] : [key])] });
    expect(after.freeProbability).toBeGreaterThan(before);
  });

  it('is left alone for kinds whose rules do not ask', () => {
    const wheelchair = rulesAsShipped.of('wheelchair');
    expect(followUse(null, resting({ in: 'patient-room' }), wheelchair)).toBeNull();
    const lastUse = afterRestsIn('patient-room', 'clean-utility');
    const judgement = judge(known(resting({ in: 'clean-utility' }), {}, { lastUse }), now, wheelchair);
    expect(codes(judgement)).not.toContain('not-cleaned');
  });
});

describe('following the use of a pump', () => {
  it('takes all looks at one rest for one witness', () => {
    const likely = { ...resting({ in: 'clean-utility', probability: 0.3 }), others: [inAlso('soiled-utility', 0.7)] };
    const use = afterRestsIn(resting({ in: 'patient-room', probability: 1 }), likely);
    expect(use?.uncleaned).toBeCloseTo(0.3, 6);
  });

  it('is not worn away in a store by what is next door', () => {
    const nextDoor = { ...resting({ in: 'clean-utility', probability: 0.6 }), others: [inAlso('soiled-utility', 0.4)] };
    const use = afterRestsIn(resting({ in: 'patient-room', probability: 1 }), nextDoor, nextDoor, nextDoor);
    expect(use?.uncleaned).toBe(1);
  });

  it('counts a room by how likely it was there', () => {
    const use = afterRestsIn(resting({ in: 'patient-room', probability: 0.6 }));
    expect(use?.uncleaned).toBeCloseTo(0.6, 6);
  });

  it('does not take the rooms it is pushed past for use', () => {
    const passing = resting({ in: 'patient-room', restingSince: null });
    expect(followUse(null, passing, rules)).toBeNull();
    const halted = resting({ in: 'patient-room', restingSince: now - minute / 2, at: now });
    expect(followUse(null, halted, rules)).toBeNull();
    const used = afterRestsIn('patient-room');
    expect(followUse(used, resting({ in: 'soiled-utility', silent: true }), rules)).toEqual(used);
  });
});
