import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesAsShipped } from '../../../src/assets/rule-book';
import {
  availabilities,
  type Availability,
  type CorrectionCode,
  endOfManual,
  estimate,
  judge,
  type Judgement,
  type Known,
  type ManualStatus,
  misledKey,
  type Said,
  unitId,
  type Whereabouts,
} from '../../../src/core';

const minute = 60_000;
const hour = 60 * minute;
const now = 1_800_000_000_000;
const rules = rulesAsShipped.of('infusion-pump');

interface Sketch extends Partial<Omit<Whereabouts, 'space'>> {
  readonly in: string | null;
}

/** At rest for an hour in a space of this type, heard a second ago. */
function resting({ in: type, ...rest }: Sketch): Whereabouts {
  const space = type === null ? null : { unitId: unitId(`the-${type}`), name: { en: type }, number: null, type };
  const since = now - hour;
  const known = { others: [], wasSure: false, since, restingSince: since, at: now - 1_000, silent: false };
  return { space, probability: 0.9, ...known, ...rest };
}

/** Another room it may be in. */
const inAlso = (type: string, probability: number) => ({
  ...{ unitId: unitId(`the-${type}`), name: { en: type }, number: null, type },
  probability,
});

const said = (status: Availability, ago: number, more: Partial<ManualStatus> = {}): ManualStatus => ({
  status,
  note: null,
  reason: null,
  correction: null,
  at: now - ago,
  confirmedAt: now - ago,
  spaceType: 'clean-utility',
  ...more,
});

const nothing: Said = { staff: null, device: null, corrections: [], claim: null };
const known = (place: Whereabouts | null, words: Partial<Said> = {}, more: Partial<Known> = {}): Known => ({
  place,
  said: { ...nothing, ...words },
  companion: null,
  before: null,
  ...more,
});
const judged = (place: Whereabouts | null, words: Partial<Said> = {}, more: Partial<Known> = {}): Judgement =>
  judge(known(place, words, more), now, rules);
const codes = ({ evidence }: Judgement) => evidence.map(({ code }) => code);
const correction = (code: CorrectionCode, ago: number, misled: readonly string[] = []) => ({
  code,
  at: now - ago,
  misled,
});

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

describe('what someone said', () => {
  it('goes before the place, whose reason is kept', () => {
    const judgement = judged(resting({ in: 'clean-utility' }), { staff: said('needs-cleaning', minute) });
    expect(judgement).toMatchObject({ status: 'needs-cleaning', since: now - minute });
    expect(codes(judgement).slice(0, 2)).toEqual(['manual', 'rests-in']);
  });

  it('counts less with the hours', () => {
    const after = (ago: number) =>
      judged(resting({ in: 'clean-utility', since: now - 20 * hour }), { staff: said('in-use', ago) });
    expect(after(minute).status).toBe('in-use');
    expect(after(11 * hour).status).not.toBe('in-use');
    expect(after(minute).probability).toBeGreaterThan(after(3 * hour).probability);
  });

  it.each<[string, string | null, ManualStatus, Whereabouts]>([
    [
      'holds in the same kind of room',
      null,
      said('free', hour, { spaceType: 'patient-room' }),
      resting({ in: 'patient-room' }),
    ],
    ['ends after twelve hours', 'expired', said('free', 13 * hour), resting({ in: 'patient-room' })],
    [
      'ends in another kind of room',
      'moved',
      said('free', hour),
      resting({ in: 'soiled-utility', since: now - minute }),
    ],
    [
      'holds while it is pushed along the corridor',
      null,
      said('free', hour),
      resting({ in: 'corridor', since: now - minute }),
    ],
    [
      'holds while it is not sure that the room is another',
      null,
      said('free', hour),
      resting({ in: 'soiled-utility', since: now - minute, probability: 0.4 }),
    ],
    [
      'of out of service, holds until it is cleared',
      null,
      said('out-of-service', 90 * 24 * hour),
      resting({ in: 'patient-room', since: now - minute }),
    ],
  ])('%s', (_fact, end, manual, place) => {
    expect(endOfManual(manual, place, now, rules)).toBe(end);
    expect(codes(judged(place, { staff: manual })).some((code) => ['manual', 'out-of-service'].includes(code))).toBe(
      end === null,
    );
  });

  it('of out of service, is as strong after months, and names a recall', () => {
    const old = said('out-of-service', 90 * 24 * hour, { reason: 'recall', note: 'FSN 2026-11' });
    const judgement = judged(resting({ in: 'clean-utility' }), { staff: old });
    expect(judgement.status).toBe('out-of-service');
    expect(judgement.evidence[0]).toMatchObject({ code: 'recall', note: 'FSN 2026-11' });
    expect(judgement.freeProbability).toBeLessThan(0.01);
  });

  it('holds for an asset never heard', () => {
    expect(judged(null, { staff: said('free', minute) }).status).toBe('free');
  });
});

