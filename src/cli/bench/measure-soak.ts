import { doorDelayBetween } from './door-delay';
import { counted, drained } from './drained';
import { sendFor } from './load';
import type { Running } from './measure-growth';
import { mqttSender } from './senders';
import { sampleWhile, type Soaked } from './soak';
import { Traffic } from './traffic';

/** The curve has so many points, or one each 5 s. */
const points = 30;
const leastBetweenMs = 5_000;

/**
 * A bounded load for long: memory must not grow with it, and nothing may be lost.
 * @param rate sightings a second
 */
export async function measureSoak(
  { server, site, pieces, options }: Running,
  minutes: number,
  rate: number,
): Promise<Soaked> {
  const traffic = new Traffic(site, pieces, options.wings, { perMessage: 25 });
  const sender = await mqttSender(server.mqttUrl, 8);
  const next = () => traffic.next('minew-long', 'mqtt');
  const load = { next, sender, inFlight: 512, perMessage: 25, rate };
  const beforeWarm = await counted(server);
  await drained(server, beforeWarm, (await sendFor({ ...load, seconds: options.warm })).sightings);
  const before = await counted(server);
  const metricsBefore = await server.metrics();
  const sending = sendFor({ ...load, seconds: minutes * 60 });
  const lagMs = async () => 1000 * (await server.metrics())('whereabouts_tracking_lag_seconds');
  const samples = await sampleWhile(sending, Math.max(leastBetweenMs, (minutes * 60_000) / points), lagMs);
  const sent = await sending;
  const delay = doorDelayBetween(metricsBefore, await server.metrics());
  await drained(server, before, sent.sightings);
  await sender.end();
  const after = await counted(server);
  const lost = sent.sightings - (after.tracked - before.tracked) - (after.dropped - before.dropped);
  return { samples, rate: sent.sightings / sent.seconds, acknowledged: sent.sightings, lost, delay };
}
