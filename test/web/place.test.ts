import { describe, expect, it } from 'vitest';
import { evidenceInWords } from '../../web/src/lib/assets/evidence';
import { fadeStep, type PlaceNames, shownPlace, sureInWords, whereInWords } from '../../web/src/lib/assets/place';
import { en } from '../../web/src/lib/i18n/en';
import { asset, fix, noon, place } from './examples';

const names: PlaceNames = {
  unit: (id) => (id === 'u1' ? 'Clean utility 3-110' : null),
  section: ({ sectionId }) => (sectionId === 's1' ? '3 West' : null),
  level: () => 'Level 3',
};
const shown = (change: object) => {
  const found = shownPlace(asset('1', { place: place(change) }), undefined, null, false);
  if (found === null) throw new Error('no place');
  return found;
};

describe('where an asset is', () => {
  it('is the live fix when it is newer than the registry', () => {
    const later = shownPlace(asset('1'), fix('tag-1', noon + 1, { x: 7 }), 'L1', false);
    expect(later?.x).toBe(7);
    expect(later?.sectionId).toBe('s1');
    expect(shownPlace(asset('1'), fix('tag-1', noon - 1, { x: 7 }), 'L1', false)?.x).toBe(1);
  });

  it('is not known for an asset never heard', () => {
    expect(shownPlace(asset('1', { place: null }), undefined, 'L1', false)).toBeNull();
  });

  it.each([
    [0.93, 'Clean utility 3-110', '93 % sure'],
    [0.999, 'Clean utility 3-110', '99 % sure'],
    [0.64, 'Probably Clean utility 3-110', '64 % sure'],
    [0.31, 'Somewhere in 3 West', 'within 3 m'],
  ])('at %d it says “%s”, “%s”: a room only when one can be named', (zoneProbability, where, sure) => {
    expect(whereInWords(shown({ zoneProbability }), names, en)).toBe(where);
    expect(sureInWords(shown({ zoneProbability }), en)).toBe(sure);
  });

  it('is the level when not even the department is known', () => {
    expect(whereInWords(shown({ unitId: null, sectionId: null }), names, en)).toBe('Somewhere on Level 3');
  });

  it('fades in four steps, and at once when silent', () => {
    const step = (minutes: number, silent = false) => fadeStep({ at: noon, silent }, noon + minutes * 60_000);
    expect([step(0), step(2), step(10), step(30), step(0, true)]).toEqual([0, 1, 2, 3, 3]);
  });
});

describe('evidence', () => {
  const speech = { t: en, locale: 'en-CA', name: (label: { en: string }) => label.en };
  const at = new Date(2026, 10, 22, 14, 5).getTime();
  it('is said with its room, time and note', () => {
    const weighed = { weight: 1, text: '' };
    const rests = {
      ...weighed,
      code: 'rests-in',
      status: 'free',
      since: at,
      unitName: { en: 'Clean utility 3-110' },
    } as const;
    expect(evidenceInWords(rests, at, speech)).toBe('At rest in Clean utility 3-110 since 14:05');
    const manual = { ...weighed, code: 'manual', status: 'out-of-service', since: at, note: 'battery' } as const;
    expect(evidenceInWords(manual, at, speech)).toBe('Set by staff at 14:05: “battery”');
  });
});
