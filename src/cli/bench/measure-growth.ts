import type { Site } from '../../core';
import type { Piece } from '../simulate/equipment';
import type { BenchServer } from './bench-server';
import { counted, drained } from './drained';
import { type GrowthRow, perTagS } from './growth';
import { sendFor } from './load';
import { costOf } from './pipeline-report';
import { parts, readCosts } from './process-costs';
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
  const { wings, warm, seconds } = options;
  const tags = pieces.length * wings;
  const traffic = new Traffic(site, pieces, wings, { perMessage: 25, endsAtRepeat: true });
  const { perMessage } = traffic;
  const sender = await mqttSender(server.mqttUrl, 8);
  const next = () => traffic.next('minew-long', 'mqtt');
  const load = { next, sender, inFlight: 512, perMessage, rate: perTagS * tags };
  const beforeWarm = await counted(server);
  await drained(server, beforeWarm, (await sendFor({ ...load, seconds: warm })).sightings);
  const before = await counted(server);
  const costsBefore = await readCosts();
  const sent = await sendFor({ ...load, seconds });
  const drainedAfter = await drained(server, before, sent.sightings);
  const costs = await readCosts();
  const cpuS = costOf(costsBefore, costs, sent.sightings);
  const memoryMb = parts.reduce((sum, part) => (part === 'load' ? sum : sum + costs[part].memoryMb), 0);
  await sender.end();
  const gateways = site.gatewayById.size * wings;
  return { tags, gateways, perMessage, rate: sent.sightings / (sent.seconds + drainedAfter), cpuS, memoryMb };
}
