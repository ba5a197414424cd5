import type { LevelModel } from '../../model';
import type { Signals } from '../../radio/signals';
import type { Rules } from '../../rules';
import { layUniform, mostSide, type Window } from './belief';

export function gridOf(level: LevelModel) {
  if (level.grid === null) throw new RangeError(`Unexpected level without a grid: ${level.level.id}`);
  return level.grid;
}

/** The largest window around the loudest gateway, uniform. */
export function layAround(out: Window, level: LevelModel, signals: Signals, rules: Rules): void {
  const { floor } = gridOf(level);
  let loudest = 0;
  for (let i = 1; i < signals.count; i++) if ((signals.rssi[i] ?? 0) > (signals.rssi[loudest] ?? 0)) loudest = i;
  const gateway = signals.gateway[loudest] ?? 0;
  const column = Math.floor(((level.radio.x[gateway] ?? 0) - floor.minX) / floor.cellM);
  const row = Math.floor(((level.radio.y[gateway] ?? 0) - floor.minY) / floor.cellM);
  const half = mostSide / 2;
  const box = { left: column - half, right: column + half - 1, bottom: row - half, top: row + half - 1 };
  layUniform(out, floor, box, rules.grid.restShare);
}

export function copyWindow(from: Window, to: Window): void {
  const size = from.width * from.height;
  to.column = from.column;
  to.row = from.row;
  to.width = from.width;
  to.height = from.height;
  to.rest.set(from.rest.subarray(0, size));
  to.walk.set(from.walk.subarray(0, size));
}
