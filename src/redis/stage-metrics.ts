import { Gauge } from 'prom-client';

const lag = new Gauge({
  name: 'whereabouts_stage_lag_seconds',
  help: 'Age, when it was read, of the oldest stream entry of the newest batch, by stage',
  labelNames: ['stage'],
  aggregator: 'max',
});
const lastBatch = new Gauge({
  name: 'whereabouts_stage_last_batch_timestamp_seconds',
  help: 'Epoch seconds at which a stage last took anything from its streams',
  labelNames: ['stage'],
  aggregator: 'max',
});

/** Notes a batch that a stage has taken: how far it is behind, and that it lives. @param now epoch ms */
export function noteStage(stage: string, batch: Iterable<readonly { readonly id: string }[]>, now: number): void {
  let oldest = now;
  for (const [first] of batch) if (first !== undefined) oldest = Math.min(oldest, parseInt(first.id, 10));
  lag.set({ stage }, (now - oldest) / 1000);
  lastBatch.set({ stage }, now / 1000);
}
