import type { Gateway, GatewayId, MethodName, Sighting } from '../../core';
import { groupBy } from '../score/group-by';
import { judge, type Verdict } from '../score/judge';
import { locateAll } from '../score/locate-all';
import { modelsBySurvey, type Outcome } from '../score/protocol';
import type { Truth } from '../score/read-ndjson';
import type { Recording } from './record';

/** How a gateway is spoilt: it hears nothing, or everything this much louder, dB. */
export type Fault = 'dead' | number;

/** What one spoilt gateway costs: mean error over the whole site, and where it was the nearest, as ratios to before. */
export interface Spoilt {
  readonly gatewayId: GatewayId;
  readonly fault: Fault;
  readonly siteRatio: number;
  readonly nearRatio: number;
  /** Mean error where it was the nearest, metres, and the share of rooms right there. */
  readonly nearMean: number;
  readonly nearRoomRight: number;
  readonly nearCount: number;
}

/** Receivers decode nothing weaker, dBm. */
const deafBelow = -97;

/** Spoils the gateways that were nearest most often, one at a time; only the tags it heard are located again. */
export function spoilEach(recording: Recording, before: Outcome, count: number, faults: readonly Fault[]): Spoilt[] {
  const near = groupBy(recording.truths, (truth): GatewayId | null => nearestGateway(recording, truth));
  const needed = [...near].flatMap(([id, truths]) => (id === null ? [] : [{ id, truths }]));
  needed.sort((a, b) => b.truths.length - a.truths.length);
  const run = new SpoiltRun(recording, before);
  return needed
    .slice(0, count)
    .flatMap(({ id, truths }) => faults.map((fault) => run.spoil(id, fault, new Set(truths.map(keyOf)))));
}

const keyOf = ({ tagId, at }: { readonly tagId: string; readonly at: number }): string => `${tagId} ${at}`;

function nearestGateway({ site }: Recording, { levelId, x = 0, y = 0 }: Truth): GatewayId | null {
  let nearest: Gateway | null = null;
  let best = Infinity;
  for (const gateway of site.levels.find(({ id }) => id === levelId)?.gateways ?? []) {
    const distance = Math.hypot(gateway.x - x, gateway.y - y);
    if (distance >= best) continue;
    best = distance;
    nearest = gateway;
  }
  return nearest?.id ?? null;
}

class SpoiltRun {
  readonly #sightings: ReadonlyMap<string, readonly Sighting[]>;
  readonly #truths: ReadonlyMap<string, readonly Truth[]>;
  readonly #verdicts: ReadonlyMap<string, readonly Verdict[]>;
  readonly #model;

  constructor(
    private readonly recording: Recording,
    before: Outcome,
  ) {
    const method: MethodName = before.method;
    this.#sightings = groupBy(recording.sightings, ({ tagId }): string => tagId);
    this.#truths = groupBy(recording.truths, ({ tagId }): string => tagId);
    this.#model = modelsBySurvey({ method })(recording.site, recording.survey);
    // A protocol of one case adds its number to each tag.
    this.#verdicts = groupBy(before.verdicts, ({ tagId }) => tagId.replace(/\/0$/, ''));
  }

  spoil(gatewayId: GatewayId, fault: Fault, near: ReadonlySet<string>): Spoilt {
    const was: Verdict[] = [];
    const is: Verdict[] = [];
    for (const [tag, verdicts] of this.#verdicts) {
      const sightings = this.#sightings.get(tag) ?? [];
      const named = verdicts.map((verdict) => ({ ...verdict, tagId: tag }));
      was.push(...named);
      if (!sightings.some((sighting) => sighting.gatewayId === gatewayId)) is.push(...named);
      else is.push(...this.#locateAgain(tag, spoilt(sightings, gatewayId, fault)));
    }
    const isNear = (verdict: Verdict): boolean => near.has(keyOf(verdict));
    const [nearWas, nearIs] = [was.filter(isNear), is.filter(isNear)];
    return {
      gatewayId,
      fault,
      siteRatio: meanError(is) / meanError(was),
      nearRatio: meanError(nearIs) / meanError(nearWas),
      nearMean: meanError(nearIs),
      nearRoomRight: nearIs.filter(({ fix, trueZone }) => fix?.zoneId === trueZone).length / nearIs.length,
      nearCount: nearIs.length,
    };
  }

  #locateAgain(tag: string, sightings: readonly Sighting[]): Verdict[] {
    return judge(locateAll(sightings, this.#model).fixes, this.#truths.get(tag) ?? [], this.recording.site);
  }
}

function spoilt(sightings: readonly Sighting[], gatewayId: GatewayId, fault: Fault): Sighting[] {
  if (fault === 'dead') return sightings.filter((sighting) => sighting.gatewayId !== gatewayId);
  return sightings.flatMap((sighting) => {
    if (sighting.gatewayId !== gatewayId) return [sighting];
    const rssi = sighting.rssi + fault;
    return rssi < deafBelow ? [] : [{ ...sighting, rssi }];
  });
}

const meanError = (verdicts: readonly Verdict[]): number =>
  verdicts.reduce((sum, { error }) => sum + (error ?? 0), 0) / verdicts.length;
