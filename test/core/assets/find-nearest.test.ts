import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Asset, type HeldSaid, nothingSaid } from '../../../src/assets/asset';
import { AssetViews } from '../../../src/assets/asset-views';
import { FindNearest } from '../../../src/assets/find-nearest';
import type { NearestQuestion } from '../../../src/assets/nearest-question';
import { Places } from '../../../src/assets/places';
import { rulesAsShipped } from '../../../src/assets/rule-book';
import { levelId, sectionId, tagId, unitId } from '../../../src/core';
import { SiteModelSource } from '../../../src/sites/site-model-source';
import { box, door, unit, writeAssetsSite } from '../../support/assets-site';

const now = Date.UTC(2026, 10, 22, 12);

/** Behind the ward: a store with this door, and a second ward with a desk. */
const annex = (access?: 'staff' | 'locked'): object[] => [
  unit('store', { category: 'nonpublic', spaceType: 'clean-utility' }, box(24, 3, 30, 8)),
  door('store-door', ['corridor', 'store'], {
    from: [26, 3],
    to: [27, 3],
    ...(access === undefined ? {} : { access }),
  }),
  {
    type: 'Feature',
    id: 'east',
    properties: { feature_type: 'section', name: { en: 'East', fr: 'Est' } },
    geometry: box(40, 0, 60, 8),
  },
  unit('hall', { category: 'walkway', spaceType: 'corridor', sectionId: 'east' }, box(40, 0, 60, 3)),
  unit('desk', { category: 'nonpublic', spaceType: 'nurse-station', sectionId: 'east' }, box(40, 3, 50, 8)),
  unit('bedside', { category: 'room', spaceType: 'patient-room', sectionId: 'east' }, box(50, 3, 60, 8)),
  door('way-east', ['corridor', 'hall'], { from: [40, 1], to: [40, 2] }),
  door('desk-door', ['hall', 'desk'], { from: [44, 3], to: [45, 3] }),
  door('bedside-door', ['hall', 'bedside'], { from: [54, 3], to: [55, 3] }),
];

interface Put {
  readonly unit: string;
  readonly x: number;
  readonly level?: string;
}

/** Pumps at rest where they are put, one after the other, and the finder that is to find them. */
async function hospitalWith(put: readonly Put[], features: readonly object[] = annex()) {
  const siteDir = writeAssetsSite([], features);
  const source = await SiteModelSource.load({ siteDir, dataDir: join(siteDir, 'data') });
  const places = new Places(source);
  const pumps = put.map(({ unit, x, level = 'L0' }, i): Asset => {
    const tag = tagId(`pump${i}`);
    const zoneId = unitId(unit);
    const at = { tagId: tag, at: now, levelId: levelId(level), x, y: 6, radius50: 1, radius90: 2, moving: false };
    const section = source.site.unitById.get(zoneId)?.sectionId ?? sectionId('ward');
    const zone = { zoneId, sectionId: section, zoneProbability: 0.9, zones: [[zoneId, 0.9]] as const };
    const presence = { zoneId, levelId: levelId(level), since: now - 60_000 };
    places.put({ fix: { ...at, ...zone }, presence, restingSince: now - 60_000 });
    const named = {
      id: `pump-${i}`,
      name: `Pump ${i}`,
      kind: 'infusion-pump',
      number: null,
      serial: null,
      notes: null,
    };
    const owned = { ownerSectionId: null, homeUnitId: null, photo: null };
    return { ...named, ...owned, tagIds: [tag], said: nothingSaid };
  });
  const views = new AssetViews(places, rulesAsShipped, { of: () => null });
  const registry = { ofKind: () => pumps, byId: () => undefined, version: 0 };
  const finder = new FindNearest(registry, views, source);
  const from = finder.readOrigin('unit:patient');
  if (typeof from === 'string') throw new Error(from);
  const find = (asked: Partial<NearestQuestion> = {}, at = now) => {
    const usual = { kind: 'infusion-pump', availability: 'free', limit: 5, with: 'none', shown: [] } as const;
    return finder.answer({ ...usual, from, ...asked }, at);
  };
  const say = (index: number, said: Partial<HeldSaid>): void => {
    const pump = pumps[index];
    if (pump === undefined) throw new RangeError(`Unexpected pump ${index}`);
    pumps[index] = { ...pump, said: { ...pump.said, ...said } };
    registry.version++;
  };
  return { find, say, places };
}

