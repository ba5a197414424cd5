import { describe, expect, it } from 'vitest';
import type { NearestResult, RouteLeg } from '../../web/src/lib/api/types';
import { walkMinutes, wayInWords, waySteps } from '../../web/src/lib/assets/way';
import { en } from '../../web/src/lib/i18n/en';
import { asset } from './examples';

const leg = (levelId: string, metres: number, by: RouteLeg['properties']['by'] = null): RouteLeg => ({
  properties: { levelId, metres, by },
  geometry: { type: 'LineString', coordinates: [] },
});
const names = {
  level: (id: string) => `Level ${id.slice(1)}`,
  connector: (id: string) => (id === 'lift-a' ? 'Lift A' : null),
};
const result = (...features: RouteLeg[]): NearestResult => ({
  asset: asset('1'),
  unit: null,
  level: null,
  metres: 50,
  seconds: 60,
  route: { features },
});

describe('the way', () => {
  it('on one level is one sentence', () => {
    expect(wayInWords(result(leg('L2', 30)), 'Clean utility', names, en)).toBe('Walk to Clean utility, on this level.');
  });

  it('names the lift and the level it leads to', () => {
    const lift = leg('L3', 12, { connector: 'lift-a', category: 'elevator' });
    expect(wayInWords(result(leg('L2', 30), lift), 'Clean utility', names, en)).toBe(
      'Take Lift A to Level 3, then walk to Clean utility.',
    );
  });

  it('says stairs when the plan does not name them', () => {
    const stairs = leg('L1', 5, { connector: 'x', category: 'stairs' });
    expect(waySteps([leg('L2', 30), stairs], names, en).map(({ by }) => by)).toEqual([null, 'the stairs']);
  });

  it('adds up stretches on one level', () => {
    expect(waySteps([leg('L2', 30), leg('L2', 4)], names, en)).toEqual([{ levelId: 'L2', metres: 34, by: null }]);
  });

  it('takes minutes as people say them', () => {
    expect([20, 40, 85, 95].map(walkMinutes)).toEqual([0, 1, 1, 2]);
  });
});
