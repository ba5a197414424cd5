import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { levelId, type Move, type PresenceChange, type SiteModel, tagId, type UnitId, unitId } from '../../src/core';
import { HistoryWriter, type ShardMoves } from '../../src/history/history.writer';
import { Trail } from '../../src/history/trail';
import { movesOffline, staysOf } from '../support/expected-rows';
import { privateConfig, privateDatabase } from '../support/private-services';
import { heardAt, twoRooms } from '../support/two-rooms';

const zones = ['a', 'b', 'c'].map(unitId);
const noDays = { makeRoom: async () => undefined, tidy: async () => undefined };
const allEquipment = { know: async () => undefined, of: () => 'asset' as const };

let model: SiteModel;
beforeAll(async () => {
  model = await twoRooms();
});

/** What befalls a tag: into a zone, out of it, or silent; and how long after the event before, ms. */
const event = fc.record({
  what: fc.oneof(fc.constantFrom<UnitId | null>(...zones, null), fc.constant('silent' as const)),
  afterMs: fc.constantFrom(0, 0, 1, 1_000),
  newBatch: fc.boolean(),
});

function movesFrom(template: Move, events: readonly { what: UnitId | 'silent' | null; afterMs: number }[]): Move[] {
  let at = 1_700_000_000_000;
  let present: UnitId | null = null;
  return events.map(({ what, afterMs }) => {
    at += afterMs;
    const changes: PresenceChange[] = [];
    const change = (type: 'entered' | 'left', zoneId: UnitId) =>
      changes.push({ type, zoneId, sectionId: null, levelId: levelId('L0'), at });
    if (present !== null && present !== what) change('left', present);
    if (what === 'silent') changes.push({ type: 'silent', at });
    else if (what !== null && what !== present) change('entered', what);
    present = what === 'silent' ? null : what;
    return { ...template, keep: false, changes };
  });
}

test('stays are the same however the moves are cut into batches', async () => {
  const database = await privateDatabase(privateConfig());
  const writer = new HistoryWriter(database, noDays, allEquipment);
  const trail = new Trail(database);
  await writer.positions(1);
  let tags = 0;
  let entries = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
      const tag = tagId(`tag-${tags++}`);
      const [template] = movesOffline(model, heardAt(model, tag, [5, 6], 1_700_000_000_000));
      if (template === undefined) throw new Error('No move');
      const moves = movesFrom(template, events);
      const batches: ShardMoves['entries'][number][][] = [[]];
      for (const [i, move] of moves.entries()) {
        if (events[i]?.newBatch === true) batches.push([]);
        batches.at(-1)?.push({ id: `${++entries}-0`, moves: [{ ...move, changes: [...move.changes] }] });
      }
      for (const batch of batches) await writer.write([{ shard: 0, from: '0-0', entries: batch }]);
      expect(await trail.stays(tag, 0, 8e15)).toEqual(staysOf(moves));
    }),
    { numRuns: 150, seed: 2 },
  );
});
