/** What other methods reach, metres, as published with the measurements: on all nine walks, and on a robot's own test. */
export interface Baseline {
  readonly site: string;
  readonly method: string;
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
}

const onOffice = (method: string, mean: number, median: number, p95: number): Baseline => ({
  site: 'danis-office',
  method,
  mean,
  median,
  p95,
});
const inFlat = (method: string, mean: number, median: number, p95: number): Baseline => ({
  site: 'kolakowski-flat',
  method,
  mean,
  median,
  p95,
});

export const baselines: readonly Baseline[] = [
  onOffice('reelyActive anchor-and-pull', 3.71, 2.99, 9.5),
  onOffice('OpenHPS multilateration', 2.35, 2.12, 5.04),
  onOffice('kNN fingerprints', 2.01, 1.66, 4.85),
  onOffice('grid filter, calibrated path loss', 1.89, 1.64, 3.94),
  onOffice('grid filter, Gaussian-process map', 1.39, 1.25, 3.05),
  inFlat('reelyActive anchor-and-pull', 2.95, 2.98, 4.98),
  inFlat('OpenHPS multilateration', 3.17, 3.59, 4.47),
  inFlat('kNN fingerprints', 1.17, 1.02, 2.6),
  inFlat('grid filter, calibrated path loss', 1.36, 1.21, 2.69),
  inFlat('grid filter, Gaussian-process map', 1.02, 0.82, 2.34),
];
