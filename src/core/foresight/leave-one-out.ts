import type { SectionId } from '../ids';
import type { SiteModel } from '../model';
import { follow } from '../positioning/follow';
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

/**
 * Leave-one-gateway-out error of one tag, from its window alone: the tag is located from what all its gateways heard,
 * then without each of them. Where gateways agree the positions stay together; a moved gateway, a changed ward or a bad
 * calibration drives them apart. Null when too few gateways hear the tag.
 */
export function leaveOneOut(track: Track, model: SiteModel): LeftOut | null {
  const { window, fix, origin, newestAt } = track;
  if (fix === null || window.length < fewestGateways) return null;
  const locate = (heard: Track['window']) => {
    readSignals(
      { window: heard, gatewayIndex: model.gatewayIndex, until: newestAt - origin, since: -Infinity },
      model.rules,
      signals,
    );
    return signals.count === 0 ? null : follow(null, signals, newestAt, model).place;
  };
  const all = locate(window);
  if (all === null) return null;
  let squares = 0;
  for (const left of window) {
    const without = locate(window.filter((own) => own !== left));
    if (without === null) return null;
    squares += (without.x - all.x) ** 2 + (without.y - all.y) ** 2;
  }
  return { sectionId: fix.sectionId, errorM: Math.sqrt(squares / window.length), gateways: window.length };
}
