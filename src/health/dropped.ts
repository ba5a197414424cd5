import { Counter } from 'prom-client';

/** What each step dropped or put aside, by reason: nothing vanishes uncounted. */
export const dropped = new Counter({
  name: 'whereabouts_dropped_total',
  help: 'Messages, sightings and moves dropped or put aside, by step and reason',
  labelNames: ['step', 'reason'],
});
