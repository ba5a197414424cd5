import { expect } from 'vitest';
import { maxRssi, minRssi } from '../../src/core';
import type { Decoded } from '../../src/ingest/decoders/decoder';

const skipReasons = ['bad-entry', 'bad-rssi', 'bad-time', 'no-identity'];
const limits: Readonly<Record<string, readonly [number, number]>> = {
  temperature: [-100, 150],
  humidity: [0, 100],
  pressure: [30_000, 110_000],
  battery: [0, 100],
  voltage: [0, 20],
  acceleration: [0, 32],
  motion: [0, 1],
  button: [0, 65_535],
};

/** What must hold of everything a decoder says it read, whatever it was given. */
export function expectValid({ reports, skipped }: Decoded): void {
  for (const { gatewayIds, clockStepMs, heard } of reports) {
    expect(clockStepMs).toBeGreaterThan(0);
    for (const id of gatewayIds) expect(id).toBe(id.trim().toLowerCase());
    for (const one of heard) {
      expect(one.rssi >= minRssi && one.rssi <= maxRssi).toBe(true);
      expect(one.heardAt === null || (Number.isInteger(one.heardAt) && one.heardAt > 0)).toBe(true);
      expect(one.identities.length).toBeGreaterThan(0);
      expect(new Set(one.identities).size).toBe(one.identities.length);
      for (const id of one.identities) expect(id.length > 0 && id === id.trim().toLowerCase()).toBe(true);
      for (const { kind, value } of one.measured) {
        const [min, max] = limits[kind] ?? [NaN, NaN];
        expect(value >= min && value <= max).toBe(true);
      }
    }
  }
  for (const [reason, count] of skipped.counts) expect(skipReasons.includes(reason) && count > 0).toBe(true);
}
