import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../src/cli/simulate/random';
import { survey } from '../../src/cli/simulate/survey';
import { buildSite, fitCalibration, type Gateway, type Site } from '../../src/core';
import { loadSite } from '../../src/sites/site-files';

/** A survey of so many places of the demonstration hospital, through its walls and with antennas that differ. */
const places = 120;
let site: Site;
beforeAll(async () => {
  site = (await loadSite(join(__dirname, '..', '..', 'floorplans', 'general-hospital'))).site;
});

/** The plan with one gateway drawn elsewhere on its level. */
function drawnElsewhere(gateway: Gateway, metres: number): Site {
  const bounds = site.levelById.get(gateway.levelId)?.bounds ?? { minX: 0, maxX: 0 };
  const x = gateway.x + metres <= bounds.maxX ? gateway.x + metres : gateway.x - metres;
  return buildSite({
    ...site,
    gateways: [...site.gatewayById.values()].map((own) => (own.id === gateway.id ? { ...own, x } : own)),
  });
}

it('names hardly any gateway that hangs where it is drawn, in the demonstration hospital', () => {
  const named = [1, 2, 3, 4].map((seed) => fitCalibration(site, survey(site, seed, places), 0).suspects);
  expect(named.flat().filter(({ kind }) => kind === 'moved')).toEqual([]);
  // Some antennas of this hospital do hear 5 dB more or less than the others.
  expect(named.flat().length).toBeLessThanOrEqual(6);
});

it('names a gateway that is drawn 18 m from where it hangs, and a place nearer to that', () => {
  for (const seed of [1, 2]) {
    const points = survey(site, seed, places);
    const isHeard = ({ id, levelId }: Gateway): boolean =>
      points.filter((point) => point.levelId === levelId && point.heard.some(({ gatewayId }) => gatewayId === id))
        .length >= 16;
    const heard = [...site.gatewayById.values()].filter(isHeard);
    const gateway = heard[Math.floor(seededRandom(seed).uniform() * heard.length)];
    if (gateway === undefined) throw new Error('nothing was heard');
    const suspect = fitCalibration(drawnElsewhere(gateway, 18), points, 0).suspects.find(
      ({ gatewayId }) => gatewayId === gateway.id,
    );
    if (suspect?.kind !== 'moved') throw new Error(`${gateway.id} was not named as moved`);
    expect(Math.hypot(suspect.x - gateway.x, suspect.y - gateway.y)).toBeLessThan(12);
  }
});
