import { describe, expect, it } from 'vitest';
import { fold, kindText, matches, searchText, searchWords } from '../../../src/assets/kind-search';
import { kinds } from '../../../src/assets/kinds';

const kindsFor = (query: string): string[] =>
  kinds.filter(({ id }) => matches(searchWords(query), [kindText(id)])).map(({ id }) => id);

describe('search', () => {
  it.each([
    ['iv pump', ['infusion-pump']],
    ['iv', ['infusion-pump']],
    ['pompe à perfusion', ['infusion-pump']],
    ['POMPE', ['infusion-pump', 'syringe-pump', 'feeding-pump']],
    ['echographe', ['ultrasound', 'bladder-scanner']],
    ['Lève-personne', ['patient-lift']],
    ['leve personne', ['patient-lift']],
    ['civiere', ['stretcher']],
    ['vent', ['ventilator']],
    ['gurney', ['stretcher']],
    ['tensiometre', ['vital-signs-monitor']],
    ['xyzzy', []],
  ])('for %s finds %j', (query, expected) => {
    expect(kindsFor(query)).toEqual(expected);
  });

  it('for nothing finds everything', () => {
    expect(kindsFor('  ')).toHaveLength(15);
  });

  it('finds words by their beginnings only', () => {
    expect(matches(['iv'], [searchText(['active'])])).toBe(false);
  });

  it('finds a number with and without its separators', () => {
    const text = searchText([], ['IP-0042']);
    for (const query of ['ip-0042', 'IP0042', '0042', 'ip 0042']) {
      expect(matches(searchWords(query), [text])).toBe(true);
    }
  });

  it('folds accents, ligatures of hyphens and case alike', () => {
    expect(fold("  L'Échographe—VÉSICAL ")).toBe('l echographe vesical');
  });
});

describe('the kinds', () => {
  it('are fifteen, each with both names, synonyms and an icon', () => {
    expect(new Set(kinds.map(({ id }) => id)).size).toBe(15);
    for (const { name, synonyms, icon } of kinds) {
      expect([name.en, name.fr, icon]).not.toContain('');
      expect(synonyms.en.length).toBeGreaterThan(0);
      expect(synonyms.fr.length).toBeGreaterThan(0);
    }
  });
});
