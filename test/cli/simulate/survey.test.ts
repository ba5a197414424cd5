import { join } from 'node:path';
import { expect, it } from 'vitest';
import { surveyEachRoom } from '../../../src/cli/simulate/survey';
import { isInPolygon } from '../../../src/core';
import { loadSite } from '../../../src/sites/site-files';

it('of each room stands once in every room and every few metres of a corridor', async () => {
  const { site } = await loadSite(join(__dirname, '..', '..', '..', 'floorplans', 'general-hospital'));
  const points = surveyEachRoom(site, 3);
  for (const unit of site.unitById.values()) {
    if (unit.connector !== null || unit.category === 'opentobelow') continue;
    const inside = points.filter(
      ({ levelId, x, y }) => levelId === unit.levelId && isInPolygon(x, y, unit.polygon),
    ).length;
    const isPassage = unit.spaceType === 'corridor' || unit.spaceType === 'lobby';
    expect(inside, unit.id).toBeGreaterThanOrEqual(1);
    if (!isPassage) expect(inside, unit.id).toBe(1);
  }
  expect(points.every(({ heard }) => heard.length > 0)).toBe(true);
});
