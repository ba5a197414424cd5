import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadModel } from '../../src/cli/score/load-model';
import { survey } from '../../src/cli/simulate/survey';
import type { SurveyPoint } from '../../src/core';
import { loadSite } from '../../src/sites/site-files';
import { temporaryDirectory } from '../support/temporary-directory';
import { twoRoomsDir } from '../support/two-rooms';

const file = (points: readonly SurveyPoint[]): string => {
  const path = join(temporaryDirectory(), 'survey.ndjson');
  writeFileSync(path, points.map((point) => `${JSON.stringify(point)}\n`).join(''));
  return path;
};
const outside = (point: SurveyPoint): SurveyPoint => ({ ...point, pointId: `${point.pointId}-out`, x: point.x + 900 });

it('a survey serves locate, evaluate and coverage as it serves calibrate: points outside the plan are left out', async () => {
  const { site } = await loadSite(twoRoomsDir);
  const points = survey(site, 1, 12);
  const plain = await loadModel(twoRoomsDir, file(points));
  const spoilt = await loadModel(twoRoomsDir, file([...points, ...points.map(outside)]));
  expect(spoilt.model.levels.map(({ radio }) => radio)).toEqual(plain.model.levels.map(({ radio }) => radio));
});

it('a survey that lies outside the plan as a whole is refused', async () => {
  const { site } = await loadSite(twoRoomsDir);
  const path = file(survey(site, 1, 3).map(outside));
  await expect(loadModel(twoRoomsDir, path)).rejects.toThrow('No point of the survey lies on the plan.');
});
