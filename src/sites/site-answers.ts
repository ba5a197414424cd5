import {
  foreseeCoverage,
  frameOf,
  type Level,
  type Point,
  type Polygon,
  type Section,
  type Site,
  type SiteModel,
  type Unit,
} from '../core';
import type { CoverageAnswer, PlanAnswer, SiteAnswer } from './site.dto';

/** Side of the cells coverage is worked out on, metres: fine enough for a store room. */
const coverageCellM = 1;

/** What the model promises of each room, and which rooms depend on one gateway. */
export function coverageAnswer(model: SiteModel): CoverageAnswer {
  const { rooms, losses } = foreseeCoverage(model, coverageCellM);
  return { rooms, losses };
}

/** The site as the API tells it. */
export function siteAnswer(site: Site): SiteAnswer {
  return {
    id: site.id,
    name: site.name,
    isGeoreferenced: site.georeference !== null,
    frame: frameOf(site.georeference),
    levels: site.levels.map(levelHead),
    sections: site.levels.flatMap((level) =>
      level.sections.map((section) => ({ id: section.id, levelId: level.id, ...sectionProperties(section) })),
    ),
    units: site.levels.flatMap((level) =>
      level.units.map((unit) => ({ id: unit.id, levelId: level.id, ...unitProperties(unit) })),
    ),
  };
}

/** The drawing of a level, in the order it is painted: what lies below first. */
export function planAnswer(level: Level): PlanAnswer {
  const outline =
    level.outline === null ? [] : [feature(level.id, { feature_type: 'level' as const }, polygon(level.outline))];
  return {
    type: 'FeatureCollection',
    level: levelHead(level),
    features: [
      ...outline,
      ...level.sections.map((section) =>
        feature(
          section.id,
          { feature_type: 'section' as const, ...sectionProperties(section) },
          polygon(section.polygon),
        ),
      ),
      ...level.units.map((unit) =>
        feature(unit.id, { feature_type: 'unit' as const, ...unitProperties(unit) }, polygon(unit.polygon)),
      ),
      ...level.fixtures.map(({ id, category, unitId, polygon: shape }) =>
        feature(id, { feature_type: 'fixture' as const, category, unitId }, polygon(shape)),
      ),
      ...level.openings.map(({ id, category, unitIds, from, to }) =>
        feature(id, { feature_type: 'opening' as const, category, unitIds }, line(from, to)),
      ),
      ...level.gateways.map(({ id, x, y, z }) =>
        feature(id, { feature_type: 'gateway' as const, z }, { type: 'Point' as const, coordinates: [x, y] as const }),
      ),
    ],
  };
}

const feature = <P, G>(id: string, properties: P, geometry: G) => ({
  type: 'Feature' as const,
  id,
  properties,
  geometry,
});
const polygon = (rings: Polygon) => ({ type: 'Polygon' as const, coordinates: rings });
const line = (from: Point, to: Point) => ({ type: 'LineString' as const, coordinates: [from, to] });

function levelHead({ id, name, names, ordinal, elevation, height, bounds }: Level): SiteAnswer['levels'][number] {
  return { id, name, names: { en: name, ...names }, ordinal, elevation, height, bounds };
}

const sectionProperties = ({ name, short, category }: Section) => ({ name, short, category });

function unitProperties({ name, number, category, spaceType, sectionId, connector }: Unit) {
  return { name, number, category, spaceType, sectionId, connector };
}
