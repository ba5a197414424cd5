import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPostgres } from '../../src/embedded/postgres';
import { openDatabase, privateConfig } from '../support/private-services';
import { answersOf, writeSomeHistory } from '../support/some-history';
import { temporaryDirectory } from '../support/temporary-directory';

test('a copy of a stopped data directory gives the same answers', { timeout: 180_000 }, async () => {
  const [dataDir, copy] = [temporaryDirectory(), join(temporaryDirectory(), 'copy')];
  const now = Date.now();
  const start = async (dir: string) => {
    const server = await startPostgres({ dataDir: dir, durable: false });
    onTestFinished(() => server.stop());
    return {
      server,
      database: await openDatabase(privateConfig({ DATABASE_URL: server.url, DATABASE_SCHEMA: 'public' })),
    };
  };
  const first = await start(dataDir);
  await writeSomeHistory(first.database, now);
  const answers = await answersOf(first.database, now);
  expect(answers).not.toContainEqual([]);
  await first.server.stop();
  // Owner and modes come along, without which PostgreSQL does not start.
  execFileSync('cp', ['-a', dataDir, copy]);
  const second = await start(copy);
  expect(await answersOf(second.database, now)).toEqual(answers);
});
