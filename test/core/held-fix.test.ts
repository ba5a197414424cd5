import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Fix, levelId, sectionId, unitId } from '../../src/core';
import { heldFix, holdFix } from '../../src/core/held-fix';
import { tag } from './made-site';

const hundredths = (most: number) => fc.integer({ min: -100 * most, max: 100 * most }).map((cm) => cm / 100);
const thousandths = fc.integer({ min: 0, max: 1000 }).map((permille) => permille / 1000);
const zone = fc.constantFrom('a', 'b', 'c').map((name) => unitId(name));

it('a fix a track holds is the fix that was made, to the last bit', () => {
  const some: fc.Arbitrary<Fix> = fc.record({
    ...{ tagId: fc.constant(tag), at: fc.integer({ min: 0, max: 2e12 }), levelId: fc.constant(levelId('L0')) },
    ...{ x: hundredths(2000), y: hundredths(2000), radius50: hundredths(100), radius90: hundredths(100) },
    zoneId: fc.option(zone),
    sectionId: fc.option(fc.constant(sectionId('s'))),
    zoneProbability: thousandths,
    zones: fc.array(fc.tuple(zone, thousandths), { maxLength: 5 }),
    moving: fc.boolean(),
  });
  fc.assert(
    fc.property(some, (fix) => {
      expect(heldFix(tag, holdFix(fix))).toEqual(fix);
    }),
    { seed: 1 },
  );
});