const withPumps = async (put: readonly Put[], features?: readonly object[]) => (await hospitalWith(put, features)).find;

const ids = ({ results }: { results: readonly { asset: { id: string } }[] }) => results.map(({ asset }) => asset.id);

describe('where no way leads', () => {
  const inStore = { unit: 'store', x: 27 };
  const nearby = { unit: 'clean', x: 12 };

  it('behind a locked door, a free one is no answer, and is counted beside those that are', async () => {
    const find = await withPumps([inStore, inStore, nearby], annex('locked'));
    expect(ids(find())).toEqual(['pump-2']);
    expect(find().leftOut).toEqual({ unavailable: 0, claimed: 0, unplaced: 0, unreachable: 2 });
  });

  it('when all are behind it, none is an answer and all are counted', async () => {
    const find = await withPumps([inStore], annex('locked'));
    expect(find()).toMatchObject({ results: [], leftOut: { unreachable: 1 } });
  });

  it('a door for staff is one for who has a badge, and none for who has not', async () => {
    const find = await withPumps([inStore], annex('staff'));
    expect(ids(find({ hasBadge: true }))).toEqual(['pump-0']);
    expect(find({ hasBadge: false })).toMatchObject({ results: [], leftOut: { unreachable: 1 } });
  });

  it('by stairs only, one with a bed does not come to it', async () => {
    const find = await withPumps([{ unit: 'up-clean', x: 12, level: 'L1' }, nearby]);
    expect(ids(find())).toEqual(['pump-1', 'pump-0']);
    expect(find().leftOut.unreachable).toBe(0);
    expect(ids(find({ with: 'bed' }))).toEqual(['pump-1']);
    expect(find({ with: 'bed' }).leftOut.unreachable).toBe(1);
  });

  it('they are counted though more rooms can be reached than are weighed', async () => {
    const here = ['patient', 'clean', 'soiled', 'corridor', 'stair', 'hall', 'desk', 'bedside'];
    const above = ['up-patient', 'up-clean', 'up-soiled', 'up-corridor', 'up-stair'];
    const everywhere = [
      ...here.map((unit) => ({ unit, x: 12 })),
      ...above.map((unit) => ({ unit, x: 12, level: 'L1' })),
    ];
    const find = await withPumps([...everywhere, inStore], annex('locked'));
    expect(find({ availability: null, limit: 1 }).leftOut.unreachable).toBe(1);
  });
});

describe('when all are in use', () => {
  it('names the nearest departments that have any, with the desk to ask at', async () => {
    const find = await withPumps([
      { unit: 'bedside', x: 55 },
      { unit: 'bedside', x: 56 },
    ]);
    const { results, soonest, ask } = find();
    expect(results).toEqual([]);
    expect(soonest.map(({ wait }) => wait.why)).toEqual(['in-use', 'in-use']);
    expect(ask).toMatchObject([{ section: { id: 'east' }, unit: { id: 'desk' }, level: { id: 'L0' }, pieces: 2 }]);
    expect(ask[0]?.seconds).toBeGreaterThan(30);
  });
});

