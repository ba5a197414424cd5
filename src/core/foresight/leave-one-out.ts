import type { SectionId } from '../ids';
import type { SiteModel } from '../model';
import { emptySolution } from '../positioning/least-squares';
import { locate } from '../positioning/locate';
import { emptySignals, readSignals, type Signals } from '../radio/signals';
import type { Track } from '../track-state';

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
const others = emptySignals();
const all = emptySolution();
const without = emptySolution();

/**
 * Leave-one-gateway-out error of one tag, from its window alone, on the level of its fix: the tag is located by least
 * squares from what all its gateways heard, then without each of them. Where gateways agree the positions stay together;
 * a moved gateway, a changed ward or a bad calibration drives them apart. Null when too few gateways hear the tag.
 */
export function leaveOneOut({ window, fix, origin, newestAt }: Track, model: SiteModel): LeftOut | null {
  const level = fix === null ? undefined : model.levels[model.levelIndex.get(fix.levelId) ?? -1];
  if (fix === null || level === undefined) return null;
  const { rules } = model;
  const place = (heard: Signals, out: typeof all): void => {
    locate('least-squares', { signals: heard, radio: level.radio, bounds: level.level.bounds, near: null, rules }, out);
  };
  readSignals({ window, at: newestAt, until: newestAt - origin, since: -Infinity }, rules, signals);
  const { count } = signals;
  if (count < fewestGateways) return null;
  place(signals, all);
  let squares = 0;
  for (let left = 0; left < count; left++) {
    leaveOut(left);
    place(others, without);
    squares += (without.x - all.x) ** 2 + (without.y - all.y) ** 2;
  }
  return { sectionId: fix.sectionId, errorM: Math.sqrt(squares / count), gateways: count };
}

function leaveOut(left: number): void {
  others.count = 0;
  for (let i = 0; i < signals.count; i++) {
    if (i === left) continue;
    others.gateway[others.count] = signals.gateway[i] ?? 0;
    others.rssi[others.count] = signals.rssi[i] ?? 0;
    others.variance[others.count++] = signals.variance[i] ?? 0;
  }
}
