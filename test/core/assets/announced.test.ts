import { describe, expect, it } from 'vitest';
import { type Announced, announcedOf, isNews } from '../../../src/assets/announced';
import { type Asset, nothingSaid } from '../../../src/assets/asset';
import type { Look } from '../../../src/assets/asset-views';
import { tagId } from '../../../src/core';

const pump: Asset = {
  ...{ id: 'pump-1', name: 'Pump 1', kind: 'infusion-pump', number: null, serial: null, tagIds: [tagId('aa01')] },
  ...{ ownerSectionId: null, homeUnitId: null, notes: null, photo: null, said: nothingSaid },
};
const look: Look = {
  ...{ tagId: tagId('aa01'), tagsApart: false, claim: null, place: null },
  judged: {
    ...{ status: 'free', probability: 0.9, isProbable: false, freeProbability: 0.9, spots: [], since: null },
    evidence: [
      { code: 'rests-in', status: 'free', weight: 2, spaceType: 'clean-utility' },
      { code: 'rested-long', status: 'free', weight: 1 },
    ],
  },
};
const told = (asset: Asset, seen: Look): Announced => announcedOf(asset, seen);
const before = told(pump, look);

describe('what is worth announcing of an asset', () => {
  it('is everything of one not told of yet', () => {
    expect(isNews(before, undefined)).toBe(true);
  });

  it('is a name, a claim, a status or a reason that is another', () => {
    expect(isNews(told({ ...pump, name: 'Pump 1b' }, look), before)).toBe(true);
    expect(isNews(told(pump, { ...look, claim: { by: 'Ward 3', at: 0, until: 1 } }), before)).toBe(true);
    expect(isNews(told(pump, { ...look, judged: { ...look.judged, status: 'unknown' } }), before)).toBe(true);
    expect(isNews(told(pump, { ...look, judged: { ...look.judged, isProbable: true } }), before)).toBe(true);
    const [first] = look.judged.evidence;
    const lone = { ...look.judged, evidence: first === undefined ? [] : [first] };
    expect(isNews(told(pump, { ...look, judged: lone }), before)).toBe(true);
  });

  it('is not an entry read again, how much a reason weighs or which is named first', () => {
    expect(isNews(told({ ...pump }, look), before)).toBe(false);
    const turned = look.judged.evidence.map((reason) => ({ ...reason, weight: 3 })).toReversed();
    expect(isNews(told(pump, { ...look, judged: { ...look.judged, evidence: turned } }), before)).toBe(false);
  });

  it('is a chance that it is free only once it has changed by a good deal', () => {
    const withFree = (freeProbability: number): Announced =>
      told(pump, { ...look, judged: { ...look.judged, freeProbability } });
    expect(isNews(withFree(0.8), before)).toBe(false);
    expect(isNews(withFree(0.7), before)).toBe(true);
  });
});
