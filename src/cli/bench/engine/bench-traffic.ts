import { type Sighting, type SiteModel, tagId, type TagId } from '../../../core';
import { seededRandom } from '../../simulate/random';

/** What eight gateways heard of many tags, round after round: made before the clock starts. */
export interface BenchTraffic {
  readonly tags: readonly TagId[];
  /** Instant of the first round, epoch ms. */
  readonly startAt: number;
  /** By round, then by tag: eight sightings of one instant. */
  readonly rounds: readonly (readonly (readonly BenchSighting[])[])[];
}

/** A sighting whose instant may be set, so that traffic can be repeated later. */
export type BenchSighting = Sighting & { heardAt: number };

export const heardBy = 8;
const startAt = 1_700_000_000_000;
export const roundMs = 1_000;
const walkMps = 1;
/** After so many rounds those who walk are where they were: traffic can be repeated without a jump. */
export const roundsToRepeat = 180;
const shadowingDb = 3;

/** Every other tag walks to and fro along a corridor; the others rest. @param restsOnly all of them rest. */
export function makeTraffic(model: SiteModel, tags: number, rounds: number, restsOnly = false): BenchTraffic {
  const random = seededRandom(1);
  const ids = Array.from({ length: tags }, (_, i) => tagId(`be${i.toString(16).padStart(10, '0')}`));
  const homes = ids.map(() => ({ x: random.between(5, 95), y: random.pick([6.2, 18.7, 31.2, 43.7, 2.5, 15, 27.5]) }));
  return {
    tags: ids,
    startAt,
    rounds: Array.from({ length: rounds }, (_, round) =>
      ids.map((tag, i): BenchSighting[] => {
        const { x, y } = homes[i] ?? { x: 50, y: 30 };
        const walked = restsOnly || i % 2 === 0 ? 0 : walkMps * round;
        const at = { x: bounce(x + walked), y };
        const heardAt = startAt + round * roundMs;
        return nearest(model, at).map(({ gateway, distance }): BenchSighting => {
          const rssi = Math.round(-60 - 25 * Math.log10(distance) + random.normal(0, shadowingDb));
          return { tagId: tag, gatewayId: gateway.id, rssi, heardAt, receivedAt: heardAt };
        });
      }),
    ),
  };
}

/** To and fro between 5 and 95 m. */
function bounce(x: number): number {
  const along = (((x - 5) % 180) + 180) % 180;
  return 5 + (along < 90 ? along : 180 - along);
}

function nearest({ gateways }: SiteModel, at: { x: number; y: number }) {
  return gateways
    .map((gateway) => ({ gateway, distance: Math.max(1, Math.hypot(gateway.x - at.x, gateway.y - at.y, 1.6)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, heardBy);
}
