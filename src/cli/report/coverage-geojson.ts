import type { FeatureCollection, Position } from 'geojson';
import type { Coverage, Site } from '../../core';

const round = (value: number): number => Math.round(value * 100) / 100;

/** Cells as squares, rooms with what they lose without which gateway; coordinates are metres of the level. */
export function coverageGeoJson({ cellM, levels, rooms, losses }: Coverage, site: Site): FeatureCollection {
  const cells = levels.flatMap(({ levelId, cells: own }) =>
    own.map(({ x, y, radius90, roomCertainty, gateways, unitId }) => ({
      type: 'Feature' as const,
      geometry: { type: 'Polygon' as const, coordinates: [square(x, y, cellM / 2)] },
      properties: {
        feature_type: 'cell',
        levelId,
        unitId,
        radius90: round(radius90),
        roomCertainty: round(roomCertainty),
        gateways,
      },
    })),
  );
  const units = rooms.flatMap(({ unitId, levelId, radius90, roomCertainty }) => {
    const unit = site.unitById.get(unitId);
    if (unit === undefined) return [];
    return [
      {
        type: 'Feature' as const,
        id: unitId,
        geometry: {
          type: 'Polygon' as const,
          coordinates: unit.polygon.map((ring) => ring.map(([x, y]): Position => [x, y])),
        },
        properties: {
          feature_type: 'unit',
          levelId,
          radius90: round(radius90),
          roomCertainty: round(roomCertainty),
          lostWithout: losses
            .filter((loss) => loss.unitId === unitId)
            .map(({ gatewayId, after }) => ({ gatewayId, roomCertainty: round(after) })),
        },
      },
    ];
  });
  return { type: 'FeatureCollection', features: [...units, ...cells] };
}

const square = (x: number, y: number, half: number): Position[] =>
  [
    [x - half, y - half],
    [x + half, y - half],
    [x + half, y + half],
    [x - half, y + half],
    [x - half, y - half],
  ].map(([atX = 0, atY = 0]) => [round(atX), round(atY)]);
