import type { SlabLoss } from '../calibration';
import { type Ears, levelOf, saidBySilence, silencesOf } from './ears';
import { expectedOn } from './line';
import { leastPairs, type LineOf, type Pair } from './pairs';
import { regress } from './regress';

/** Points near each other share their shadowing: this many count as one. */
const pointsPerOpinion = 4;
/** Ceilings of concrete and of wood, and walls met on a way that slants: what is believed before it is measured. */
const usualDb = 16;
const usualWallShare = 0.75;
const usualSlab = { mean: [usualDb, usualWallShare], spread: [6, 0.35] };
/** Walls make nothing louder, whatever noise says, and are not counted many times over. */
const mostWallShare = 3;
/** How one slab differs from the next: ducts and beams, dB. */
const slabSigmaDb = 3;
const slabRounds = 10;
const huber = 1.5;

/** By how much a slab weakens what is heard through it; null where too little was. */
export function fitSlabs(pairs: readonly Pair[], lineOf: LineOf, ears: Ears): SlabLoss | null {
  const through = pairs.filter(({ slabs }) => slabs === 1);
  const heard = through.filter(({ rssi }) => rssi !== null);
  return heard.length < leastPairs ? null : fitSlab(through, lineOf, ears);
}

/**
 * What is lost through a slab, and what of the walls on the way counts: regression over what was heard through it and what
 * was not (as `fitLine`). The mean of what was heard alone is too loud.
 */
function fitSlab(pairs: readonly Pair[], lineOf: LineOf, ears: Ears): SlabLoss {
  const rows = pairs.map((pair) => {
    const line = lineOf(pair.gatewayId);
    const count = pair.count;
    return {
      open: expectedOn(line, pair.decades, 0),
      walls: line.wallDb * pair.walls,
      variance: line.sigma ** 2 + slabSigmaDb ** 2,
      rssi: pair.rssi === null ? null : levelOf(ears, pair.rssi, count, pair.sent - count),
    };
  });
  const silences = silencesOf(
    ears,
    pairs.map(({ sent }) => sent),
  );
  const features = rows.map(({ walls }) => [1, walls]);
  let [db, wallShare] = [usualDb, usualWallShare];
  for (let round = 0; round < slabRounds; round++) {
    const said = rows.map(({ open, walls, variance, rssi }, i) => {
      const expected = open - db - wallShare * walls;
      const silence = silences[i];
      if (rssi === null && silence !== undefined) return saidBySilence(silence, expected, variance);
      const value = rssi ?? expected;
      const off = Math.abs(value - expected) / Math.sqrt(variance);
      return { value, weight: (off > huber ? huber / off : 1) / variance };
    });
    const values = said.map(({ value }, i) => (rows[i]?.open ?? 0) - value);
    const weights = said.map(({ weight }) => weight / pointsPerOpinion);
    [db = db, wallShare = wallShare] = regress({ features, values }, weights, usualSlab);
    wallShare = Math.max(0, Math.min(mostWallShare, wallShare));
  }
  return { db: hundredth(db), sigmaDb: slabSigmaDb, wallShare: hundredth(wallShare) };
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;
