import { type Heard, mostSigmas, placeVariance } from '../../../../src/core/positioning/grid/likelihood';
import { planeStrength, silenceAt, silencePlane } from '../../../../src/core/positioning/grid/silence';

/** Log likelihood of a round of signals in one cell of the level, worked out plainly: Student t in dB, wider on the weak
 * side, with the tag's own strength at its best there. */
export function plainLogLikelihood(cell: number, { signals, expected, rules, strength: known }: Heard): number {
  const residuals: number[] = [];
  const nu = rules.tailDegrees;
  const perStrength = 1 / known.variance;
  let [sum, pull] = [perStrength, known.mean * perStrength];
  for (let g = 0; g < signals.count; g++) {
    const map = expected.gateways[signals.gateway[g] ?? 0];
    const residual = (signals.rssi[g] ?? 0) - (map?.mean[cell] ?? 0);
    const weight = 1 / (placeVariance(map?.typicalVariance ?? 1, signals.excess) + (signals.variance[g] ?? 0));
    const most = mostSigmas / Math.sqrt(weight);
    residuals[g] = residual;
    sum += weight;
    pull += weight * Math.max(-most, Math.min(most, residual));
  }
  const strength = pull / sum;
  let log = (strength - known.mean) ** 2 * perStrength;
  for (let g = 0; g < signals.count; g++) {
    const map = expected.gateways[signals.gateway[g] ?? 0];
    const spread = placeVariance(map?.variance[cell] ?? 1, signals.excess) + (signals.variance[g] ?? 0);
    const residual = (residuals[g] ?? 0) - strength;
    const wide = residual < 0 ? spread * rules.obstructionFactor : spread;
    log += (nu + 1) * Math.log(1 + (residual * residual) / (nu * wide)) + Math.log(spread);
  }
  return logOfSilence(cell, strength, { signals, expected, rules }) - 0.5 * log;
}

function logOfSilence(
  cell: number,
  strength: number,
  { signals, expected, rules }: Pick<Heard, 'signals' | 'expected' | 'rules'>,
): number {
  const plane = silencePlane(strength);
  let sum = expected.allSilent[plane]?.[cell] ?? 0;
  for (let g = 0; g < signals.present; g++) {
    const mean = expected.gateways[signals.heardBy[g] ?? 0]?.mean;
    if (mean !== undefined) sum -= silenceAt(expected.silence, (mean[cell] ?? 0) + planeStrength(plane));
  }
  return rules.grid.silenceShare * Math.min(0, sum);
}
