import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffMarkers, isEmptyDiff, type Marker, type MarkerDiff } from '../../web/src/lib/map/fix-diff';

const marker = (id: string, change: Partial<Marker> = {}): Marker => ({
  id,
  lng: 1,
  lat: 2,
  kind: 'bed',
  status: 'free',
  fade: 0,
  selected: false,
  ...change,
});
const mapOf = (...markers: Marker[]) => new Map(markers.map((m) => [m.id, m]));

/** What the map library does with a diff, slowly. */
function apply(before: ReadonlyMap<string, Marker>, { remove, add, update }: MarkerDiff): Map<string, Marker> {
  const after = new Map(before);
  for (const id of remove) after.delete(id);
  for (const m of add) after.set(m.id, m);
  for (const { id, at, changed } of update) {
    const old = after.get(id);
    if (old === undefined) throw new Error(`update of ${id}, which is not there`);
    after.set(id, { ...old, ...changed, ...(at === null ? {} : { lng: at[0], lat: at[1] }) });
  }
  return after;
}

describe('the difference of two sets of dots', () => {
  it('is empty when nothing changed', () => {
    expect(isEmptyDiff(diffMarkers(mapOf(marker('a')), mapOf(marker('a'))))).toBe(true);
  });

  it('says only what changed', () => {
    const diff = diffMarkers(
      mapOf(marker('a'), marker('b'), marker('c')),
      mapOf(marker('a', { lng: 5 }), marker('b', { status: 'in-use' }), marker('d')),
    );
    expect(diff).toEqual({
      remove: ['c'],
      add: [marker('d')],
      update: [
        { id: 'a', at: [5, 2], changed: {} },
        { id: 'b', at: null, changed: { status: 'in-use' } },
      ],
    });
  });

  it('applied to what was gives what is, whatever the two are', () => {
    const markers = fc
      .uniqueArray(
        fc.record({
          id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
          lng: fc.integer({ min: 0, max: 2 }),
          lat: fc.integer({ min: 0, max: 2 }),
          kind: fc.constantFrom('bed', 'pump'),
          status: fc.constantFrom('free', 'in-use'),
          fade: fc.integer({ min: 0, max: 3 }),
          selected: fc.boolean(),
        }),
        { selector: ({ id }) => id },
      )
      .map((list) => mapOf(...list));
    fc.assert(
      fc.property(markers, markers, (before, after) => {
        expect(apply(before, diffMarkers(before, after))).toEqual(after);
      }),
    );
  });
});
