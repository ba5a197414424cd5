import { describe, expect, it } from 'vitest';
import { claimState, formatCountdown } from '../../web/src/lib/say/claim-state';
import { noon } from './examples';

const minute = 60_000;
const claim = { by: 'tablet-1', at: noon, until: noon + 10 * minute };

describe('a claim', () => {
  it.each([
    ['is mine on the tablet that made it', claim, 'tablet-1', noon + minute, 'mine'],
    ['is another’s everywhere else', claim, 'tablet-2', noon + minute, 'others'],
    ['is over after its ten minutes', claim, 'tablet-1', noon + 10 * minute, 'none'],
    ['is none when nobody goes', null, 'tablet-1', noon, 'none'],
  ] as const)('%s', (_, held, tablet, now, kind) => {
    expect(claimState(held, tablet, now).kind).toBe(kind);
  });

  it.each([
    [10 * minute, '10:00'],
    [9 * minute + 4_100, '9:05'],
    [900, '0:01'],
    [-5, '0:00'],
  ])('counts %i ms down as %s', (left, words) => expect(formatCountdown(left)).toBe(words));
});
