import { buildSite, type Gateway, gatewayId, isInPolygon, type Level, type Site } from '../../core';

/** Under ceilings, metres above the floor. */
const ceilingM = 2.6;

/** The same plan with gateways anew: a square lattice over every level, where there is a unit to hang them in. */
export function hangGateways(site: Site, apartM: number): Site {
  return buildSite({ ...site, gateways: site.levels.flatMap((level) => lattice(level, apartM)) });
}

function lattice(level: Level, apartM: number): Gateway[] {
  const { minX, minY, maxX, maxY } = level.bounds;
  const gateways: Gateway[] = [];
  for (let y = minY + apartM / 2; y < maxY; y += apartM) {
    for (let x = minX + apartM / 2; x < maxX; x += apartM) {
      if (!level.units.some((unit) => isInPolygon(x, y, unit.polygon))) continue;
      const id = gatewayId(`${level.id}-${gateways.length + 1}`);
      gateways.push({ id, levelId: level.id, x, y, z: ceilingM, format: null });
    }
  }
  return gateways;
}
