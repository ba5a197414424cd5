import type { SectionId } from '../ids';
import type { SiteModel } from '../model';
import { emptySolution, locate } from '../positioning/locate';
import { emptySignals, readSignals } from '../radio/signals';
import type { Track } from '../track';

/** How far a tag's position moves when one of its gateways is not listened to. */
export interface LeftOut {
  readonly sectionId: SectionId | null;
  /** Root mean square over its gateways, metres. */
  readonly errorM: number;
  readonly gateways: number;
}

/** With fewer gateways a position without one of them is no position. */
const fewestGateways = 4;
const signals = emptySignals();
const all = emptySolution();
const without = emptySolution();

/**
 * Leave-one-gateway-out error of one tag, from its window alone, on the level of its fix: the tag is located by least
 * squares from what all its gateways heard, then without each of them. Where gateways agree the positions stay together;
 * a moved gateway, a changed ward or a bad calibration drives them apart. Null when too few gateways hear the tag.
 */
export function leaveOneOut(track: Track, model: SiteModel): LeftOut | null {
  const { window, fix, origin, newestAt } = track;
  const level = fix === null ? undefined : model.levels[model.levelIndex.get(fix.levelId) ?? -1];
  if (fix === null || level === undefined || window.length < fewestGateways) return null;
  const { rules, gatewayIndex } = model;
  const place = (heard: Track['window'], out: typeof all): void => {
    readSignals({ window: heard, gatewayIndex, until: newestAt - origin, since: -Infinity }, rules, signals);
    locate('least-squares', { signals, radio: level.radio, bounds: level.level.bounds, near: null, rules }, out);
  };
  place(window, all);
  let squares = 0;
  for (const left of window) {
    place(
      window.filter((own) => own !== left),
      without,
    );
    squares += (without.x - all.x) ** 2 + (without.y - all.y) ** 2;
  }
  return { sectionId: fix.sectionId, errorM: Math.sqrt(squares / window.length), gateways: window.length };
}
