import { describe, expect, it } from 'vitest';
import type { NearestReason } from '../../web/src/lib/api/types';
import { chanceInWords, cutOffInWords, leftOutInWords, waitInWords, whyInWords } from '../../web/src/lib/assets/why';
import { en } from '../../web/src/lib/i18n/en';
import { fr } from '../../web/src/lib/i18n/fr';

const name = (reason: NearestReason): string => reason.name ?? '';

describe('why this one', () => {
  it('tells nearer ones together by what is in their way, and where to go on', () => {
    const reasons: NearestReason[] = [
      { code: 'passed-over', name: 'Pump 1', why: 'in-use', seconds: 20 },
      { code: 'passed-over', name: 'Pump 2', why: 'claimed', seconds: 25 },
      { code: 'passed-over', name: 'Pump 3', why: 'in-use', seconds: 30 },
      { code: 'next', name: 'Pump 4', seconds: 65 },
    ];
    expect(whyInWords(reasons, name, en)).toEqual([
      'Nearer, but in use: Pump 1, Pump 3',
      'Nearer, but held by another tablet: Pump 2',
      'If it is not there: Pump 4, 1 min on',
    ]);
  });

  it('says in words what an old or vague fix means', () => {
    const reasons: NearestReason[] = [
      { code: 'stale', ageMs: 12 * 60_000 },
      { code: 'place-unsure', chance: 0.4 },
    ];
    expect(whyInWords(reasons, name, fr)).toEqual([
      'Balise captée pour la dernière fois il y a 12 min',
      'Sa pièce est une supposition',
    ]);
  });

  it('never says a chance as a number, and says a smaller one no better', () => {
    const said = [0.99, 0.9, 0.7, 0.4, 0.1].map((chance) => chanceInWords(chance, en));
    expect(new Set(said).size).toBe(5);
    expect(said.join()).not.toMatch(/\d/);
  });

  it('says what one waits for, and about how long', () => {
    expect(waitInWords({ why: 'needs-cleaning', seconds: 1200 }, en)).toBe(
      'Cannot be taken yet: to be cleaned. May take 20 min.',
    );
  });
});

describe('those left out', () => {
  const leftOut = { unavailable: 4, claimed: 0, unplaced: 1, unreachable: 0 };

  it('are counted by what is in their way', () => {
    expect(leftOutInWords({ leftOut, with: 'none' }, en)).toEqual(['4 in use, dirty or broken', '1 never heard']);
  });

  it.each([
    ['none', '2 free, but behind locked doors', '2 libres, mais derrière des portes verrouillées'],
    ['bed', '2 free, but no way leads there with a bed', '2 libres, mais aucun chemin n’y mène avec un lit'],
    [
      'wheelchair',
      '2 free, but no way leads there with a wheelchair',
      '2 libres, mais aucun chemin n’y mène avec un fauteuil',
    ],
  ] as const)('say that no way leads there, having %s along', (companion, english, french) => {
    const cutOff = { leftOut: { ...leftOut, unreachable: 2 }, with: companion };
    expect(leftOutInWords(cutOff, en)[0]).toBe(english);
    expect(cutOffInWords(cutOff, fr)).toBe(french);
    expect(cutOffInWords({ ...cutOff, leftOut }, fr)).toBeNull();
  });
});
