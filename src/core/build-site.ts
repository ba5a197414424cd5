import type { GatewayId, LevelId, SectionId, UnitId } from './ids';
import type { MethodName } from './rules';
import type { WalkingRules } from './walking/rules';
import type { Bounds, Gateway, Georeference, Level, Point, Polygon, Section, Site, Unit } from './site';

/** A level before its bounds are known. */
export type LevelParts = Omit<Level, 'bounds' | 'gateways'>;

export interface SiteParts {
  readonly id: string;
  readonly name: string;
  readonly georeference: Georeference | null;
  readonly tagHeight: number;
  readonly method?: MethodName | undefined;
  readonly walking?: Partial<WalkingRules> | undefined;
  readonly refit?: boolean | undefined;
  readonly levels: readonly LevelParts[];
  readonly gateways: readonly Gateway[];
}

/** Joins the parts of a site: levels by ordinal, gateways on their levels, everything found by id. */
export function buildSite(parts: SiteParts): Site {
  const levels = parts.levels
    .map((level): Level => {
      const gateways = parts.gateways.filter((gateway) => gateway.levelId === level.id);
      return { ...level, gateways, bounds: boundsOf(level, gateways) };
    })
    .sort((a, b) => a.ordinal - b.ordinal);
  return {
    id: parts.id,
    name: parts.name,
    georeference: parts.georeference,
    tagHeight: parts.tagHeight,
    method: parts.method,
    walking: parts.walking,
    refit: parts.refit,
    levels,
    levelById: new Map<LevelId, Level>(levels.map((level) => [level.id, level])),
    unitById: new Map<UnitId, Unit>(levels.flatMap((level) => level.units.map((unit) => [unit.id, unit] as const))),
    sectionById: new Map<SectionId, Section>(
      levels.flatMap((level) => level.sections.map((section) => [section.id, section] as const)),
    ),
    gatewayById: new Map<GatewayId, Gateway>(parts.gateways.map((gateway) => [gateway.id, gateway])),
  };
}

/** The box around a level's outline and units, or around its gateways when nothing is drawn. */
function boundsOf(level: LevelParts, gateways: readonly Gateway[]): Bounds {
  const drawn: Polygon[] = level.units.map((unit) => unit.polygon);
  if (level.outline !== null) drawn.push(level.outline);
  const points: Point[] = drawn.flatMap((polygon) => polygon[0] ?? []);
  if (points.length === 0) points.push(...gateways.map((gateway): Point => [gateway.x, gateway.y]));
  if (points.length === 0) return { minX: 0, minY: 0, maxX: 0, maxY: 0 };
  const [first = [0, 0]] = points;
  let [minX, minY] = first;
  let [maxX, maxY] = first;
  for (const [x, y] of points) {
    minX = Math.min(minX, x);
    minY = Math.min(minY, y);
    maxX = Math.max(maxX, x);
    maxY = Math.max(maxY, y);
  }
  return { minX, minY, maxX, maxY };
}
