import { describe, expect, it } from 'vitest';
import { rulesAsShipped } from '../../../src/assets/rule-book';
import { type Availability, judge } from '../../../src/core';
import { codes, hour, inAlso, judged, known, minute, now, resting } from './sketches';

describe('the place of a pump', () => {
  it.each<[Availability, string]>([
    ['free', 'clean-utility'],
    ['free', 'equipment-store'],
    ['in-use', 'patient-room'],
    ['in-use', 'icu-room'],
    ['in-use', 'operating-room'],
    ['needs-cleaning', 'soiled-utility'],
    ['out-of-service', 'biomed-workshop'],
    ['unknown', 'corridor'],
    ['unknown', 'office'],
    ['unknown', 'a type nobody has heard of'],
  ])('says %s of one resting in %s', (status, type) => {
    const { evidence, since, ...rest } = judged(resting({ in: type }));
    expect(rest.status).toBe(status);
    expect(since).toBe(now - hour);
    const rests = evidence.find(({ code }) => code === 'rests-in');
    expect(rests).toMatchObject({ status, spaceType: type, unitId: `the-${type}`, since: now - hour });
    expect(Math.sign(rests?.weight ?? 0)).toBe(status === 'unknown' ? 0 : 1);
  });

  it('says in use while it is on its way', () => {
    const moving = judged(resting({ in: 'corridor', restingSince: null, since: now - minute }));
    expect(moving).toMatchObject({ status: 'in-use', evidence: [{ code: 'moving' }] });
  });

  it('says in use until it has been left in a corridor for a while', () => {
    const left = (ago: number) => judged(resting({ in: 'corridor', restingSince: now - ago })).status;
    expect(left(minute)).toBe('in-use');
    expect(left(3 * minute)).toBe('unknown');
  });

  it('does not wait for it to rest in a room', () => {
    expect(judged(resting({ in: 'clean-utility', restingSince: null })).status).toBe('free');
  });

  it('counts by how likely the asset is in it', () => {
    const free = [0.2, 0.4, 0.6, 0.8, 1].map(
      (probability) => judged(resting({ in: 'clean-utility', probability })).freeProbability,
    );
    expect(free).toEqual(free.toSorted((a, b) => a - b));
    expect(free[0]).toBeLessThan(0.5);
    expect(free[4]).toBeGreaterThan(0.9);
    const unsure = judged(resting({ in: 'clean-utility', probability: 0.45 }));
    expect(unsure).toMatchObject({ status: 'unknown', evidence: [{ code: 'place-unsure' }] });
    expect(judged(resting({ in: null, probability: 0 })).status).toBe('unknown');
  });

  it('is plain only when the room and what it says are as good as sure', () => {
    expect(judged(resting({ in: 'clean-utility', probability: 0.99 }))).toMatchObject({ isProbable: false });
    expect(judged(resting({ in: 'clean-utility', probability: 0.85 }))).toMatchObject({ isProbable: true });
    // What is not said at all is not probable either.
    expect(judged(resting({ in: null }))).toMatchObject({ status: 'unknown', isProbable: false });
  });

  it('holds its answer near the edge, and not far from it', () => {
    const after = (probability: number) =>
      judged(resting({ in: 'clean-utility', probability }), {}, { before: 'free' }).status;
    expect([after(0.62), after(0.1)]).toEqual(['free', 'unknown']);
  });

  it('is sure of the use when it is unsure only which of two bedsides it is at', () => {
    const between = (type: string) =>
      judged(resting({ in: 'patient-room', probability: 0.4, others: [inAlso(type, 0.4)] }));
    expect(between('icu-room').status).toBe('in-use');
    expect(between('clean-utility').status).toBe('unknown');
  });

  it('is told by the rooms that say so together when none is named', () => {
    const bedsides = [inAlso('patient-room', 0.45), inAlso('icu-room', 0.35)];
    const judgement = judged(resting({ in: null, probability: 0, others: bedsides }));
    expect(judgement.status).toBe('in-use');
    expect(codes(judgement)).not.toContain('place-unsure');
    expect(judgement.evidence[0]).toMatchObject({
      code: 'rests-in',
      status: 'in-use',
      orAlike: true,
      unitId: 'the-patient-room',
    });
    expect(judgement.evidence[0]?.placeProbability).toBeCloseTo(0.8);
  });

  it('has been there since it rests while no presence has begun', () => {
    const { evidence } = judged({ ...resting({ in: 'clean-utility' }), since: null });
    expect(evidence.find(({ code }) => code === 'rests-in')?.since).toBe(now - hour);
  });

  it('knows that pumps do not stay in offices: beside one, it is at the bedside', () => {
    const between = (one: string, other: string) =>
      judged(resting({ in: one, probability: 0.55, others: [inAlso(other, 0.4)] }));
    const judgement = between('office', 'icu-room');
    expect(judgement.status).toBe('in-use');
    expect(judgement.evidence[0]).toMatchObject({ code: 'rests-in', unitId: 'the-icu-room' });
    expect(judgement.evidence[0]?.placeProbability).toBeGreaterThan(0.7);
  });

  it('says unknown of a silent one, and where it was last seen', () => {
    const silent = judged(resting({ in: 'clean-utility', silent: true, at: now - hour }));
    expect(silent.status).toBe('unknown');
    expect(codes(silent)).toEqual(['silent', 'rests-in']);
    expect(silent.since).toBe(now - hour);
  });

  it('counts for less the staler the fix, which is said', () => {
    const stale = (ago: number) => judged(resting({ in: 'clean-utility', at: now - ago }));
    expect(stale(10 * minute).freeProbability).toBeLessThan(stale(minute).freeProbability);
    expect(codes(stale(10 * minute))).toContain('silent');
    expect(stale(2 * hour).status).toBe('unknown');
  });

  it('says unknown of one never heard', () => {
    const never = judged(null);
    expect(never).toMatchObject({ status: 'unknown', since: null, evidence: [{ code: 'never-heard', weight: 0 }] });
  });

  it('speaks louder of one long untouched in a store, and less of one left at a bedside for days', () => {
    const inStore = (ms: number) =>
      judged(resting({ in: 'clean-utility', since: now - ms, restingSince: now - ms })).freeProbability;
    expect(inStore(5 * hour)).toBeGreaterThan(inStore(minute));
    const atBedside = (ms: number) =>
      judged(resting({ in: 'patient-room', since: now - ms, restingSince: now - ms })).freeProbability;
    expect(atBedside(72 * hour)).toBeGreaterThan(atBedside(hour));
  });
});

describe('kinds differ', () => {
  const of = (kind: string, type: string) => judge(known(resting({ in: type })), now, rulesAsShipped.of(kind)).status;
  it('a wheelchair left in the lobby is free, a pump is not known to be', () => {
    expect(of('wheelchair', 'lobby')).toBe('free');
    expect(of('infusion-pump', 'lobby')).toBe('unknown');
  });

  it('a defibrillator in the corridor stands ready', () => {
    expect(of('defibrillator', 'corridor')).toBe('free');
  });

  it('a bed in a patient room is in use', () => {
    expect(of('bed', 'patient-room')).toBe('in-use');
  });
});
