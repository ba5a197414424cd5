import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import {
  buildSite,
  type Calibration,
  type Gateway,
  gatewayId,
  type LevelParts,
  levelId,
  type Site,
  type SiteParts,
} from '../core';
import { calibrationSchema } from './calibration-schema';
import { type Fault, readLevel } from './read-plan';
import { gatewaysSchema, planSchema, siteSchema } from './site-schema';

/** A site directory could not be read: every fault with its file, feature and reason. */
export class SiteFileError extends Error {
  override name = 'SiteFileError';
  constructor(
    readonly dir: string,
    readonly faults: readonly Fault[],
  ) {
    super(`Cannot load the site in ${dir}:\n${faults.map(describe).join('\n')}`);
  }
}

const describe = (fault: Fault): string =>
  `  ${fault.file}${fault.feature === undefined ? '' : `, ${fault.feature}`}: ${fault.reason}`;

export interface LoadedSite {
  readonly site: Site;
  /** From `calibration.json` in the directory, if there is one. */
  readonly calibration: Calibration | null;
}

/**
 * Reads `site.json`, the plans it names, `gateways.json` and, when present, `calibration.json`.
 * @throws SiteFileError naming every fault found, not only the first.
 */
export async function loadSite(dir: string): Promise<LoadedSite> {
  const faults: Fault[] = [];
  const head = await readJson(dir, 'site.json', siteSchema, faults);
  const gateways = await readJson(dir, 'gateways.json', gatewaysSchema, faults);
  if (head === null || gateways === null) throw new SiteFileError(dir, faults);
  const levels: LevelParts[] = [];
  for (const level of head.levels) {
    const plan = await readJson(dir, level.plan, planSchema, faults);
    if (plan !== null) levels.push(readLevel(level, plan.features, level.plan, faults));
  }
  const parts: SiteParts = { ...head, levels, gateways: gateways.map(toGateway) };
  checkIds(parts, new Set(head.levels.map((level) => level.id)), faults);
  const calibration = await readCalibration(join(dir, 'calibration.json'), faults);
  if (faults.length > 0) throw new SiteFileError(dir, faults);
  return { site: buildSite(parts), calibration };
}

/** Reads a calibration file; null when there is none. Faults are added to `faults`. */
export async function readCalibration(path: string, faults: Fault[]): Promise<Calibration | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const parsed = parseJson(text, calibrationSchema, path, faults);
  if (parsed === null) return null;
  return branded(parsed);
}

function branded(parsed: z.output<typeof calibrationSchema>): Calibration {
  const { refit } = parsed;
  return {
    ...parsed,
    refit: refit && {
      ...refit,
      gateways: refit.gateways.map((own) => ({ ...own, gatewayId: gatewayId(own.gatewayId) })),
      suspects: refit.suspects.map((own) => ({ ...own, gatewayId: gatewayId(own.gatewayId) })),
    },
    gateways: parsed.gateways.map((gateway) => ({ ...gateway, gatewayId: gatewayId(gateway.gatewayId) })),
    residuals: parsed.residuals?.map((point) => ({
      ...point,
      gatewayId: gatewayId(point.gatewayId),
      levelId: levelId(point.levelId),
    })),
  };
}

function toGateway(raw: z.output<typeof gatewaysSchema>[number]): Gateway {
  const { x, y, z } = raw;
  return { id: gatewayId(raw.id), levelId: levelId(raw.levelId), x, y, z, format: raw.format ?? null };
}

async function readJson<S extends z.ZodType>(
  dir: string,
  file: string,
  schema: S,
  faults: Fault[],
): Promise<z.output<S> | null> {
  try {
    return parseJson(await readFile(join(dir, file), 'utf8'), schema, file, faults);
  } catch (error) {
    faults.push({ file, reason: isMissing(error) ? 'no such file' : String(error) });
    return null;
  }
}

function parseJson<S extends z.ZodType>(text: string, schema: S, file: string, faults: Fault[]): z.output<S> | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    faults.push({ file, reason: `not JSON: ${String(error)}` });
    return null;
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues.slice(0, 20)) {
    faults.push({ file, feature: featureAt(json, issue.path), reason: `${issue.path.join('.')}: ${issue.message}` });
  }
  return null;
}

/** The id of the feature an issue lies in, when the path leads through one. */
function featureAt(json: unknown, path: readonly PropertyKey[]): string | undefined {
  let at: unknown = json;
  let found: string | undefined;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) break;
    at = Reflect.get(at, step);
    const id: unknown = typeof at === 'object' && at !== null ? Reflect.get(at, 'id') : undefined;
    if (typeof id === 'string') found = id;
  }
  return found;
}

function checkIds(parts: SiteParts, levels: ReadonlySet<string>, faults: Fault[]): void {
  const features = parts.levels.flatMap((level) => [...level.units, ...level.openings, ...level.sections]);
  repeated(features.map((feature) => feature.id)).forEach((id) =>
    faults.push({ file: 'plans', feature: id, reason: 'id is used twice in the site' }),
  );
  repeated(parts.gateways.map((gateway) => gateway.id)).forEach((id) =>
    faults.push({ file: 'gateways.json', feature: id, reason: 'id is used twice' }),
  );
  for (const gateway of parts.gateways) {
    if (levels.has(gateway.levelId)) continue;
    faults.push({ file: 'gateways.json', feature: gateway.id, reason: `unknown level ${gateway.levelId}` });
  }
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
}

/** Whether an error says that a file is not there. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
