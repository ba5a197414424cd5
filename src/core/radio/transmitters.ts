import { expectedOn, type Line } from './line';
import type { Observed, Transmitters } from './observed';

const rounds = 4;
/** What one strength heard of a transmitter says of it: shadowing, dB. */
const shadowDb = 6;
/** How far the surveyor's tag may lie from the tags of the site, dB. */
const surveyorSpreadDb = 1;

/**
 * Takes from what was heard of reference tags and gateways by how much each is louder than a tag of the site. What all
 * transmitters have in common is the level of the lines, which those decide that are most like tags; what is left of
 * each is its own. So slope, walls and differences between gateways are learnt from all of them.
 */
export function levelTransmitters(
  observed: readonly Observed[],
  { ids, spreadDb }: Transmitters,
  fit: (observed: readonly Observed[]) => { readonly pooled: Line; readonly lines: readonly Line[] },
): readonly Observed[] {
  if (ids.length === 0) return observed;
  const surveyor = ids.length;
  const spreads = [...spreadDb, surveyorSpreadDb];
  let levelled = observed;
  for (let round = 0; round < rounds; round++) {
    const louder = strengthsOf(observed, fit(levelled), spreads, surveyor);
    levelled = observed.map((own) => ({
      ...own,
      rssi: own.rssi.map((rssi, i) => rssi - (louder[own.transmitter[i] ?? -1] ?? 0)),
    }));
  }
  return levelled;
}

/** By how much each transmitter is louder than a tag; nothing for the surveyor's, who is last. */
function strengthsOf(
  observed: readonly Observed[],
  { lines, pooled }: { readonly pooled: Line; readonly lines: readonly Line[] },
  spreads: readonly number[],
  surveyor: number,
): number[] {
  const sums = spreads.map(() => 0);
  const counts = spreads.map(() => 0);
  observed.forEach((own, g) => {
    own.rssi.forEach((rssi, i) => {
      const t = (own.transmitter[i] ?? -1) < 0 ? surveyor : (own.transmitter[i] ?? surveyor);
      sums[t] = (sums[t] ?? 0) + rssi - expectedOn(lines[g] ?? pooled, own.decades[i] ?? 0, own.walls[i] ?? 0);
      counts[t] = (counts[t] ?? 0) + 1;
    });
  });
  let [weights, pull] = [0, 0];
  spreads.forEach((spread, t) => {
    const count = counts[t] ?? 0;
    if (count === 0) return;
    const weight = 1 / (spread ** 2 + shadowDb ** 2 / count);
    weights += weight;
    pull += weight * ((sums[t] ?? 0) / count);
  });
  const common = weights === 0 ? 0 : pull / weights;
  return spreads.map((spread, t) => {
    const count = counts[t] ?? 0;
    return t === surveyor || count === 0 ? 0 : ((sums[t] ?? 0) - common * count) / (count + (shadowDb / spread) ** 2);
  });
}
