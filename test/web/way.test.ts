import { describe, expect, it } from 'vitest';
import type { RouteLeg } from '../../web/src/lib/api/types';
import { walkMinutes, waySteps } from '../../web/src/lib/assets/way';
import { en } from '../../web/src/lib/i18n/en';

const leg = (levelId: string, metres: number, by: RouteLeg['properties']['by'] = null): RouteLeg => ({
  properties: { levelId, metres, by },
  geometry: { type: 'LineString', coordinates: [] },
});
const names = {
  level: (id: string) => `Level ${id.slice(1)}`,
  connector: (id: string) => (id === 'lift-a' ? 'Lift A' : null),
};
describe('the way', () => {
  it('names the lift and the level it leads to', () => {
    const lift = leg('L3', 12, { connector: 'lift-a', category: 'elevator' });
    expect(waySteps([leg('L2', 30), lift], names, en)).toEqual([
      { levelId: 'L2', metres: 30, by: null },
      { levelId: 'L3', metres: 12, by: 'Lift A' },
    ]);
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
