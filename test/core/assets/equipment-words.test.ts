import { describe, expect, it } from 'vitest';
import { kinds } from '../../../src/assets/kinds';
import { EquipmentWords, isMeant, meaningsOf } from '../../../src/search/equipment-words';
import { phraseOf } from '../../../src/search/words';

const words = new EquipmentWords();
words.addKinds(kinds);

const kindsFor = (query: string): string[] =>
  kinds
    .filter(({ id }) => {
      const asset = { kind: id, ownerSectionId: null, place: null };
      return meaningsOf(query, words).every((meaning) => isMeant(asset, '', meaning));
    })
    .map(({ id }) => id);

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
    ['infusoin pump', ['infusion-pump']],
    ['defibrilator', ['defibrillator']],
    ['fauteil roulant', ['wheelchair']],
    ['xyzzy', []],
  ])('for %s finds %j', (query, expected) => {
    expect(kindsFor(query)).toEqual(expected);
  });

  it('finds a number with and without its separators, and no other by a typing error', () => {
    const pump = { id: 'a', name: 'Pump', number: 'IP-0042', serial: null, tagIds: [] };
    const text = words.textOf(pump);
    const finds = (query: string): boolean =>
      meaningsOf(query, words).every((meaning) =>
        isMeant({ kind: 'bed', ownerSectionId: null, place: null }, text, meaning),
      );
    for (const query of ['ip-0042', 'IP0042', '0042', 'ip 0042', '42'])
      expect([query, finds(query)]).toEqual([query, true]);
    expect(finds('ip0043')).toBe(false);
  });

  it('folds accents, ligatures of hyphens and case alike', () => {
    expect(phraseOf("  L'Échographe—VÉSICAL ")).toBe('l echographe vesical');
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
