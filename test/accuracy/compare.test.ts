import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSiteModel, type Calibration, fitCalibration } from '../../src/core';
import { record, type Recording } from '../../src/cli/hospital/record';
import { readScenarios } from '../../src/cli/hospital/scenario';
import { compareSides, type Side, worseBy } from '../../src/cli/score/compare';
import { locateAll } from '../../src/cli/score/locate-all';

describe('two calibrations on the same sightings', () => {
  let recording: Recording;
  let good: Side;

  const locatedWith = (calibration: Calibration | null): Side => {
    const { site, sightings } = recording;
    return { site, ...locateAll(sightings, buildSiteModel(site, calibration, { method: 'least-squares' })) };
  };

  const fitted = (): Calibration => fitCalibration(recording.site, recording.survey ?? [], 0).calibration;

  beforeAll(async () => {
    const [, scenario] = await readScenarios(join(__dirname, 'check'));
    if (scenario === undefined) throw new Error('no scenario to compare on');
    recording = await record({ ...scenario, tags: 12, carried: 0, minutes: 3 });
    good = locatedWith(fitted());
  }, 60_000);

  it('that are the same differ in nothing, and the answer is the same to the byte', () => {
    const again = compareSides(good, locatedWith(fitted()), recording.truths);
    expect(again.all).toMatchObject({ roomsFlipped: 0, apartP50: 0, apartP95: 0 });
    expect(worseBy(again, 0)).toEqual([]);
    const twice = [good, locatedWith(fitted())].map((side) => JSON.stringify(compareSides(good, side, null)));
    expect(twice[1]).toBe(twice[0]);
  });

  it('of which one is spoilt are told apart, with the truth and without it', () => {
    const { gateways, ...rest } = fitted();
    const spoilt = locatedWith({
      ...rest,
      residuals: [],
      gateways: gateways.map((radio, i) => ({ ...radio, rssi1m: radio.rssi1m + (i % 2 === 0 ? 12 : -12) })),
    });
    const known = compareSides(good, spoilt, recording.truths);
    expect(known.all.roomsFlipped).toBeGreaterThan(0.1);
    expect(known.all.errorP50?.[1]).toBeGreaterThan(known.all.errorP50?.[0] ?? Infinity);
    expect(worseBy(known, 0.05).join()).toMatch(/the whole site: median error/);
    expect(worseBy(compareSides(good, spoilt, null), 0.05).join()).toMatch(/the whole site: rooms flipped/);
    expect(worseBy(compareSides(spoilt, good, recording.truths), 0.05)).not.toContainEqual(
      expect.stringMatching(/the whole site: median error/),
    );
    const instants = known.sections.reduce((sum, own) => sum + own.instants, 0);
    expect(instants).toBe(known.all.instants);
  });
});
