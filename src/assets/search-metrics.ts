import { Counter, Histogram } from 'prom-client';

/** From the start of a search to "found it", as the tablets measure it. */
export const searchSeconds = new Histogram({
  name: 'whereabouts_search_seconds',
  help: 'From the start of a search for equipment to "found it"',
  labelNames: ['kind'],
  buckets: [10, 20, 30, 45, 60, 90, 120, 300, 600, 900, 1800],
});

export const corrections = new Counter({
  name: 'whereabouts_corrections_total',
  help: 'What people found otherwise than shown, and what became of it',
  labelNames: ['code', 'outcome'],
});
