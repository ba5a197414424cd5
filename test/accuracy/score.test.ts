import { describe, expect, it } from 'vitest';
import { type Fix, levelId, sectionId, unitId } from '../../src/core';
import { judge } from '../../src/cli/score/judge';
import type { Truth } from '../../src/cli/score/read-ndjson';
import { score } from '../../src/cli/score/score';
import { joinBins } from '../../src/cli/score/zone-score';
import { summarise } from '../../src/cli/score/summary';
import { box, madeSite, tag } from '../core/made-site';

const site = madeSite({ rooms: { a: box(0, 0, 10, 10), b: box(10, 0, 20, 10) }, gateways: [[0, 0]] });
const level = levelId('L0');

const fixAt = (at: number, x: number, zone: string | null, probability = 0.8): Fix => ({
  tagId: tag,
  at,
  levelId: level,
  x,
  y: 5,
  radius50: 1,
  radius90: 3,
  zoneId: zone === null ? null : unitId(zone),
  sectionId: null,
  zoneProbability: probability,
  zones: [],
  moving: true,
});

const truthAt = (at: number, x: number): Truth => ({ tagId: tag, at, levelId: level, x, y: 5 });

describe('scoring', () => {
  const fixes = [fixAt(1000, 4, 'a'), fixAt(3000, 12, 'b', 0.6), fixAt(3500, 8, 'a', 0.6)];
  const truths = [truthAt(500, 5), truthAt(1000, 4), truthAt(2000, 6), truthAt(3999, 12)];
  const verdicts = judge(fixes, truths, site);

  it('takes the newest fix not after the instant, and the centre of the level before the first', () => {
    expect(verdicts.map(({ error }) => error)).toEqual([5, 0, 2, 4]);
    expect(verdicts.map(({ fix }) => fix?.at ?? null)).toEqual([null, 1000, 1000, 3500]);
  });

  it('counts errors, radii, zones and changes', () => {
    expect(score(verdicts, fixes, site)).toMatchObject({
      count: 4,
      withoutFix: 1,
      mean: 2.75,
      median: 3,
      insideRadius50: 1 / 3,
      insideRadius90: 2 / 3,
      levelAccuracy: 0.75,
      zoneAccuracy: 0.5,
      worstZone: { zoneId: 'b', accuracy: 0, count: 1 },
      trueZoneChanges: 1,
      zoneChanges: 2,
      zoneChangesPerTrueChange: 2,
    });
  });

  it('puts what fixes said of their zone against how often they were right', () => {
    expect(score(verdicts, fixes, site).zoneReliability).toEqual([
      { from: 0.6, to: 0.7, count: 1, said: 0.6, right: 0 },
      { from: 0.8, to: 0.9, count: 2, said: 0.8, right: 1 },
    ]);
  });

  it('judges a section that was named without a room by the section the truth lies in', () => {
    const [ward, other] = [sectionId('ward'), sectionId('other')];
    const unitById = new Map([...site.unitById].map(([id, unit]) => [id, { ...unit, sectionId: ward }] as const));
    const named = (at: number, section: typeof ward, said: number): Fix => {
      return { ...fixAt(at, 4, null, said), sectionId: section };
    };
    const answers = [fixAt(1000, 4, 'a', 0.55), named(2000, ward, 0.85), named(3000, other, 0.85)];
    const all = [1000, 2000, 3000].map((at) => truthAt(at, 4));
    expect(score(judge(answers, all, site), answers, { ...site, unitById })).toMatchObject({
      roomsNamed: 1 / 3,
      sectionsNamed: 2 / 3,
      zoneReliability: [{ count: 1, said: 0.55, right: 1 }],
      sectionReliability: [{ count: 2, said: 0.85, right: 0.5 }],
    });
    const bins = joinBins([
      [{ from: 0.8, to: 0.9, count: 2, said: 0.85, right: 0.5 }],
      [{ from: 0.8, to: 0.9, count: 6, said: 0.81, right: 0.9 }],
    ]);
    expect(bins).toMatchObject([{ from: 0.8, count: 8, right: expect.closeTo(0.8, 9) as number }]);
  });

  it('says nothing of metres when truths have zones only', () => {
    const zoned: Truth[] = [{ tagId: tag, at: 1000, levelId: level, zoneId: 'a' }];
    const result = score(judge(fixes, zoned, site), fixes, site);
    expect(result.mean).toBeUndefined();
    expect(result.zoneAccuracy).toBe(1);
  });
});

it('quantiles lie between ranks', () => {
  expect(summarise([1, 2, 3, 4, 5])).toEqual({ mean: 3, median: 3, p75: 4, p90: 4.6, p95: 4.8 });
});