describe('the device itself', () => {
  it('is believed over the room while it goes on saying so, and forgotten soon after', () => {
    const running = (ago: number) =>
      judged(resting({ in: 'clean-utility' }), {
        device: said('in-use', 5 * hour, { confirmedAt: now - ago }),
      });
    expect(running(minute).status).toBe('in-use');
    expect(codes(running(minute))[0]).toBe('device-feed');
    expect(running(2 * hour).status).toBe('free');
  });
});

describe('a companion', () => {
  it('that carries a patient says that it is in use on the way', () => {
    const companion = { id: 'bed-1', kind: 'bed', name: 'Bed 1', since: now - 2 * minute, at: now, steps: 3 };
    const parked = resting({ in: 'corridor' });
    expect(judged(parked).status).toBe('unknown');
    const withBed = judged(parked, {}, { companion });
    expect(withBed.status).toBe('in-use');
    expect(withBed.evidence[0]).toMatchObject({ code: 'moving-with', companion: { id: 'bed-1' } });
    expect(judged(parked, {}, { companion: { ...companion, steps: 1 } }).status).toBe('unknown');
  });
});

describe('a correction', () => {
  const shown = resting({ in: 'clean-utility' });

  it('that it is not here makes the place count little, until the asset is seen to move', () => {
    const corrections = [correction('not-here', minute)];
    const gone = judged(shown, { corrections });
    expect(gone.status).toBe('unknown');
    expect(gone.evidence[0]).toMatchObject({ code: 'corrected', correction: 'not-here' });
    expect(gone.freeProbability).toBeLessThan(0.6);
    const moved = resting({ in: 'clean-utility', since: now - 1_000 });
    expect(judged(moved, { corrections }).status).toBe('free');
    expect(judged(shown, { corrections: [correction('found', 1_000), ...corrections] }).status).toBe('free');
  });

  it('makes the evidence that misled count less for this asset, and is forgiven with time', () => {
    const free = (ago: number) =>
      judged(shown, { corrections: [correction('in-use', ago, ['rests-in:clean-utility'])] }).freeProbability;
    expect(free(hour)).toBeLessThan(judged(shown).freeProbability - 0.1);
    expect(free(30 * 24 * hour)).toBeGreaterThan(free(hour));
    const often = Array.from({ length: 4 }, (_, i) => correction('in-use', i * hour, ['rests-in:clean-utility']));
    expect(judged(shown, { corrections: often }).status).toBe('unknown');
    const elsewhere = judged(resting({ in: 'equipment-store' }), { corrections: often });
    expect(elsewhere.status).toBe('free');
  });

  it('names the evidence that can mislead', () => {
    expect(judged(shown).evidence.map(misledKey)).toContain('rests-in:clean-utility');
    expect(misledKey({ code: 'manual' })).toBeNull();
  });

  it('that it was brought back speaks against use', () => {
    const bedside = resting({ in: 'patient-room' });
    const back = judged(bedside, { corrections: [correction('returned', minute)] });
    expect(back.freeProbability).toBeGreaterThan(judged(bedside).freeProbability);
  });
});

it('a claim says that it will be used soon, without making a free one in use', () => {
  const claimed = judged(resting({ in: 'clean-utility' }), { claim: { at: now, until: now + minute } });
  expect(claimed.status).toBe('free');
  expect(codes(claimed)).toContain('claimed');
  expect(codes(judged(resting({ in: 'clean-utility' }), { claim: { at: now, until: now } }))).not.toContain('claimed');
});

it('the short answer is always that of the long one, and probabilities are such', () => {
  const types = fc.constantFrom('patient-room', 'icu-room', 'clean-utility', 'corridor', 'soiled-utility', 'office');
  const ago = fc.option(fc.integer({ min: 0, max: 24 * hour }).map((ms) => now - ms));
  const place = fc.record({
    in: fc.option(types),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    others: fc.array(fc.tuple(types, fc.double({ min: 0, max: 0.5, noNaN: true })).map((other) => inAlso(...other))),
    since: ago,
    restingSince: ago,
    silent: fc.boolean(),
    wasSure: fc.boolean(),
  });
  const manual = fc.tuple(fc.constantFrom(...availabilities), fc.integer({ min: 0, max: 24 * hour }));
  const before = fc.option(fc.constantFrom(...availabilities));
  fc.assert(
    fc.property(fc.option(place), fc.option(manual), fc.option(manual), before, (sketch, staff, device, held) => {
      const words = {
        staff: staff === null ? null : said(...staff),
        device: device === null ? null : said(...device),
      };
      const asked = known(sketch === null ? null : resting(sketch), words, { before: held });
      const { evidence: _evidence, since: _since, ...short } = judge(asked, now, rules);
      expect(estimate(asked, now, rules)).toEqual(short);
      expect(short.probability).toBeGreaterThanOrEqual(0);
      expect(short.probability).toBeLessThanOrEqual(1 + 1e-9);
      expect(short.freeProbability).toBeLessThanOrEqual(short.probability + 1e-9);
      expect(short.spots.reduce((all, { share }) => all + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
    }),
  );
});