describe('what is kept between two questions', () => {
  const near = { unit: 'clean', x: 12 };
  const far = { unit: 'store', x: 27 };

  it('a claim counts from the next question on, and ends to the millisecond', async () => {
    const { find, say } = await hospitalWith([near, far]);
    expect(ids(find())).toEqual(['pump-0', 'pump-1']);
    say(0, { claim: { by: 'tablet-a', at: now, until: now + 300 } });
    expect(ids(find({ tablet: 'tablet-b' }, now + 1))).toEqual(['pump-1']);
    expect(find({ tablet: 'tablet-b' }, now + 1).leftOut.claimed).toBe(1);
    expect(ids(find({ tablet: 'tablet-b' }, now + 300))).toEqual(['pump-0', 'pump-1']);
  });

  it('who holds it goes on seeing it, whoever asked before', async () => {
    const { find, say } = await hospitalWith([near, far]);
    say(0, { claim: { by: 'tablet-a', at: now, until: now + 600_000 } });
    expect(ids(find({ tablet: 'tablet-b' }))).toEqual(['pump-1']);
    expect(ids(find({ tablet: 'tablet-a' }))).toEqual(['pump-0', 'pump-1']);
    expect(ids(find({ tablet: 'tablet-b' }))).toEqual(['pump-1']);
  });

  it('a correction counts from the next question on', async () => {
    const { find, say } = await hospitalWith([near, far]);
    expect(ids(find())).toEqual(['pump-0', 'pump-1']);
    const said = { status: 'in-use', note: null, reason: null, correction: 'in-use', rowId: '1' } as const;
    say(0, { staff: { ...said, at: now, confirmedAt: now, spaceType: 'clean-utility' } });
    expect(ids(find({}, now + 1))).toEqual(['pump-1']);
    say(0, { staff: null });
    expect(ids(find({}, now + 2))).toEqual(['pump-0', 'pump-1']);
  });

  it('a move counts within a second', async () => {
    const { find, places } = await hospitalWith([near, far]);
    expect(ids(find())).toEqual(['pump-0', 'pump-1']);
    const placed = places.get(tagId('pump0'));
    if (placed === undefined) throw new Error('the pump has a place');
    const bedside = { zoneId: unitId('bedside'), sectionId: sectionId('east'), zoneProbability: 0.9 };
    const { tagId: tag, levelId: level, y, radius50, radius90, moving } = placed;
    const spot = { tagId: tag, levelId: level, x: 55, y, radius50, radius90, moving, at: now + 1 };
    const fix = { ...spot, ...bedside, zones: [[unitId('bedside'), 0.9]] as const };
    const presence = { zoneId: bedside.zoneId, levelId: placed.levelId, since: now + 1 };
    places.put({ fix, presence, restingSince: now + 1 });
    expect(ids(find({}, now + 1_000))).toEqual(['pump-1']);
  });

  it('asked all the time among many, a move counts within a second all the same, and once', async () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ unit: i % 2 === 0 ? 'clean' : 'store', x: 12 + (i % 5) }));
    const { find, places } = await hospitalWith(many);
    expect(find().leftOut.unplaced).toBe(0);
    places.forget(tagId('pump0'));
    const told = Array.from({ length: 101 }, (_, i) => find({}, now + 10 * i).leftOut.unplaced);
    expect(told.at(-1)).toBe(1);
    expect(new Set(told)).toEqual(new Set([0, 1]));
  });

  it('what a tablet shows stays, though its room is full of others as good', async () => {
    const { find } = await hospitalWith(Array.from({ length: 12 }, () => near));
    expect(ids(find({ limit: 3 }))).not.toContain('pump-11');
    expect(ids(find({ limit: 3, shown: ['pump-11'] }))).toContain('pump-11');
    expect(ids(find({ limit: 12 })).length).toBe(12);
  });

  it('the same is asked for in two ways without one answer standing for the other', async () => {
    const find = await withPumps([near, { unit: 'bedside', x: 55 }]);
    expect(ids(find())).toEqual(['pump-0']);
    expect(ids(find({ availability: 'in-use' }))).toEqual(['pump-1']);
    expect(ids(find({ availability: null }))).toEqual(['pump-0', 'pump-1']);
  });
});
