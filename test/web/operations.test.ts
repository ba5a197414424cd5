import { describe, expect, it } from 'vitest';
import { en } from '../../web/src/lib/i18n/en';
import { isSilent } from '../../web/src/lib/operations.svelte';
import { parseRoute } from '../../web/src/lib/route/route';

describe('a gateway', () => {
  const heard = (lastMessageAt: number | null) => ({ id: 'gw', levelId: 'L1', lastMessageAt });

  it.each([
    ['never heard', null, true],
    ['heard three minutes ago', 1_000_000 - 180_000, true],
    ['heard a minute ago', 1_000_000 - 60_000, false],
  ])('%s: silent is %s', (_, at, silent) => {
    expect(isSilent(heard(at), 1_000_000)).toBe(silent);
  });
});

it('the operations screen has an address', () => {
  expect(parseRoute('?screen=operations').screen).toBe('operations');
  expect(en.screens.operations).not.toBe('');
});
