import { describe, expect, it } from 'vitest';
import { en } from '../../web/src/lib/i18n/en';
import { formatAge, formatFreshness, formatSpan, formatTime } from '../../web/src/lib/i18n/format';
import { fr } from '../../web/src/lib/i18n/fr';

const at = (hours: number, minutes = 0, day = 22) => new Date(2026, 10, day, hours, minutes).getTime();
const second = 1000;
const minute = 60 * second;

describe('ages', () => {
  it.each([
    [-3, 'just now'],
    [4_999, 'just now'],
    [12 * second, '12 s ago'],
    [59_999, '59 s ago'],
    [minute, '1 min ago'],
    [59 * minute, '59 min ago'],
    [3 * 60 * minute, '3 h ago'],
    [26 * 60 * minute, '1 day ago'],
    [50 * 60 * minute, '2 days ago'],
  ])('%d ms is “%s”', (ms, words) => {
    expect(formatAge(ms, en)).toBe(words);
  });

  it('are said in French', () => {
    expect(formatAge(12 * second, fr)).toBe('il y a 12 s');
  });
});

describe('freshness', () => {
  const now = at(17, 5);
  it('is an age while the tag is heard', () => {
    expect(formatFreshness({ at: now - 12 * second, silent: false }, now, en, 'en-CA')).toBe('12 s ago');
  });

  it('is “last seen” with the time once the tag is silent or long unheard', () => {
    expect(formatFreshness({ at: at(14, 5), silent: false }, now, en, 'en-CA')).toBe('last seen 14:05, 3 h ago');
    expect(formatFreshness({ at: now - minute, silent: true }, now, en, 'en-CA')).toBe('last seen 17:04, 1 min ago');
  });

  it('never lies ahead: a server clock read a moment late still says just now', () => {
    expect(formatFreshness({ at: now + 800, silent: false }, now, en, 'en-CA')).toBe('just now');
  });
});

describe('times', () => {
  it('use the 24-hour clock in both languages', () => {
    expect(formatTime(at(0, 7), at(17), 'en-CA')).toBe('00:07');
    expect(formatTime(at(17, 7), at(17), 'fr-CA')).toMatch(/^17\D+07$/);
  });

  it('carry the day when it is not today', () => {
    expect(formatTime(at(23, 50, 21), at(0, 10, 22), 'en-CA')).toMatch(/21.*23:50/);
  });

  it('spans are minutes, then hours', () => {
    expect(formatSpan(20 * second, en)).toBe('1 min');
    expect(formatSpan(130 * minute, en)).toBe('2 h 10 min');
  });
});
