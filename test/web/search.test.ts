import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { kinds } from '../../src/assets/kinds';
import type { UnitHead } from '../../web/src/lib/api/types';
import { AssetSearch } from '../../web/src/lib/search/asset-search';
import { byNearness } from '../../web/src/lib/search/by-nearness';
import { isNearly } from '../../src/search/nearly';
import { readQuestion } from '../../src/search/question';
import { fold } from '../../src/search/words';
import { asset, place } from './examples';

const unit = (id: string, en: string, fr: string, number: string): UnitHead => ({
  id,
  levelId: 'L3',
  name: { en, fr },
  number,
  category: 'room',
  spaceType: null,
  sectionId: 'icu',
  connector: null,
});

describe('search', () => {
  const search = new AssetSearch();
  beforeAll(() => {
    search.setKinds(kinds);
    search.setPlan(
      [
        unit('u110', 'Clean utility', 'Utilité propre', '3-110'),
        unit('u112', 'Nurse station', 'Poste infirmier', '2-112'),
        unit('u114', 'Patient room', 'Chambre', '3-114'),
      ],
      [{ id: 'icu', levelId: 'L3', name: { en: 'Intensive care', fr: 'Soins intensifs' }, short: 'ICU' }],
    );
    const inStation = place({ unitId: 'u112', sectionId: null });
    search.setAssets([
      asset('2', { name: 'Infusion pump 012', number: 'IP-0012', place: inStation }),
      asset('1', { name: 'Infusion pump 001', number: 'IP-0001', serial: 'VLM24355-001', place: inStation }),
      asset('3', { name: 'Bed 012', number: 'BD-0012', kind: 'bed', place: inStation }),
      asset('4', {
        name: 'Ultrasound 003',
        kind: 'ultrasound',
        number: 'US-0003',
        place: place({ unitId: 'u110', sectionId: 'icu' }),
      }),
      asset('5', {
        name: 'Old faithful',
        kind: 'wheelchair',
        tagIds: ['ac233fa1164d'],
        place: null,
        ownerSectionId: 'icu',
      }),
    ]);
  });
  const idsFor = (q: string): string[] => search.find(q).assets.map(({ id }) => id);

  it.each([
    'iv pump',
    'IV',
    'pompe',
    'POMPE À PERF',
    'pompe a perfusion',
    'infusion',
    'infuson pump',
    'infuson pmp',
    'pmp',
    'infuz',
    'pmup',
    'perfusoin',
    'drip',
  ])('“%s” finds infusion pumps first', (q) => {
    expect(search.find(q).kinds[0]).toBe('infusion-pump');
    expect(idsFor(q)).toEqual(['1', '2']);
  });

  it('puts a kind whose whole name was typed before those that share a word', () => {
    expect(search.find('syringe pump').kinds).toEqual(['syringe-pump']);
    expect(search.find('pompe').kinds.slice(0, 1)).toEqual(['infusion-pump']);
    expect(search.find('pompe').kinds).toContain('feeding-pump');
  });

  it('ignores accents and case', () => {
    expect(fold('Échographe VÉSICAL')).toBe('echographe vesical');
    expect(search.find('echographe').kinds).toContain('ultrasound');
  });

  it.each([
    ['IP-0012', ['2']],
    ['ip0012', ['2']],
    ['ip 12', ['2']],
    ['bed 012', ['3']],
    ['bed 12', ['3']],
    ['VLM24355', ['1']],
    ['AC:23:3F:A1:16:4D', ['5']],
    ['3-110', ['4']],
    ['3110', ['4']],
    ['utilite propre', ['4']],
    ['soins intensifs', ['5', '4']],
    ['icu wheelchair', ['5']],
    ['fathful', ['5']],
  ])('“%s” finds exactly what carries it', (q, ids) => {
    expect(idsFor(q)).toEqual(ids);
  });

  it('forgives in three letters one left out or two swapped, never another letter', () => {
    expect(search.find('bde').kinds).toEqual(['bed']);
    expect(search.find('eeg')).toEqual({ kinds: [], assets: [], near: null });
    expect(search.find('bad').kinds).toEqual([]);
  });

  it('takes no number for another that looks like it', () => {
    expect(idsFor('0013')).toEqual([]);
    expect(idsFor('IP-0021')).toEqual([]);
  });

  it.each([
    ['pump near 3114', 'u114', 'infusion-pump'],
    ['pump near 3-114', 'u114', 'infusion-pump'],
    ['Pompe près de la chambre 3-114', 'u114', 'infusion-pump'],
    ['lit à côté du poste infirmier', 'u112', 'bed'],
    ['bed near me', 'me', 'bed'],
    ['lit près de moi', 'me', 'bed'],
    ['bed near 9999', null, 'bed'],
  ])('“%s” asks around a room', (q, near, kind) => {
    expect(search.find(q).near).toEqual(near === null || near === 'me' ? near : { unitId: near });
    expect(search.find(q).kinds[0]).toBe(kind);
  });

  it('finds nothing for nothing', () => {
    expect(search.find('  ')).toEqual({ kinds: [], assets: [], near: null });
    expect(search.find('zzzz')).toEqual({ kinds: [], assets: [], near: null });
  });

  it('follows what is renamed, moved and gone', () => {
    const changing = new AssetSearch();
    changing.setKinds(kinds);
    const ids = (q: string): string[] => changing.find(q).assets.map(({ id }) => id);
    changing.setAssets([asset('1', { name: 'Blue one' }), asset('2', { name: 'Red one' })]);
    expect(ids('blue')).toEqual(['1']);
    changing.setAssets([asset('2', { name: 'Blue two' })]);
    expect(ids('blue')).toEqual(['2']);
    expect(ids('red')).toEqual([]);
  });
});

