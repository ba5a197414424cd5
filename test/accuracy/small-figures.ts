import { join } from 'node:path';
import { methodNames } from '../../src/core';
import { runScenario } from '../../src/cli/hospital/run-scenario';
import { readScenarios } from '../../src/cli/hospital/scenario';

/** A figure as `<scenario> <method> <what>`. */
export type Figures = Readonly<Record<string, number>>;

/** The figures the tests watch, of scenarios small enough for every run. */
export async function smallFigures(): Promise<Figures> {
  const figures: Record<string, number> = {};
  for (const scenario of await readScenarios(join(__dirname, 'check'))) {
    for (const { outcome, falseChangesPerHour } of await runScenario(scenario, methodNames)) {
      const { score, method } = outcome;
      const own = {
        mean: score.mean,
        p95: score.p95,
        levelRight: score.levelAccuracy,
        roomRight: score.zoneAccuracy,
        insideRadius90: score.insideRadius90,
        falseChangesPerHour,
      };
      for (const [what, value] of Object.entries(own)) {
        figures[`${scenario.name} ${method} ${what}`] = Math.round((value ?? NaN) * 1000) / 1000;
      }
    }
  }
  return figures;
}

/** How much worse than its baseline a figure may be. */
const bands: Readonly<Record<string, (baseline: number) => { readonly least?: number; readonly most?: number }>> = {
  mean: (was) => ({ most: 1.08 * was }),
  p95: (was) => ({ most: 1.12 * was }),
  levelRight: (was) => ({ least: was - 0.005 }),
  roomRight: (was) => ({ least: was - 0.03 }),
  insideRadius90: (was) => ({ least: Math.min(was - 0.03, 0.87) }),
  falseChangesPerHour: (was) => ({ most: 1.25 * was + 1 }),
};

/** The figures that are worse than their band allows, or missing, each in one sentence. */
export function worsened(baseline: Figures, now: Figures): string[] {
  return Object.entries(baseline).flatMap(([name, was]) => {
    const value = now[name];
    if (value === undefined || Number.isNaN(value)) return [`${name} is missing`];
    const { least = -Infinity, most = Infinity } = bands[name.split(' ').at(-1) ?? '']?.(was) ?? { least: Infinity };
    return value < least || value > most ? [`${name} was ${was} and is ${value}`] : [];
  });
}
