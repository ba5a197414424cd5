import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, register } from 'prom-client';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { listen } from '../http/listen';
import { allMetrics } from './all-metrics';
import { HealthReports } from './health-reports';

/** Health and metrics on a port of their own, which no gateway and no browser needs to reach. */
@Injectable()
export class HealthServer implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #log = new Logger('Health');
  readonly #server: Server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      this.#log.warn(`${request.url ?? ''}: ${String(error)}`);
      response.destroy();
    });
  });
  #port = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly reports: HealthReports,
  ) {}

  /** The port it listens on, which the system chose when HEALTH_PORT is 0. */
  get port(): number {
    return this.#port;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (register.getSingleMetric('process_cpu_user_seconds_total') === undefined) collectDefaultMetrics();
    this.#measureLagWhenAsked();
    this.#lookAtJobsWhenAsked();
    this.#port = await listen(this.#server, this.config.healthHost, this.config.healthPort, 'HEALTH_PORT');
  }

  onApplicationShutdown(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path] = url.split('?');
    if (path === '/metrics') {
      const text = await (await allMetrics()).metrics();
      response.writeHead(200, { 'content-type': register.contentType }).end(text);
      return;
    }
    const [status, body] = await this.#report(path);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  async #report(path: string | undefined): Promise<[status: number, body: unknown]> {
    if (path === '/health/live') return [200, { status: 'ok' }];
    if (path === '/health/deep') return [200, await this.reports.deep()];
    if (path !== '/health/ready') return [404, { type: 'about:blank', title: 'Not Found', status: 404 }];
    const readiness = await this.reports.readiness();
    return [readiness.ready ? 200 : 503, readiness];
  }

  /** Asks Redis at each scrape, never in between. */
  #measureLagWhenAsked(): void {
    if (register.getSingleMetric('whereabouts_stream_lag_seconds') !== undefined) return;
    const { reports } = this;
    new Gauge({
      name: 'whereabouts_stream_lag_seconds',
      help: 'Age of the oldest entry not yet consumed, by stream',
      labelNames: ['stream'],
      aggregator: 'max',
      async collect() {
        const lag = await reports.lag();
        this.reset();
        if (lag === null) return;
        this.set({ stream: 'sightings' }, lag.sightings.oldestS);
        this.set({ stream: 'moves' }, lag.moves.oldestS);
      },
    });
  }

  #lookAtJobsWhenAsked(): void {
    if (register.getSingleMetric('whereabouts_database_job_failing') !== undefined) return;
    const { reports } = this;
    new Gauge({
      name: 'whereabouts_database_job_failing',
      help: 'Background jobs of TimescaleDB that failed at their last run or are not run: 1 each, absent when all is well',
      labelNames: ['job', 'table'],
      aggregator: 'max',
      async collect() {
        this.reset();
        for (const { job, table } of (await reports.jobs()) ?? []) this.set({ job, table }, 1);
      },
    });
  }
}
