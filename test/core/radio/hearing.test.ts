import { describe, expect, it } from 'vitest';
import { buildSite, fitCalibration, type Site, type SurveyPoint } from '../../../src/core';
import { chanceHeard, fitHearing } from '../../../src/core/radio/hearing';
import { pairsOf } from '../../../src/core/radio/pairs';
import { fitSlabs } from '../../../src/core/radio/slab';
import { box, madeSite, seededNoise } from '../made-site';

const line = { rssi1m: -60, exponent: 2, wallDb: 0, sigma: 3 };
const slabDb = 11;
const deafBelow = -84;

/** Two bare levels, one over the other, with gateways all over both. */
function halls(): Site {
  const places = [4, 12, 20, 28, 36].flatMap((x) => [4, 12, 20].map((y) => [x, y] as const));
  const made = madeSite(...[0, 1].map((i) => ({ rooms: { [`hall-${i}`]: box(0, 0, 40, 24) }, gateways: places })));
  return buildSite({ ...made, levels: [...made.levels], gateways: [...made.gatewayById.values()] });
}

/** What is heard at places all over both levels, by the line, through the slab, with noise, by ears that end at a level. */
function surveyOf(site: Site): SurveyPoint[] {
  const noise = seededNoise(5, 1);
  const gateways = [...site.gatewayById.values()];
  return site.levels.flatMap((level) =>
    Array.from({ length: 60 }, (_, i): SurveyPoint => {
      const [x, y] = [2 + (i % 10) * 4, 2 + Math.floor(i / 10) * 4];
      const heard = gateways.flatMap((gateway) => {
        const home = site.levelById.get(gateway.levelId) ?? level;
        const rise = home.elevation + gateway.z - level.elevation - site.tagHeight;
        const slant = Math.hypot(x - gateway.x, y - gateway.y, rise);
        const through = home === level ? 0 : slabDb;
        const rssi = line.rssi1m - 10 * line.exponent * Math.log10(slant) - through + 3 * noise();
        return rssi < deafBelow ? [] : [{ gatewayId: gateway.id, rssi }];
      });
      return { pointId: `${level.id}-${i}`, levelId: level.id, x, y, heard };
    }),
  );
}

describe('what a survey says of hearing', () => {
  const site = halls();
  const survey = surveyOf(site);

  it('finds where ears end, from who heard a place and who did not', () => {
    const hearing = fitHearing(
      pairsOf(site, survey, () => line),
      () => line,
    );
    expect(Math.abs((hearing?.halfDbm ?? 0) - deafBelow)).toBeLessThanOrEqual(2);
    expect(chanceHeard(-65, hearing ?? { halfDbm: 0, blurDb: 1, most: 0 })).toBeGreaterThan(0.7);
    expect(chanceHeard(-100, hearing ?? { halfDbm: 0, blurDb: 1, most: 1 })).toBeLessThan(0.05);
  });

  it('finds the loss of the slab, though through it only the loud is heard', () => {
    const pairs = pairsOf(site, survey, () => line);
    const slab = fitSlabs(pairs, () => line, { halfDbm: deafBelow, blurDb: 1, most: 0.95, fadingDb: 1 });
    expect(Math.abs((slab?.db ?? 0) - slabDb)).toBeLessThanOrEqual(2);
    expect(slab?.wallShare).toBeGreaterThanOrEqual(0);
  });

  it('takes walls to make nothing louder, though behind them more was heard', () => {
    const heard = pairsOf(site, survey, () => line).filter(({ rssi }) => rssi !== null);
    const pairs = heard.map((pair, i) => ({ ...pair, walls: i % 3, rssi: (pair.rssi ?? 0) + 12 * (i % 3) }));
    const slab = fitSlabs(pairs, () => ({ ...line, wallDb: 8 }), {
      halfDbm: deafBelow,
      blurDb: 1,
      most: 0.95,
      fadingDb: 1,
    });
    expect(slab?.wallShare).toBe(0);
  });

  it('says nothing of either out of a handful of points', () => {
    const { calibration } = fitCalibration(site, survey.slice(0, 1), 0);
    expect(calibration.hearing).toBeUndefined();
    expect(calibration.slab).toBeUndefined();
  });

  it('believes a silence where every gateway hears all there is', () => {
    const loud = survey.map((point) => ({ ...point, heard: point.heard.map((own) => ({ ...own, rssi: -60 })) }));
    const flat = { ...line, rssi1m: -60, exponent: 0 };
    const hearing = fitHearing(
      pairsOf(site, loud, () => flat),
      () => flat,
    );
    expect(hearing?.most).toBeLessThan(0.9);
  });
});
