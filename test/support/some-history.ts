import type { TagClass } from '../../src/core';
import type { Database } from '../../src/database/database.module';
import { fixDaysOf, rollupsOf } from '../../src/history/choose-fix-days';
import { HourCount } from '../../src/history/count-hours';
import { HistoryWriter } from '../../src/history/history.writer';
import { OccupancyHistory } from '../../src/history/occupancy';
import type { RecordableMove } from '../../src/history/rows';
import { Trail } from '../../src/history/trail';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const tags = ['tag-a', 'tag-b', 'tag-c'];
const retention = { days: 30, byClass: new Map<TagClass, number>() };

/** Three days of three tags that change rooms, counted, with what is old in TimescaleDB's columnstore; and a registry. */
export async function writeSomeHistory(database: Database, now: number): Promise<void> {
  const { kind, pool } = database;
  const start = Math.floor(now / dayMs) * dayMs - 3 * dayMs;
  const days = fixDaysOf(database, retention);
  const writer = new HistoryWriter(database, days, { know: async () => undefined, of: () => 'asset' });
  await pool.query(
    `insert into asset (site_id, id, name, kind) values ('s', 'pump', 'Pump 1', 'infusion-pump');
     insert into tag_assignment (site_id, tag_id, class, asset_id) values ('s', 'tag-a', 'asset', 'pump')`,
  );
  await pool.query('update stay_count set until = $1', [new Date(start)]);
  await writer.positions(1);
  const moves: RecordableMove[] = [];
  for (let at = start; at < now; at += 600_000) {
    for (const [i, tag] of tags.entries()) moves.push(moveOf(tag, at + i * 1_234, (at / 600_000 + i) % 7 === 0));
  }
  await writer.write([{ shard: 0, from: '0-0', entries: [{ id: '1-0', moves }] }]);
  await new HourCount(database, days, rollupsOf(database)).countDue(now);
  if (kind === 'plain') return;
  for (const view of ['section_presence_hour', 'section_presence_day']) {
    await pool.query(`call refresh_continuous_aggregate('${view}', null, null)`);
  }
  await pool.query(`select compress_chunk(c) from show_chunks('fix', older_than => interval '1 day') c`);
}

function moveOf(tagId: string, at: number, enters: boolean): RecordableMove {
  const room = Math.floor(at / 600_000) % 4;
  const place = { zoneId: `room-${room}`, sectionId: `section-${room % 2}`, levelId: 'L0' };
  const fix = {
    at,
    ...place,
    x: room + 0.123_456,
    y: 2,
    radius50: 1,
    radius90: 2,
    zoneProbability: 0.75,
    moving: enters,
  };
  return { tagId, keep: true, fix, changes: enters ? [{ type: 'entered', ...place, at }] : [] };
}

/** What is asked of it: every trail, every stay, every hour and day of every section, and the registry. */
export async function answersOf(database: Database, now: number): Promise<unknown> {
  const [trail, occupancy] = [new Trail(database), new OccupancyHistory(database)];
  const answers: unknown[] = [];
  for (const tag of tags) answers.push(await trail.trail(tag, 0, now), await trail.stays(tag, 0, now));
  for (const sectionId of ['section-0', 'section-1']) {
    for (const by of ['hour', 'day'] as const) {
      answers.push(await occupancy.ofSection({ sectionId, from: now - 5 * dayMs, to: now, by, now }));
    }
  }
  const registry = await database.kysely.selectFrom('asset').selectAll().execute();
  return [...answers, registry];
}
