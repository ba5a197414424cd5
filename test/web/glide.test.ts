import { describe, expect, it } from 'vitest';
import { Glides } from '../../web/src/lib/map/dots/glide';

const at = (x: number, y = 0) => new Map([['pump', [x, y] as const]]);

describe('the chosen dot', () => {
  it('runs after its fix at an even pace and stands when it has arrived', () => {
    const glides = new Glides();
    glides.aim(at(0), 0, false);
    glides.aim(at(10), 1_000, false);
    expect(glides.at('pump', 1_000)?.[0]).toBe(0);
    expect(glides.at('pump', 1_500)?.[0]).toBeCloseTo(5, 9);
    expect(glides.moving(1_999)).toBe(true);
    expect(glides.at('pump', 2_000)?.[0]).toBe(10);
    expect(glides.moving(2_000)).toBe(false);
  });

  it('goes on from where it is seen when a newer fix comes on the way', () => {
    const glides = new Glides();
    glides.aim(at(0), 0, false);
    glides.aim(at(10), 1_000, false);
    glides.aim(at(0), 1_500, false);
    expect(glides.at('pump', 1_500)?.[0]).toBeCloseTo(5, 9);
  });

  it('is there at once when motion is unwelcome, when it is new, and when it went too far for a walk', () => {
    const still = new Glides();
    still.aim(at(0), 0, true);
    still.aim(at(10), 1_000, true);
    expect(still.at('pump', 1_000)?.[0]).toBe(10);
    const far = new Glides();
    far.aim(at(0), 0, false);
    far.aim(at(100), 1_000, false);
    expect(far.at('pump', 1_000)?.[0]).toBe(100);
  });

  it('is forgotten when another is chosen', () => {
    const glides = new Glides();
    glides.aim(at(0), 0, false);
    glides.aim(new Map(), 1, false);
    expect(glides.at('pump', 2)).toBeNull();
  });
});
