import { expect, test } from 'vitest';
import { FloodGate } from '../../src/ingest/flood-gate';

test('one sender may send twice its rate at once and no more, others are not held up', () => {
  const gate = new FloodGate(100);
  const admitted = Array.from({ length: 1_000 }, () => gate.admit('loud', 0)).filter(Boolean);
  expect(admitted).toHaveLength(200);
  expect(gate.admit('quiet', 0)).toBe(true);
});

test('the rate is given back with time', () => {
  const gate = new FloodGate(100);
  for (let i = 0; i < 1_000; i++) gate.admit('loud', 0);
  const later = Array.from({ length: 1_000 }, () => gate.admit('loud', 1_000)).filter(Boolean);
  expect(later).toHaveLength(100);
});

test('a clock that goes back gives nothing', () => {
  const gate = new FloodGate(1);
  gate.admit('a', 10_000);
  gate.admit('a', 10_000);
  expect(gate.admit('a', 0)).toBe(false);
});
