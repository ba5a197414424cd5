import { Counter, Gauge, Histogram } from 'prom-client';

export const sightingsTaken = new Counter({
  name: 'whereabouts_sightings_tracked_total',
  help: 'Sightings taken from the stream and committed, dropped ones included',
});

export const movesAnnounced = new Counter({
  name: 'whereabouts_moves_total',
  help: 'Moves announced by tracking',
});

export const movesRepeated = new Counter({
  name: 'whereabouts_moves_repeated_total',
  help: 'Positions of tags at rest that say what was told before, and were left out',
});

export const silentTags = new Counter({
  name: 'whereabouts_silent_tags_total',
  help: 'Tags that were not heard for the silence time and were forgotten',
});

export const tracksHeld = new Gauge({ name: 'whereabouts_tracks', help: 'Tags this worker follows now' });
export const shardsHeld = new Gauge({ name: 'whereabouts_shards_held', help: 'Shards this worker holds' });
export const shardsLost = new Counter({
  name: 'whereabouts_shards_lost_total',
  help: 'Shards found to be held by another worker, or given up after a failure',
});

export const batchSeconds = new Histogram({
  name: 'whereabouts_tracking_batch_seconds',
  help: 'Time from reading one batch of sightings to its last commit',
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
});

export const lagSeconds = new Gauge({
  name: 'whereabouts_tracking_lag_seconds',
  help: 'Age, when it was read, of the oldest sighting entry of the newest batch',
  aggregator: 'max',
});
