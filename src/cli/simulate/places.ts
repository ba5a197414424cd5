import { isInPolygon, type Point, type Site, type Unit } from '../../core';
import type { Random } from './random';

/** The rooms of a site by what they are for. */
export class Places {
  readonly #byType = new Map<string, Unit[]>();

  constructor(readonly site: Site) {
    for (const unit of site.unitById.values()) {
      const type = unit.spaceType ?? unit.category;
      const units = this.#byType.get(type) ?? [];
      units.push(unit);
      this.#byType.set(type, units);
    }
  }

  /** Somewhere of one of these types: mostly in the same department, sometimes on the same level, seldom elsewhere. */
  choose(types: readonly string[], near: Unit | null, random: Random): Unit | null {
    const all = types.flatMap((type) => this.#byType.get(type) ?? []);
    if (all.length === 0) return null;
    const draw = random.uniform();
    const sameSection = all.filter((unit) => near !== null && unit.sectionId === near.sectionId);
    if (sameSection.length > 0 && draw < 0.78) return random.pick(sameSection);
    const sameLevel = all.filter((unit) => unit.levelId === near?.levelId);
    if (sameLevel.length > 0 && draw < 0.94) return random.pick(sameLevel);
    return random.pick(all);
  }
}

/** A point of a unit, not against a wall where the room allows it. */
export function spotIn(unit: Unit, random: Random): Point {
  const [minX, maxX, minY, maxY] = extentOf(unit.polygon);
  const margin = Math.min(0.5, (maxX - minX) / 4, (maxY - minY) / 4);
  for (let tries = 0; tries < 60; tries++) {
    const x = random.between(minX + margin, maxX - margin);
    const y = random.between(minY + margin, maxY - margin);
    if (isInPolygon(x, y, unit.polygon)) return [x, y];
  }
  const [first = [0, 0]] = unit.polygon[0] ?? [];
  return first;
}

export function extentOf([ring = []]: Unit['polygon']): [minX: number, maxX: number, minY: number, maxY: number] {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
}
