import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  availabilities,
  type Availability,
  availabilityOf,
  endOfManual,
  judge,
  type ManualStatus,
  unitId,
  type Whereabouts,
} from '../../../src/core';
import { rulesOf } from '../../../src/assets/space-rules';

const minute = 60_000;
const hour = 60 * minute;
const now = 1_800_000_000_000;
const rules = rulesOf('infusion-pump');

interface Sketch extends Partial<Omit<Whereabouts, 'space'>> {
  readonly in: string | null;
}

/** At rest for an hour in a space of this type, heard a second ago. */
function resting({ in: type, ...rest }: Sketch): Whereabouts {
  const space = type === null ? null : { unitId: unitId(`the-${type}`), name: { en: type }, type };
  const since = now - hour;
  const known = { others: [], wasSure: false, since, restingSince: since, at: now - 1_000, silent: false };
  return { space, probability: 0.9, ...known, ...rest };
}

const said = (status: Availability, ago: number, spaceType: string | null): ManualStatus => ({
  status,
  note: null,
  at: now - ago,
  spaceType,
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
    const judged = judge(resting({ in: type }), null, now, rules);
    expect(judged.status).toBe(status);
    expect(judged.since).toBe(now - hour);
    expect(judged.evidence).toEqual([
      { code: 'rests-in', status, spaceType: type, unitId: `the-${type}`, unitName: { en: type }, since: now - hour },
    ]);
  });

  it('says in use while it is on its way', () => {
    const judged = judge(resting({ in: 'corridor', restingSince: null, since: now - minute }), null, now, rules);
    expect(judged).toMatchObject({ status: 'in-use', evidence: [{ code: 'moving' }] });
  });

  it('says in use until it has been left in a corridor for a while', () => {
    const left = (ago: number) => judge(resting({ in: 'corridor', restingSince: now - ago }), null, now, rules).status;
    expect(left(minute)).toBe('in-use');
    expect(left(3 * minute)).toBe('unknown');
  });

  it('does not wait for it to rest in a room', () => {
    expect(judge(resting({ in: 'clean-utility', restingSince: null }), null, now, rules).status).toBe('free');
  });

  it('says nothing when the place is not sure', () => {
    const judged = judge(resting({ in: 'clean-utility', probability: 0.45 }), null, now, rules);
    expect(judged).toMatchObject({ status: 'unknown', since: null, evidence: [{ code: 'place-unsure' }] });
    expect(judge(resting({ in: null, probability: 0 }), null, now, rules).status).toBe('unknown');
  });

  it('goes on counting while it is less sure than it was, and not when it is much less', () => {
    const after = (probability: number) =>
      judge(resting({ in: 'clean-utility', wasSure: true, probability }), null, now, rules).status;
    expect([after(0.45), after(0.25)]).toEqual(['free', 'unknown']);
  });

  it('is sure of the use when it is unsure only which of two bedsides it is at', () => {
    const between = (type: string) =>
      judge(resting({ in: 'patient-room', probability: 0.4, others: [{ type, probability: 0.35 }] }), null, now, rules);
    expect(between('icu-room').status).toBe('in-use');
    expect(between('clean-utility').status).toBe('unknown');
  });

  it('says unknown of a silent one, and where it was last seen', () => {
    const judged = judge(resting({ in: 'clean-utility', silent: true, at: now - hour }), null, now, rules);
    expect(judged.status).toBe('unknown');
    expect(judged.evidence.map(({ code }) => code)).toEqual(['silent', 'rests-in']);
    expect(judged.since).toBe(now - hour);
  });

  it('says unknown of one never heard', () => {
    expect(judge(null, null, now, rules)).toEqual({
      status: 'unknown',
      since: null,
      evidence: [{ code: 'never-heard', status: 'unknown' }],
    });
  });
});

describe('kinds differ', () => {
  it('a wheelchair left in the lobby is free, a pump is not known to be', () => {
    expect(judge(resting({ in: 'lobby' }), null, now, rulesOf('wheelchair')).status).toBe('free');
    expect(judge(resting({ in: 'lobby' }), null, now, rules).status).toBe('unknown');
  });

  it('a defibrillator in the corridor stands ready', () => {
    expect(judge(resting({ in: 'corridor' }), null, now, rulesOf('defibrillator')).status).toBe('free');
  });

  it('a bed in a patient room is in use', () => {
    expect(judge(resting({ in: 'patient-room' }), null, now, rulesOf('bed')).status).toBe('in-use');
  });
});

describe('what someone said', () => {
  it('goes before the place, whose reason is kept', () => {
    const judged = judge(resting({ in: 'clean-utility' }), said('needs-cleaning', minute, 'clean-utility'), now, rules);
    expect(judged).toMatchObject({ status: 'needs-cleaning', since: now - minute });
    expect(judged.evidence.map(({ code, status }) => [code, status])).toEqual([
      ['manual', 'needs-cleaning'],
      ['rests-in', 'free'],
    ]);
  });

  it.each<[string, string | null, ManualStatus, Whereabouts]>([
    ['holds in the same kind of room', null, said('free', hour, 'patient-room'), resting({ in: 'patient-room' })],
    ['ends after twelve hours', 'expired', said('free', 13 * hour, 'patient-room'), resting({ in: 'patient-room' })],
    [
      'ends in another kind of room',
      'moved',
      said('free', hour, 'patient-room'),
      resting({ in: 'soiled-utility', since: now - minute }),
    ],
    [
      'holds while it is pushed along the corridor',
      null,
      said('free', hour, 'patient-room'),
      resting({ in: 'corridor', since: now - minute }),
    ],
    [
      'holds while it is not sure that the room is another',
      null,
      said('free', hour, 'patient-room'),
      resting({ in: 'soiled-utility', since: now - minute, probability: 0.4 }),
    ],
    [
      'holds where it was said, though the place was not known then',
      null,
      said('free', minute, null),
      resting({ in: 'patient-room', since: now - hour }),
    ],
    [
      'of out of service, holds until it is cleared',
      null,
      said('out-of-service', 90 * 24 * hour, 'patient-room'),
      resting({ in: 'clean-utility', since: now - minute }),
    ],
  ])('%s', (_fact, end, manual, place) => {
    expect(endOfManual(manual, place, now, rules)).toBe(end);
    const judged = judge(place, manual, now, rules);
    expect(judged.evidence[0]?.code === 'manual').toBe(end === null);
  });

  it('holds for an asset never heard', () => {
    expect(judge(null, said('free', minute, null), now, rules).status).toBe('free');
  });
});

it('the short answer is always that of the long one', () => {
  const types = fc.constantFrom('patient-room', 'icu-room', 'clean-utility', 'corridor', 'soiled-utility', 'office');
  const ago = fc.option(fc.integer({ min: 0, max: 24 * hour }).map((ms) => now - ms));
  const place = fc.record({
    in: fc.option(types),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    others: fc.array(fc.record({ type: types, probability: fc.double({ min: 0, max: 0.5, noNaN: true }) })),
    since: ago,
    restingSince: ago,
    silent: fc.boolean(),
    wasSure: fc.boolean(),
  });
  const manual = fc.tuple(fc.constantFrom(...availabilities), fc.integer({ min: 0, max: 24 * hour }), fc.option(types));
  fc.assert(
    fc.property(fc.option(place), fc.option(manual), (sketch, words) => {
      const where = sketch === null ? null : resting(sketch);
      const status = words === null ? null : said(...words);
      expect(availabilityOf(where, status, now, rules)).toBe(judge(where, status, now, rules).status);
    }),
  );
});
