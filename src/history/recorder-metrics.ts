import { Counter, Gauge, Histogram } from 'prom-client';

export const rowsWritten = new Counter({
  name: 'whereabouts_history_rows_total',
  help: 'Rows written to history, by table',
  labelNames: ['table'],
});

export const gaps = new Counter({
  name: 'whereabouts_history_gaps_total',
  help: 'Times moves were gone from their stream before history had read them',
});

export const batchSeconds = new Histogram({
  name: 'whereabouts_history_batch_seconds',
  help: 'Time to write one batch of moves to the database',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

export const lagSeconds = new Gauge({
  name: 'whereabouts_history_lag_seconds',
  help: 'Age of the oldest move that history has seen and not yet written',
  aggregator: 'max',
});
