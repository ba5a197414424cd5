import { describe, expect, it } from 'vitest';
import { Glides } from '../../web/src/lib/map/glide';
import type { Marker } from '../../web/src/lib/map/fix-diff';
import { crowdFrom, sortMarkers } from '../../web/src/lib/map/marker-sources';

const at = (lng: number, lat = 0) => new Map([['pump', [lng, lat] as const]]);

describe('the chosen dot', () => {
  it('runs after its fix at an even pace and stands when it has arrived', () => {
    const glides = new Glides();
    glides.aim(at(0), 0, false);
    glides.aim(at(0.0001), 1_000, false);
    expect(glides.at('pump', 1_000)?.[0]).toBe(0);
    expect(glides.at('pump', 1_500)?.[0]).toBeCloseTo(0.00005, 9);
    expect(glides.moving(1_999)).toBe(true);
    expect(glides.at('pump', 2_000)?.[0]).toBe(0.0001);
    expect(glides.moving(2_000)).toBe(false);
  });

  it('goes on from where it is seen when a newer fix comes on the way', () => {
    const glides = new Glides();
    glides.aim(at(0), 0, false);
    glides.aim(at(0.0001), 1_000, false);
    glides.aim(at(0), 1_500, false);
    expect(glides.at('pump', 1_500)?.[0]).toBeCloseTo(0.00005, 9);
  });

  it('is there at once when motion is unwelcome, when it is new, and when it went too far for a walk', () => {
    const still = new Glides();
    still.aim(at(0), 0, true);
    still.aim(at(0.0001), 1_000, true);
    expect(still.at('pump', 1_000)?.[0]).toBe(0.0001);
    const far = new Glides();
    far.aim(at(0), 0, false);
    far.aim(at(1), 1_000, false);
    expect(far.at('pump', 1_000)?.[0]).toBe(1);
  });

  it('is forgotten when another is chosen', () => {
    const glides = new Glides();
    glides.aim(at(0), 0, false);
    glides.aim(new Map(), 1, false);
    expect(glides.at('pump', 2)).toBeNull();
  });
});

describe('dots', () => {
  const marker = (id: string, selected = false): [string, Marker] => [
    id,
    { id, lng: 0, lat: 0, kind: 'bed', status: 'free', fade: 0, selected },
  ];
  const many = (n: number) => new Map(Array.from({ length: n }, (_, i) => marker(`bed-${i}`)));

  it('are each drawn while they are few, and as a crowd when they are many', () => {
    expect(sortMarkers(many(crowdFrom - 1)).equipment.size).toBe(crowdFrom - 1);
    expect(sortMarkers(many(5_000)).crowd.size).toBe(5_000);
    expect(sortMarkers(many(5_000)).equipment.size).toBe(0);
  });

  it('that are chosen are never lost in the crowd', () => {
    const { chosen, crowd } = sortMarkers(new Map([...many(1_000), marker('pump', true)]));
    expect([...chosen.keys()]).toEqual(['pump']);
    expect(crowd.has('pump')).toBe(false);
  });
});