describe('a question', () => {
  it.each([
    ['pump near 3114', ['pump'], { tokens: ['3114'] }],
    ['near me', [], 'me'],
    ['pompe près d’ici', ['pompe'], 'me'],
    ['bed IP-0012', ['bed', 'ip0012'], null],
    ['lit de soins', ['lit', 'soins'], null],
  ])('“%s” is taken apart', (q, tokens, near) => {
    expect(readQuestion(q)).toEqual({ tokens, near });
  });
});

describe('typing errors', () => {
  /** The same by trying every edit. */
  function slowly(typed: string, word: string, most: number): boolean {
    if (word.startsWith(typed)) return true;
    if (most === 0) return false;
    return edits(typed).some((other) => slowly(other, word, most - 1));
  }
  function edits(text: string): string[] {
    const letters = ['a', 'b', 'c'];
    return Array.from({ length: text.length + 1 }, (_, i) => [
      ...letters.map((letter) => text.slice(0, i) + letter + text.slice(i)),
      text.slice(0, i) + text.slice(i + 1),
      ...letters.map((letter) => text.slice(0, i) + letter + text.slice(i + 1)),
      text.slice(0, i) + (text[i + 1] ?? '') + (text[i] ?? '') + text.slice(i + 2),
    ]).flat();
  }

  it('are forgiven as trying every edit would, where the first letter is right', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const [typed, wanted] = [`x${a}`, `x${b}`];
        expect(isNearly(typed, wanted, 1)).toBe(slowly(typed, wanted, 1));
      }),
    );
  });
});

describe('around a room', () => {
  const at = (id: string, change: Parameters<typeof place>[0]) => asset(id, { place: place(change) });

  it('the nearest come first, those never seen last', () => {
    const assets = [
      asset('never', { place: null }),
      at('upstairs', { levelId: 'L4', unitId: 'x' }),
      at('far', { levelId: 'L3', unitId: 'y', x: 40, y: 0 }),
      at('close', { levelId: 'L3', unitId: 'y', x: 5, y: 0 }),
      at('inside', { levelId: 'L3', unitId: 'u114', x: 3, y: 0 }),
    ];
    const around = { levelId: 'L3', unitId: 'u114', sectionId: null, at: [0, 0] as const };
    expect(byNearness(assets, around).map(({ id }) => id)).toEqual(['inside', 'close', 'far', 'upstairs', 'never']);
  });
});
