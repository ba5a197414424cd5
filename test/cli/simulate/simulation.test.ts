import { beforeAll, describe, expect, it } from 'vitest';
import { gatewayId, isInPolygon, type Site } from '../../../src/core';
import { routerOf } from '../../../src/cli/simulate/on-foot';
import { readPieces, scalePieces } from '../../../src/cli/simulate/pieces';
import { Propagation } from '../../../src/cli/simulate/propagation';
import { seededRandom } from '../../../src/cli/simulate/random';
import { Simulation, type Truth } from '../../../src/cli/simulate/simulation';
import { loadSite } from '../../../src/sites/site-files';

const siteDir = 'floorplans/general-hospital';
const startAt = Date.UTC(2026, 0, 5, 8);

describe('the simulated hospital', () => {
  let site: Site;
  const begin = async (seed: number, tags = 60, strangers = 3): Promise<Simulation> => {
    const pieces = scalePieces(await readPieces(siteDir), tags, site, seededRandom(seed));
    return new Simulation({ site, pieces, route: routerOf(site), seed, startAt, strangers });
  };
  const minutes = (
    simulation: Simulation,
    count: number,
    each: (truth: Truth[]) => void = () => undefined,
  ): string[] => {
    const heard: string[] = [];
    for (let i = 0; i < count * 300; i++) {
      for (const { gatewayId: g, tagId, rssi, at } of simulation.step(200).heard)
        heard.push([g, tagId, rssi, at].join());
      if (i % 5 === 4) each(simulation.truth());
    }
    return heard;
  };

  beforeAll(async () => {
    ({ site } = await loadSite(siteDir));
  });

  it('has the same day for the same seed, and another for another', async () => {
    const [one, same, other] = [await begin(7), await begin(7), await begin(8)];
    const first = minutes(one, 2);
    expect(minutes(same, 2)).toEqual(first);
    expect(minutes(other, 2)).not.toEqual(first);
  });

  it('keeps every tag inside the building, and carries some from level to level', async () => {
    const simulation = await begin(3, 100);
    const levelsSeen = new Map<string, Set<string>>();
    let outside = 0;
    minutes(simulation, 10, (truth) => {
      for (const { tagId, levelId, x, y } of truth) {
        const level = site.levels.find(({ id }) => id === levelId);
        const outline = level?.outline ?? null;
        if (outline === null || !isInPolygon(x, y, outline)) outside++;
        levelsSeen.set(tagId, (levelsSeen.get(tagId) ?? new Set()).add(levelId));
      }
    });
    expect(outside).toBe(0);
    expect([...levelsSeen.values()].some((levels) => levels.size > 1)).toBe(true);
  });

  it('lets nothing move faster than a hurrying person on a level', async () => {
    const simulation = await begin(5, 80);
    let before = new Map<string, Truth>();
    let fastest = 0;
    minutes(simulation, 10, (truth) => {
      for (const now of truth) {
        const then = before.get(now.tagId);
        if (then?.levelId !== now.levelId) continue;
        fastest = Math.max(fastest, Math.hypot(now.x - then.x, now.y - then.y));
      }
      before = new Map(truth.map((now) => [now.tagId, now]));
    });
    expect(fastest).toBeLessThan(2);
  });

  it('hears strangers too: tags that nobody enrolled', async () => {
    const simulation = await begin(2, 5, 4);
    const enrolled = new Set(simulation.truth().map(({ tagId }) => tagId));
    const heard = new Set(minutes(simulation, 1).map((line) => line.split(',')[1] ?? ''));
    expect([...heard].filter((tag) => !enrolled.has(tag as Truth['tagId']))).toHaveLength(4);
  });

  it('speaks the format each gateway is said to speak', async () => {
    const simulation = await begin(2, 60);
    const topics = new Set<string>();
    for (let i = 0; i < 50; i++)
      for (const { topic } of simulation.step(200).sent) topics.add(topic?.split('/')[0] ?? '');
    const formats = new Set([...site.gatewayById.values()].map(({ format }) => format));
    expect(formats.size).toBeGreaterThan(1);
    expect(topics.size).toBeGreaterThan(1);
  });

  it('makes up tags when more are wanted than the hospital has', async () => {
    const pieces = scalePieces(await readPieces(siteDir), 1000, site, seededRandom(1));
    expect(new Set(pieces.map(({ tagId }) => tagId)).size).toBe(1000);
  });
});

describe('the simulated air', () => {
  it('is weaker far away, and much weaker through a slab', async () => {
    const { site } = await loadSite(siteDir);
    const air = new Propagation(site, 1);
    const receiver = air.receivers.find(({ level }) => level === 1);
    if (receiver === undefined) throw new Error('The plan has no gateway on its second level');
    const { x, y } = receiver.gateway;
    const mean = (level: number, dx: number): number => air.mean({ level, x: x + dx, y, z: 1 }, receiver);
    expect(mean(1, 1)).toBeGreaterThan(mean(1, 25) + 10);
    expect(mean(1, 1)).toBeGreaterThan(mean(2, 1) + 10);
    expect(receiver.gateway.id).toBe(gatewayId(receiver.gateway.id));
  });
});
