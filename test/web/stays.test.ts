import { expect, it } from 'vitest';
import { worthTelling } from '../../web/src/lib/assets/stays';

const minute = 60_000;
const stay = (unitId: string, entered: number, left: number | null) => ({
  unitId,
  levelId: 'L1',
  enteredAt: entered * minute,
  leftAt: left === null ? null : left * minute,
});

it('leaves out rooms passed through, and joins what then lies side by side', () => {
  const stays = [stay('store', 50, null), stay('corridor', 49.5, 50), stay('store', 20, 49.5), stay('bay', 0, 20)];
  expect(worthTelling(stays, 60 * minute)).toEqual([stay('store', 20, null), stay('bay', 0, 20)]);
});

it('always tells the room it is in now', () => {
  expect(worthTelling([stay('corridor', 59.9, null)], 60 * minute)).toEqual([stay('corridor', 59.9, null)]);
});
