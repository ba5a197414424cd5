import { expect, test } from 'vitest';
import { evidenceText } from '../../../src/assets/evidence-text';

const now = Date.UTC(2026, 0, 5, 12);
const rest = { code: 'rests-in', status: 'free', weight: 2, since: now - 42 * 60_000 } as const;

test('a room is named with its number, which is said once when the name has it already', () => {
  const named = { ...rest, unitName: { en: 'Clean utility', fr: 'Utilité propre' }, unitNumber: '3-114' };
  const numbered = { ...named, unitName: { en: 'Clean utility 3-114' } };
  expect(evidenceText(named, now)).toBe('at rest in Clean utility 3-114 for 42 min');
  expect(evidenceText(numbered, now)).toBe('at rest in Clean utility 3-114 for 42 min');
});

test('a room without a number goes by its name', () => {
  expect(evidenceText({ ...rest, unitName: { en: 'Theatre store' } }, now)).toBe('at rest in Theatre store for 42 min');
});
