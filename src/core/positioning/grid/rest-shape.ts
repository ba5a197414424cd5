import type { Rules } from '../../rules';
import { expDown, quickLog } from '../../fast-math';
import { type Heard, misfits, score } from './likelihood';
import { cells, listOpen } from './listed-cells';
import { sizeOf, type Window } from './window';

/** Read once: an imported name is looked up at every use. */
const log = quickLog;
const power = expDown;

/** How far one look draws the belief of rest towards the memory of it, and sightings after which it does by half that. */
const drawnPerLook = 0.3;
const halfAt = 8;
/** Cells that were forgotten count as light as this beside the heaviest. */
const forgotten = 2.5e-3;

/**
 * Draws the shape of rest towards what all that was heard since the tag rests says together, wherever in the window that
 * is. Looks weighed one by one leave their mistakes behind: a place one unlucky look has ruled out is not weighed again.
 * @param sightings how many stand behind the memory: of few, little is made
 * @returns how many cells are listed now: all one can stand on
 */
export function drawRest(window: Window, memory: Heard, sightings: number): number {
  const { rest } = window;
  const listed = cells;
  const logs = misfits;
  const size = sizeOf(window);
  let most = 0;
  let sum = 0;
  for (let cell = 0; cell < size; cell++) {
    const own = rest[cell] ?? 0;
    if (own > most) most = own;
    sum += own;
  }
  const count = listOpen(window, memory.grid);
  if (sum === 0) return count;
  const share = (drawnPerLook * sightings) / (sightings + halfAt);
  const { rules } = memory;
  memory.rules = rulesOfRest(rules);
  const best = score(count, memory);
  memory.rules = rules;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const cell = listed[i] ?? 0;
    const before = -log(Math.max(forgotten, (rest[cell] ?? 0) / most));
    const drawn = power(Math.max(0, (1 - share) * before) + share * (best - (logs[i] ?? 0)));
    rest[cell] = drawn;
    total += drawn;
  }
  const scale = sum / total;
  for (let i = 0; i < count; i++) {
    const cell = listed[i] ?? 0;
    rest[cell] = (rest[cell] ?? 0) * scale;
  }
  return count;
}

/** Means over a rest err as normally as their map does: no single sighting goes astray, no body stands between for long. */
const restTailDegrees = 20;

const known = new WeakMap<Rules, Rules>();

function rulesOfRest(rules: Rules): Rules {
  const before = known.get(rules);
  if (before !== undefined) return before;
  const own: Rules = { ...rules, tailDegrees: restTailDegrees, obstructionFactor: 1 };
  known.set(rules, own);
  return own;
}
