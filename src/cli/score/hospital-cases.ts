import { gatewayId, levelId, type Sighting, tagId } from '../../core';
import { loadSite } from '../../sites/site-files';
import { routerOf } from '../simulate/on-foot';
import { readPieces, scalePieces } from '../simulate/pieces';
import { seededRandom } from '../simulate/random';
import { Simulation } from '../simulate/simulation';
import type { CaseGroup } from './cases';
import type { Truth } from './read-ndjson';

const stepMs = 200;
const stepsPerTruth = 5;
const startAt = Date.UTC(2026, 0, 5, 8);
const tags = 60;
const durationMs = 420_000;
const seed = 7;

/** Seven minutes of the simulated hospital, seeded: several levels, walls and slabs, tags left standing and wheeled. */
export async function simulateHospital(dir: string): Promise<CaseGroup> {
  const { site } = await loadSite(dir);
  const pieces = scalePieces(await readPieces(dir), tags, site, seededRandom(seed).fork('pieces'));
  const simulation = new Simulation({ site, pieces, route: routerOf(site), seed, startAt, strangers: 0 });
  const sightings: Sighting[] = [];
  const truths: Truth[] = [];
  for (let step = 1; simulation.now < startAt + durationMs; step++) {
    for (const { gatewayId: gateway, tagId: tag, rssi, at } of simulation.step(stepMs).heard) {
      const heardAt = Math.round(at);
      sightings.push({ gatewayId: gatewayId(gateway), tagId: tagId(tag), rssi, heardAt, receivedAt: heardAt });
    }
    if (step % stepsPerTruth !== 0) continue;
    for (const truth of simulation.truth()) {
      truths.push({ ...truth, tagId: tagId(truth.tagId), levelId: levelId(truth.levelId) });
    }
  }
  sightings.sort((a, b) => a.heardAt - b.heardAt);
  return {
    name: site.id,
    about: `simulated, ${tags} tags for ${durationMs / 60_000} minutes, seed ${seed}`,
    cases: [{ name: 'simulated', site, survey: null, sightings, truths }],
  };
}
