import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import type { TagClass } from '../../src/core';
import type { Database } from '../../src/database/database.module';
import { fixDaysOf, rollupsOf } from '../../src/history/choose-fix-days';
import { HourCount } from '../../src/history/count-hours';
import { HistoryWriter } from '../../src/history/history.writer';
import { type Occupancy, OccupancyHistory, type OccupancyStep } from '../../src/history/occupancy';
import type { RecordableMove } from '../../src/history/rows';
import { seededRandom } from '../../src/cli/simulate/random';
import { privateConfig, privateDatabase } from '../support/private-services';
import { waitFor } from '../support/wait-for';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Four days ago at midnight UTC. */
const start = Math.floor(Date.now() / dayMs) * dayMs - 4 * dayMs;
const retention = { days: 30, byClass: new Map<TagClass, number>() };
const sections = ['icu', 'ward'];

/** A tag goes into a room at `at`, or out of all rooms. */
interface Step {
  readonly tag: string;
  readonly at: number;
  readonly section: string | null;
}

interface Bench {
  readonly database: Database;
  readonly occupancy: OccupancyHistory;
  readonly write: (steps: readonly Step[]) => Promise<void>;
  /** Counts what is over at `now`, and lets TimescaleDB's policies run as if they were due. */
  readonly count: (now: number) => Promise<number>;
}

async function bench(): Promise<Bench> {
  const database = await privateDatabase(privateConfig());
  await database.pool.query('update stay_count set until = $1', [new Date(start)]);
  const days = fixDaysOf(database, retention);
  const classOf = (tag: string): TagClass => (tag.startsWith('badge') ? 'badge' : 'asset');
  const writer = new HistoryWriter(database, days, { know: async () => undefined, of: classOf });
  const counting = new HourCount(database, days, rollupsOf(database));
  await writer.positions(1);
  let entries = 0;
  return {
    database,
    occupancy: new OccupancyHistory(database),
    write: async (steps) => {
      const moves = steps.map(moveOf);
      await writer.write([{ shard: 0, from: '0-0', entries: [{ id: `${++entries}-0`, moves }] }]);
    },
    count: async (now) => {
      const counted = await counting.countDue(now);
      if (database.kind === 'timescale') await refreshAll(database);
      return counted;
    },
  };
}

async function refreshAll({ pool }: Database): Promise<void> {
  for (const view of ['unit_presence_hour', 'unit_presence_day', 'section_presence_hour', 'section_presence_day']) {
    // The background job of the same view may be at work: then once more.
    await waitFor(`${view} to be refreshed`, () =>
      pool.query(`call refresh_continuous_aggregate('${view}', null, null)`).then(
        () => true,
        (error: unknown) => {
          if (error instanceof DatabaseError && error.message.includes('concurrent refresh')) return false;
          throw error;
        },
      ),
    );
  }
}

function moveOf({ tag, at, section }: Step): RecordableMove {
  const room = { zoneId: `${section ?? ''}-1`, sectionId: section, levelId: 'L0' };
  const fix = { at, ...room, x: 1, y: 1, radius50: 1, radius90: 2, zoneProbability: 1, moving: false };
  const change = section === null ? { type: 'silent' as const, at } : { type: 'entered' as const, ...room, at };
  return { tagId: tag, keep: false, fix, changes: [change] };
}

/** The same by the words alone, from the steps of all tags: slow and plain. */
function expected(steps: readonly Step[], section: string, by: OccupancyStep, now: number): Occupancy[] {
  const stepMs = by === 'hour' ? hourMs : dayMs;
  const tags = [...new Set(steps.map(({ tag }) => tag))].filter((tag) => !tag.startsWith('badge'));
  const stays = tags.flatMap((tag) => {
    const own = steps.filter((step) => step.tag === tag);
    return own
      .map((step, i) => ({ tag, section: step.section, from: step.at, to: own[i + 1]?.at ?? now }))
      .filter((stay) => stay.section === section);
  });
  const answer: Occupancy[] = [];
  for (let at = start; at < now; at += stepMs) {
    const there = stays
      .map(({ tag, from, to }) => ({ tag, ms: Math.min(to, at + stepMs, now) - Math.max(from, at) }))
      .filter(({ ms }) => ms > 0);
    const ms = there.reduce((sum, stay) => sum + stay.ms, 0);
    if (ms > 0) answer.push({ at, kind: 'unknown', tags: new Set(there.map(({ tag }) => tag)).size, ms });
  }
  return answer;
}

/** Some days of tags that come and go, in the order of time. */
function somedays(tags: number, until: number): Step[] {
  const random = seededRandom(5);
  const steps = Array.from({ length: tags }, (_, i) => {
    const tag = i % 5 === 4 ? `badge-${i}` : `tag-${i}`;
    const own: Step[] = [];
    for (let at = start + random.uniform() * hourMs; at < until; at += random.uniform() * 9 * hourMs) {
      own.push({ tag, at: Math.round(at), section: random.pick([...sections, null]) });
    }
    return own;
  }).flat();
  return steps.sort((a, b) => a.at - b.at);
}

async function expectAnswers({ occupancy }: Bench, steps: readonly Step[], now: number): Promise<void> {
  for (const sectionId of sections) {
    for (const by of ['hour', 'day'] as const) {
      const answer = await occupancy.ofSection({ sectionId, from: start, to: now, by, now });
      expect(answer).toEqual(expected(steps, sectionId, by, now));
    }
  }
}

test('hours and days are those of the stays, whether counted yet or not', async () => {
  const on = await bench();
  const now = start + 2 * dayMs + 7.4 * hourMs;
  const steps = somedays(20, now);
  await on.write(steps);
  await expectAnswers(on, steps, now);
  // Half of it is counted, then all that is over.
  await on.count(start + dayMs + 3.5 * hourMs);
  await expectAnswers(on, steps, now);
  expect(await on.count(now)).toBeGreaterThan(20);
  await expectAnswers(on, steps, now);
  expect(await on.count(now)).toBe(0);
});

test('an hour that was counted is counted again when a later row changes it', async () => {
  const on = await bench();
  const now = start + 30.5 * hourMs;
  const steps = somedays(8, now);
  const late = steps.filter(({ tag }) => tag === 'tag-1' || tag === 'tag-2');
  const inTime = steps.filter((step) => !late.includes(step));
  await on.write(inTime);
  await on.count(now);
  await on.write(late);
  expect(await on.count(now)).toBeGreaterThan(20);
  await expectAnswers(on, steps, now);
});

test('kinds are told apart as the registry has them', async () => {
  const on = await bench();
  await on.database.pool.query(
    `insert into asset (site_id, id, name, kind) values ('s', 'a', 'A', 'infusion-pump'), ('s', 'b', 'B', 'wheelchair');
     insert into tag_assignment (site_id, tag_id, class, asset_id)
     values ('s', 'tag-0', 'asset', 'a'), ('s', 'tag-1', 'asset', 'b')`,
  );
  const now = start + 5 * hourMs;
  await on.write([
    { tag: 'tag-0', at: start, section: 'icu' },
    { tag: 'tag-1', at: start + hourMs / 2, section: 'icu' },
  ]);
  await on.count(start + 3.5 * hourMs);
  for (const hour of [0, 4]) {
    const at = start + hour * hourMs;
    const answer = await on.occupancy.ofSection({ sectionId: 'icu', from: at, to: at + 1, by: 'hour', now });
    expect(answer).toEqual([
      { at, kind: 'infusion-pump', tags: 1, ms: hourMs },
      { at, kind: 'wheelchair', tags: 1, ms: hour === 0 ? hourMs / 2 : hourMs },
    ]);
  }
});
