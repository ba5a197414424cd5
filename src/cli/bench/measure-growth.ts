import type { Site } from '../../core';
import type { Piece } from '../simulate/equipment';
import type { BenchServer } from './bench-server';
import { counted, drained } from './drained';
import { type GrowthRow, perTagS } from './growth';
import { sendFor } from './load';
import { costOf } from './pipeline-report';
import { readCosts } from './process-costs';
import { mqttSender } from './senders';
import { Traffic } from './traffic';

/** A service and whom it hears of. */
export interface Running {
  readonly server: BenchServer;
  readonly site: Site;
  /** Of one wing. */
  readonly pieces: readonly Piece[];
  readonly options: { readonly wings: number; readonly seconds: number; readonly warm: number };
}

/** What a sighting costs with these tags, each as often heard whatever their number. */
export async function measureGrowth({ server, site, pieces, options }: Running): Promise<GrowthRow> {
  const tags = pieces.length * options.wings;
  const traffic = new Traffic(site, pieces, options.wings, 25);
  const sender = await mqttSender(server.mqttUrl, 8);
  const next = () => traffic.next('minew-long', 'mqtt');
  const load = { next, sender, inFlight: 512, perMessage: 25, rate: perTagS * tags };
  await sendFor({ ...load, seconds: options.warm });
  const before = await counted(server);
  const costsBefore = await readCosts();
  const { sightings, seconds } = await sendFor({ ...load, seconds: options.seconds });
  const drainedAfter = await drained(server, before, sightings);
  const cpuS = costOf(costsBefore, await readCosts(), sightings);
  await sender.end();
  return { tags, rate: sightings / (seconds + drainedAfter), cpuS };
}
