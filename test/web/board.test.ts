import { describe, expect, it } from 'vitest';
import { boardOf } from '../../web/src/lib/assets/board';
import { asset, place } from './examples';

const freeHere = (id: string, unitId: string) => asset(id, { place: place({ sectionId: 'west', unitId }) });

describe('a department’s board', () => {
  it('counts what stands in it, whoever owns it, and names the rooms with free ones', () => {
    const { kinds } = boardOf('west', [
      freeHere('a', 'u1'),
      freeHere('b', 'u2'),
      freeHere('c', 'u2'),
      asset('d', { place: place({ sectionId: 'east' }) }),
    ]);
    expect(kinds).toHaveLength(1);
    expect(kinds[0]?.here.free).toBe(3);
    expect(kinds[0]?.freeIn).toEqual([
      { unitId: 'u2', count: 2 },
      { unitId: 'u1', count: 1 },
    ]);
  });

  it('says how many of those free are so only probably', () => {
    const { availability } = asset('a');
    const [pumps] = boardOf('west', [
      freeHere('a', 'u1'),
      { ...freeHere('b', 'u1'), availability: { ...availability, probable: true } },
    ]).kinds;
    expect([pumps?.here.free, pumps?.probablyFree]).toEqual([2, 1]);
  });

  it('shows a kind it owns with none free rather than not at all', () => {
    const { kinds } = boardOf('west', [asset('a', { ownerSectionId: 'west', place: place({ sectionId: 'east' }) })]);
    expect(kinds.map(({ kind, here }) => [kind, here.free])).toEqual([['infusion-pump', 0]]);
  });

  it('lists its own that are elsewhere, silent or never seen, and not what others own', () => {
    const { away } = boardOf('west', [
      asset('elsewhere', { ownerSectionId: 'west', place: place({ sectionId: 'east' }) }),
      asset('silent', { ownerSectionId: 'west', place: place({ sectionId: 'west', silent: true }) }),
      asset('unseen', { ownerSectionId: 'west', place: null }),
      asset('guest', { ownerSectionId: 'east', place: place({ sectionId: 'west' }) }),
      asset('home', { ownerSectionId: 'west', place: place({ sectionId: 'west' }) }),
    ]);
    expect(away.map(({ id }) => id)).toEqual(['elsewhere', 'silent', 'unseen']);
  });
});
