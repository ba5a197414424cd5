import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  availabilities,
  endOfManual,
  estimate,
  judge,
  type ManualStatus,
  misledKey,
  type Whereabouts,
} from '../../../src/core';
import { codes, correction, hour, inAlso, judged, known, minute, now, resting, rules, said } from './sketches';

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

  it('is said plainly where the place alone would be probable', () => {
    const unsure = resting({ in: 'clean-utility', probability: 0.8 });
    expect(judged(unsure)).toMatchObject({ status: 'free', isProbable: true });
    expect(judged(unsure, { staff: said('free', minute) })).toMatchObject({ status: 'free', isProbable: false });
    const atBedside = resting({ in: 'patient-room', probability: 0.8 });
    const corrected = said('free', minute, { correction: 'free', spaceType: 'patient-room' });
    expect(judged(atBedside, { staff: corrected })).toMatchObject({ status: 'free', isProbable: false });
  });

  it('of one found where it is shown, holds its status plainly until it moves on', () => {
    const there = (since: number) => resting({ in: 'clean-utility', probability: 0.8, since, restingSince: since });
    const found = { corrections: [correction('found', minute)] };
    expect(judged(there(now - hour), found)).toMatchObject({ status: 'free', isProbable: false });
    expect(judged(there(now - minute / 2), found)).toMatchObject({ status: 'free', isProbable: true });
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
