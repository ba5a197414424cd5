import { register } from 'prom-client';
import { expect, onTestFinished, test } from 'vitest';
import { HealthReports } from '../../src/health/health-reports';
import { HealthServer } from '../../src/health/health-server';
import { privateConfig, privateDatabase, privateRedis } from '../support/private-services';
import { waitFor } from '../support/wait-for';

test('a background job of TimescaleDB that fails shows in deep health and as a metric', async () => {
  const config = privateConfig({ HEALTH_PORT: '0' });
  const database = await privateDatabase(config);
  const reports = new HealthReports(config, await privateRedis(config), database, new Set());
  register.removeSingleMetric('whereabouts_database_job_failing');
  const server = new HealthServer(config, reports);
  await server.onApplicationBootstrap();
  onTestFinished(() => server.onApplicationShutdown());
  expect(await reports.deep()).toMatchObject({ status: 'ok', jobs: [] });
  // Plain PostgreSQL has no jobs that could fail.
  if (database.kind === 'plain') return;
  await database.pool.query(
    `create procedure broken(job_id int, config jsonb) language plpgsql as
       $$ begin raise exception 'no room on the shelf'; end $$;
     select add_job('broken', '1 hour', initial_start => now())`,
  );
  onTestFinished(async () => {
    await database.pool.query(
      `select delete_job(job_id) from timescaledb_information.jobs where proc_schema = $1 and proc_name = 'broken'`,
      [config.databaseSchema],
    );
  });
  const jobs = await waitFor('the job to fail', async () => {
    const found = (await reports.jobs()) ?? [];
    return found.some(({ reason }) => reason !== null) && found;
  });
  expect(jobs).toMatchObject([{ job: 'broken', reason: 'no room on the shelf' }]);
  expect((await reports.deep()).status).toBe('jobs failing');
  const metrics = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  expect(metrics).toContain('whereabouts_database_job_failing{job="broken",table=""} 1');
});
