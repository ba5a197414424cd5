import { type GatewayId, type Reading, type Sighting } from '../core';
import type { Report, SkipReason } from './decoders/decoder';
import type { GatewayClocks } from './gateway-clocks';
import { readingsRepeated } from './ingest.metrics';
import type { Judges } from './judges';

/** Why a sighting that was read is not wanted. */
export type DropReason = SkipReason | 'unknown-gateway' | 'gateway-mismatch' | 'unknown-tag' | 'badge' | 'bad-clock';

export interface Believed {
  readonly sightings: readonly Sighting[];
  readonly readings: readonly Reading[];
}

type Count = (reason: DropReason, count: number) => void;

/**
 * Keeps what a believed gateway heard of enrolled tags, on our clock. A badge is not followed, and neither is anything
 * nobody enrolled: its sightings go no further than here. What stands in a known place is summed up on the way.
 */
export function believe(report: Report, receivedAt: number, judges: Judges, drop: Count): Believed {
  const { enrolment, clocks, ears, news } = judges;
  const nothing = { sightings: [], readings: [] };
  const known = report.gatewayIds.filter((id) => enrolment.isKnownGateway(id));
  const [gatewayId, another] = known;
  if (gatewayId === undefined || another !== undefined) {
    drop(gatewayId === undefined ? 'unknown-gateway' : 'gateway-mismatch', report.heard.length);
    return nothing;
  }
  judges.gateways.note(gatewayId, receivedAt);
  const sightings: Sighting[] = [];
  const readings: Reading[] = [];
  const toOurs = clockOf(gatewayId, report, receivedAt, clocks);
  let repeated = 0;
  for (const heard of report.heard) {
    const { tagId, tagClass, reference } = enrolment.named(heard.identities);
    if (reference !== null) ears.references.hear(gatewayId, reference, heard.rssi);
    if (tagClass === 'badge') {
      drop('badge', 1);
      continue;
    }
    if (tagId === null) {
      if (reference !== null) continue;
      drop('unknown-tag', 1);
      ears.pairing.hear(gatewayId, heard, receivedAt);
      continue;
    }
    const heardAt = toOurs(heard.heardAt);
    if (heardAt === null) {
      drop('bad-clock', 1);
      continue;
    }
    sightings.push({ tagId, gatewayId, rssi: heard.rssi, heardAt, receivedAt });
    for (const { kind, value } of heard.measured) {
      if (news.isNews(tagId, kind, value, receivedAt)) {
        readings.push({ tagId, gatewayId, kind, value, heardAt, receivedAt });
      } else repeated += 1;
    }
  }
  if (repeated > 0) readingsRepeated.inc(repeated);
  return { sightings, readings };
}

/** The gateway's times on our clock; what has no time is stamped on arrival. */
function clockOf(
  gatewayId: GatewayId,
  { heard, clockStepMs }: Report,
  receivedAt: number,
  clocks: GatewayClocks,
): (heardAt: number | null) => number | null {
  const times: number[] = [];
  for (const { heardAt } of heard) if (heardAt !== null) times.push(heardAt);
  if (times.length === 0) return () => receivedAt;
  const clock = clocks.judge(gatewayId, times, receivedAt, clockStepMs);
  return (heardAt) => (heardAt === null ? receivedAt : clock.toOurs(heardAt, receivedAt, clockStepMs));
}
