import { describe, expect, it } from 'vitest';
import { fitCalibration, type SurveyPoint } from '../../../src/core';
import { levelOf, saidBySilence, silenceOf } from '../../../src/core/radio/ears';
import { expectedOn } from '../../../src/core/radio/line';
import { normalShare } from '../../../src/core/radio/normal';
import { decadesTo } from '../../../src/core/radio/path-loss';
import { hall, seededNoise } from '../made-site';

const ears = { halfDbm: -90, blurDb: 4, most: 0.8, fadingDb: 3.5 };

describe('advertisements of which the weaker part goes unheard', () => {
  it.each([-80, -88, -92, -95])('tell the strength of a tag at %d dBm, told what was missed', (dBm) => {
    const noise = seededNoise(3, 1);
    const heard: number[] = [];
    const sent = 20_000;
    for (let i = 0; i < sent; i++) {
      const rssi = dBm + ears.fadingDb * noise();
      const isHeard = (i * 0.618) % 1 < ears.most && rssi + Math.sqrt(4 ** 2 - 3.5 ** 2) * noise() > ears.halfDbm;
      if (isHeard) heard.push(rssi);
    }
    const mean = heard.reduce((sum, rssi) => sum + rssi, 0) / heard.length;
    expect(Math.abs(levelOf(ears, mean, heard.length, sent - heard.length) - dBm)).toBeLessThan(0.8);
  });

  it('are taken as they are where nothing was missed, and where they are loud', () => {
    expect(levelOf(ears, -93, 5, 0)).toBe(-93);
    expect(levelOf(ears, -60, 16, 4)).toBeCloseTo(-60, 3);
  });
});

describe('silence', () => {
  const said = (mean: number) => saidBySilence(silenceOf(ears, 10), mean, 25);

  it('says that a place is weaker than thought, the more the louder it was thought', () => {
    expect(said(-88).value).toBeLessThan(-92);
    expect(said(-120).weight).toBeLessThan(said(-92).weight / 5);
  });

  it('says next to nothing of a gateway that should hear all: it is down', () => {
    const { value, weight } = said(-50);
    expect((value + 50) * weight * 25).toBeGreaterThan(-0.05);
  });

  it('of many advertisements is a half where that of one is little', () => {
    const { halfDbm } = silenceOf(ears, 20);
    const one = 1 - ears.most * normalShare((halfDbm - ears.halfDbm) / ears.blurDb);
    expect(one ** 20).toBeCloseTo(0.5, 2);
  });
});

describe('a survey by ears that end', () => {
  const truth = { rssi1m: -62, exponent: 2.8 };
  const gateways = [...hall.gatewayById.values()];
  const shadow = seededNoise(11, 4);
  const fading = seededNoise(12, 3);
  const levels = new Map<string, number>();
  const survey = Array.from({ length: 120 }, (_, i): SurveyPoint => {
    const [x, y] = [1 + ((i * 7.3) % 28), 1 + ((i * 4.7) % 18)];
    const heard = gateways.flatMap((gateway) => {
      const slant = Math.hypot(x - gateway.x, y - gateway.y, gateway.z - 1);
      const level = truth.rssi1m - 10 * truth.exponent * Math.log10(slant) + shadow();
      levels.set(`${gateway.id} ${x} ${y}`, level);
      const all = Array.from({ length: 20 }, () => level + fading()).filter((rssi) => rssi > -92);
      const rssi = all.reduce((sum, one) => sum + one, 0) / all.length;
      return all.length === 0 ? [] : [{ gatewayId: gateway.id, rssi, count: all.length }];
    });
    return { pointId: String(i), levelId: 'L0', x, y, heard };
  });
  const { calibration } = fitCalibration(hall, survey, 0);
  const isNear = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y) < 0.01;

  it('gives lines as steep as they are', () => {
    expect(survey.flatMap(({ heard }) => heard).length).toBeLessThan(0.9 * 120 * gateways.length);
    expect(Math.abs((calibration.fallback.through?.exponent ?? 0) - truth.exponent)).toBeLessThan(0.3);
  });

  it('tells how strong it is where most went unheard', () => {
    const barely = survey.flatMap((point) => point.heard.map((own) => ({ ...own, ...point })));
    const off = barely.flatMap(({ gatewayId, x, y, rssi, count = 0 }) => {
      const gateway = hall.gatewayById.get(gatewayId);
      const line = calibration.gateways.find((own) => own.gatewayId === gatewayId)?.through;
      const point = calibration.residuals?.find((own) => own.gatewayId === gatewayId && isNear(own, { x, y }));
      if (count > 6 || gateway === undefined || line === undefined || point === undefined) return [];
      const told = point.db + expectedOn(line, decadesTo(gateway, { x, y }, hall.tagHeight), 0);
      const level = levels.get(`${gatewayId} ${x} ${y}`) ?? NaN;
      return [{ told: told - level, heard: rssi - level }];
    });
    expect(off.length).toBeGreaterThan(20);
    const meanOf = (of: 'told' | 'heard') => off.reduce((sum, own) => sum + own[of], 0) / off.length;
    expect(meanOf('heard')).toBeGreaterThan(2.5);
    expect(Math.abs(meanOf('told'))).toBeLessThan(1);
  });
});
