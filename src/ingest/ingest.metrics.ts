import { Counter, Gauge } from 'prom-client';

/** Messages at the doors by what became of them. */
export const messages = new Counter({
  name: 'whereabouts_messages_total',
  help: 'Gateway messages by door, format and outcome',
  labelNames: ['door', 'format', 'outcome'],
});

export const sightingsTaken = new Counter({
  name: 'whereabouts_sightings_total',
  help: 'Sightings taken at the doors',
  labelNames: ['door'],
});

export const readingsTaken = new Counter({
  name: 'whereabouts_readings_total',
  help: 'Readings taken at the doors',
  labelNames: ['door'],
});

export const readingsRepeated = new Counter({
  name: 'whereabouts_readings_repeated_total',
  help: 'Readings of a value told within the last minute, which are not told again',
});

export const lastMessageAt = new Gauge({
  name: 'whereabouts_door_last_message_timestamp_seconds',
  help: 'When each door had its last message, Unix time',
  labelNames: ['door'],
  aggregator: 'max',
});

export const gatewayClocks = new Gauge({
  name: 'whereabouts_gateway_clocks',
  help: 'Gateways by what is made of their clocks: right, corrected, stamped on arrival, refused',
  labelNames: ['verdict'],
});

export const waiting = new Gauge({
  name: 'whereabouts_sightings_waiting',
  help: 'Sightings in the streams that tracking has not taken and saved yet, about',
});
