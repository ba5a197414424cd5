import type { Hearing } from '../../calibration';
import { chanceHeard } from '../../radio/hearing';

/** Levels a gateway may be expected to hear a tag at, dBm, in quarter steps. */
const lowest = -140;
const highest = -20;
const perDb = 4;
/** Below this a silence says nothing, dBm. */
const leastExpected = -115;
/** Strengths of a tag the silence of all gateways is tabulated for, dB to either side of the usual. */
const strengthStep = 3;
const strengthSteps = 4;

/** Log chance that a gateway hears nothing, by the level expected. */
export function tabulateSilence(hearing: Hearing): Float32Array {
  return Float32Array.from({ length: (highest - lowest) * perDb + 1 }, (_, i) =>
    Math.log(1 - chanceHeard(lowest + i / perDb, hearing)),
  );
}

/** Reads the table; nothing is said by one expected to hear nothing. */
export function silenceAt(table: Float32Array, dBm: number): number {
  if (!(dBm > leastExpected)) return 0;
  const i = ((dBm - lowest) * perDb + 0.5) | 0;
  return table[i < table.length ? i : table.length - 1] ?? 0;
}

/** Index of the nearest strength tabulated, and that strength, dB. */
export function silencePlane(strength: number): number {
  const i = Math.floor(strength / strengthStep + strengthSteps + 0.5);
  return i < 0 ? 0 : i > 2 * strengthSteps ? 2 * strengthSteps : i;
}
export const planeStrength = (plane: number): number => (plane - strengthSteps) * strengthStep;

/** For each strength: log chance that no gateway at all hears a tag, by cell. One look at a cell serves all strengths. */
export function tabulateAllSilent(means: readonly Float32Array[], table: Float32Array): Float32Array[] {
  const size = means[0]?.length ?? 0;
  const planes = Array.from({ length: 2 * strengthSteps + 1 }, () => new Float32Array(size));
  const last = table.length - 1;
  const step = strengthStep * perDb;
  const least = (leastExpected - lowest) * perDb + 1;
  for (const mean of means) {
    for (let cell = 0; cell < size; cell++) {
      const strongest = (((mean[cell] ?? 0) - lowest) * perDb + 0.5 + step * strengthSteps) | 0;
      for (let i = strongest, plane = 2 * strengthSteps; i >= least && plane >= 0; i -= step, plane--) {
        const out = planes[plane];
        if (out !== undefined) out[cell] = (out[cell] ?? 0) + (table[i < last ? i : last] ?? 0);
      }
    }
  }
  return planes;
}
