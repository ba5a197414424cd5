import { expect, it } from 'vitest';
import { buildSiteModel, levelId, type SiteModel } from '../../../src/core';
import { emptySolution } from '../../../src/core/positioning/least-squares';
import { chooseLevel, type LevelLead, settleLead } from '../../../src/core/positioning/level-choice';
import { locate } from '../../../src/core/positioning/locate';
import { emptySignals, type Signals } from '../../../src/core/radio/signals';
import { box, expectedAt, madeSite, seededNoise, surveyed } from '../made-site';

const corners = [
  [2, 2],
  [15, 2],
  [28, 2],
  [2, 18],
  [15, 18],
  [28, 18],
] as const;
const outline = box(0, 0, 30, 20);
const model = buildSiteModel(madeSite({ outline, gateways: corners }, { outline, gateways: corners }), surveyed);

function hear(level: number, x: number, y: number, noise: () => number): Signals {
  const signals = emptySignals();
  expectedAt(model, level, [x, y]).forEach((expected, g) => {
    const rssi = Math.round(expected + noise());
    if (rssi < -95) return;
    signals.gateway[signals.count] = g;
    signals.rssi[signals.count] = rssi;
    signals.variance[signals.count++] = 4;
  });
  return signals;
}

/** How much likelier the upper level is, log-odds, by the posterior on both. */
function aheadOf(signals: Signals, near: { x: number; y: number; variance: number }, { rules, levels }: SiteModel) {
  const [lower = Infinity, upper = Infinity] = levels.map(({ radio, level: { bounds } }) => {
    const out = emptySolution();
    locate('least-squares', { signals, radio, bounds, near, rules }, out);
    return out.cost;
  });
  return lower - upper;
}

it('the level of a tag is the one that asking for both levels every time would give', () => {
  const noise = seededNoise(4, 4);
  const below = levelId('L0');
  const lead: LevelLead = { levelId: below, challenger: null, fixes: 0 };
  for (let i = 0; i < 400; i++) {
    const [x, y] = [2 + ((i * 7) % 26), 2 + ((i * 11) % 16)];
    const signals = hear(i % 4 === 0 ? 1 : 0, x, y, noise);
    const near = { x: x + noise() / 2, y: y + noise() / 2, variance: 6 };
    const quick = chooseLevel({ signals, near, model, method: 'least-squares' }, lead, emptySolution());
    const challenge = { challenger: levelId('L1'), ahead: aheadOf(signals, near, model) };
    expect(quick).toEqual(settleLead(lead, { ...challenge, fixes: model.rules.levelLeadFixes }, model.rules));
  }
});
