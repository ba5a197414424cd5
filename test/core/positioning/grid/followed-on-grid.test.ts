import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelId } from '../../../../src/core';
import { bytesOf } from '../../../../src/core/positioning/grid/belief';
import { hold, recallState } from '../../../../src/core/positioning/grid/followed-on-grid';
import { emptyState, type GridState } from '../../../../src/core/positioning/grid/grid-state';
import { mostRemembered, wordsPerGateway } from '../../../../src/core/positioning/grid/rest-memory';

const number = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 });
/** In parts of a dB that are held to the last bit. */
const mean = fc.integer({ min: -150 * 256, max: 30 * 256 }).map((parts) => parts / 256);
const states: fc.Arbitrary<GridState> = fc
  .record({
    at: fc.nat(2 ** 41),
    lead: fc.record({
      levelId: fc.constantFrom(levelId('L0'), levelId('L1')),
      challenger: fc.constantFrom(levelId('L2'), null),
      odds: number,
    }),
    course: fc.record({ x: number, y: number, variance: number, withPlace: number }),
    looks: number,
    memory: fc.array(fc.tuple(fc.nat(60_000), mean, fc.nat(64)), { maxLength: mostRemembered }),
    atOnce: fc.nat(60_000),
    isCalm: fc.boolean(),
    strength: fc.record({ mean: number, variance: number }),
    fit: number,
    place: fc.record({ scale: fc.nat(3), cells: fc.nat(2 ** 32 - 1), column: fc.nat(60_000), row: fc.nat(60_000) }),
    size: fc.record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) }),
    walkShare: fc.constantFrom(0, 0.25, 1),
  })
  .map(({ place, size, walkShare, memory, ...state }) => {
    const codes = Uint8Array.from({ length: bytesOf({ ...size, walkShare }) }, (_, i) => (i * 37) % 256);
    const belief = { ...place, ...size, walkShare, codes };
    return { ...state, memory: Float32Array.from(memory.flat()), belief };
  });

/** Without the room its arrays have left. */
const trimmed = ({ belief, ...state }: GridState) => ({
  ...state,
  memory: [...state.memory],
  belief: { ...belief, codes: [...belief.codes.subarray(0, bytesOf(belief))] },
});

describe('what one fix on the grid hands to the next', () => {
  it('comes back as it was, whatever was held and read before', () => {
    const out = emptyState();
    let spare = null;
    for (const state of fc.sample(states, { numRuns: 300, seed: 4 })) {
      spare = hold(state, spare);
      expect(trimmed(recallState(spare, out))).toEqual(trimmed(state));
    }
  });

  it('takes at most twice the bytes it needs', () => {
    const [large] = fc.sample(states, { numRuns: 1, seed: 2 });
    if (large === undefined) throw new Error('no state');
    const held = hold(large, null);
    const small = { ...emptyState(), memory: new Float32Array(wordsPerGateway) };
    expect(hold(small, held).bytes.length).toBeLessThan(2 * 68 + 1);
  });
});
