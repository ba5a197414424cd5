import { join } from 'node:path';
import { expect, it } from 'vitest';
import { simulateHospital } from '../../src/cli/score/hospital-cases';
import { runGroup } from '../../src/cli/score/run-cases';

/** What the engine reached here when these bounds were set; a change that moves them says so. */
const reached = { mean: 2.3, p95: 5.3, levelAccuracy: 0.996, zoneAccuracy: 0.55 };

it('the simulated hospital is located as well as it was', { timeout: 120_000 }, async () => {
  const { uncalibrated } = runGroup(
    await simulateHospital(join(__dirname, '..', '..', 'floorplans', 'general-hospital')),
  );
  expect(uncalibrated.mean).toBeLessThan(reached.mean * 1.1);
  expect(uncalibrated.p95).toBeLessThan(reached.p95 * 1.1);
  expect(uncalibrated.levelAccuracy).toBeGreaterThan(reached.levelAccuracy - 0.005);
  expect(uncalibrated.zoneAccuracy).toBeGreaterThan(reached.zoneAccuracy - 0.05);
  expect(uncalibrated.insideRadius90).toBeGreaterThan(0.85);
});
