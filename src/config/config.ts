import { resolve } from 'node:path';
import { z } from 'zod';
import { type TagClass, tagClasses } from '../core';
import { clashesOf } from './clashes';

/** The parts of the service a process can run. All by default. */
export const roles = ['ingest', 'track', 'record', 'serve'] as const;
export type Role = (typeof roles)[number];

const port = z.coerce.number().int().min(0).max(65535);
const url = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol),
      `must be a URL starting with ${schemes.map((s) => `${s}//`).join(' or ')}`,
    );

/** One Redis, or nodes of a cluster separated by commas. */
const redisUrl = z.string().superRefine((text, context) => {
  const nodes = text.split(',').map((node) => node.trim());
  const issue = (message: string): void => context.addIssue({ code: 'custom', message });
  const known = ['redis:', 'rediss:'];
  if (nodes.some((node) => !URL.canParse(node) || !known.includes(new URL(node).protocol))) {
    issue('must be a URL starting with redis:// or rediss://, or several of nodes of a cluster, separated by commas');
  } else if (nodes.length > 1 && nodes.some((node) => !['', '/', '/0'].includes(new URL(node).pathname))) {
    issue('names a database by number, which a Redis Cluster does not have');
  } else if (new Set(nodes.map((node) => new URL(node).protocol)).size > 1) {
    issue('names some nodes by redis:// and some by rediss://: one cluster has one way to be talked to');
  }
});

const listOfRoles = z.string().transform((text, context): Role[] => {
  const wanted = text.split(',').map((role) => role.trim());
  const unknown = wanted.filter((role) => !roles.some((known) => known === role));
  if (unknown.length > 0) {
    context.addIssue({ code: 'custom', message: `unknown role ${unknown.join(', ')}; known: ${roles.join(', ')}` });
    return z.NEVER;
  }
  return roles.filter((role) => wanted.includes(role));
});

/** `badge=30,sensor=90` → days by class. */
const daysByClass = z.string().transform((text, context): ReadonlyMap<TagClass, number> => {
  const days = new Map<TagClass, number>();
  for (const part of text.split(',')) {
    const [name = '', count = ''] = part.split('=').map((word) => word.trim());
    const tagClass = tagClasses.find((known) => known === name);
    if (tagClass === undefined || !/^[1-9]\d{0,4}$/.test(count)) {
      const message = `must be like badge=30,sensor=90, whole days of these classes: ${tagClasses.join(', ')}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    days.set(tagClass, Number(count));
  }
  return days;
});

/** Every setting, with its default. `docs/operating.md` has a sentence for each. */
const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  HEALTH_PORT: port.default(3001),
  HEALTH_HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((dir) => resolve(dir)),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: redisUrl.optional(),
  REDIS_FSYNC: z.enum(['everysec', 'always']).default('everysec'),
  MQTT_URL: url('mqtt:', 'mqtts:').optional(),
  MQTT_PORT: port.default(1883),
  MQTT_TOPICS: z.string().optional(),
  MQTT_CLIENT_ID: z.string().min(1).max(256).default('whereabouts-ingest'),
  SITE_DIR: z
    .string()
    .default('./floorplans/general-hospital')
    .transform((dir) => resolve(dir)),
  ROLES: listOfRoles.default([...roles]),
  TRACKERS: z.coerce.number().int().min(0).max(64).default(1),
  SHARDS: z.coerce.number().int().min(1).max(1024).default(16),
  KEY_PREFIX: z.string().default(''),
  DATABASE_SCHEMA: z
    .string()
    .regex(/^[a-z_][a-z0-9_]*$/, 'must be a lower-case SQL name')
    .default('public'),
  SILENT_AFTER_S: z.coerce.number().positive().default(120),
  MOVES_KEPT: z.coerce.number().int().min(1000).default(100_000),
  FIX_RETENTION_DAYS: z.coerce.number().int().min(1).default(365),
  FIX_RETENTION_BY_CLASS: daysByClass.default(
    new Map([
      ['badge', 30],
      ['reference', 30],
    ]),
  ),
  SIGHTINGS_WAITING_MAX: z.coerce.number().int().min(1000).default(3_000_000),
  SIMULATE: z.enum(['auto', 'on', 'off']).default('auto'),
  GATEWAY_MESSAGES_PER_S: z.coerce.number().min(1).default(2_000),
  MAPBOX_TOKEN: z.string().min(1).optional(),
  REFIT_EVERY_H: z.coerce.number().min(0).default(24),
  LOG_FORMAT: z.enum(['text', 'json']).default('text'),
  LOG_LEVEL: z.enum(['error', 'warn', 'log', 'debug', 'verbose']).default('log'),
});

type Env = z.output<typeof schema>;

/** The settings as the code knows them. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Port of /health and /metrics, kept apart from the public one. */
  readonly healthPort: number;
  readonly healthHost: string;
  readonly dataDir: string;
  /** Undefined: the embedded service runs in its place. */
  readonly databaseUrl: string | undefined;
  /** Several nodes of a Redis Cluster are separated by commas. */
  readonly redisUrl: string | undefined;
  /** When the embedded Redis forces what it was told to the disk: each second, or before it answers. */
  readonly redisFsync: Env['REDIS_FSYNC'];
  readonly mqttUrl: string | undefined;
  readonly mqttPort: number;
  /** Topic filters to subscribe to; undefined: all the decoders know. */
  readonly mqttTopics: readonly string[] | undefined;
  /** Name of the session at an external broker, which keeps what comes while we are away: one for each process. */
  readonly mqttClientId: string;
  readonly siteDir: string;
  readonly roles: readonly Role[];
  /** Processes `start` runs beside its own for tracking; 0: it tracks in its own. */
  readonly trackers: number;
  readonly shards: number;
  /** Before every Redis key; tests get one each. */
  readonly keyPrefix: string;
  readonly databaseSchema: string;
  readonly silentAfterMs: number;
  /** Moves kept in each `moves` stream: how much history may fall behind before rows are lost. */
  readonly movesKept: number;
  /** Age at which rows of `fix` and `stay` are deleted, days: of classes that have no other, and those that have. */
  readonly fixRetentionDays: number;
  readonly fixRetentionByClass: ReadonlyMap<TagClass, number>;
  /** Sightings waiting over all shards above which doors refuse with 503. */
  readonly sightingsWaitingMax: number;
  /** Simulated gateways on the embedded broker. Auto: with the hospital that comes along, and no other. */
  readonly simulate: 'auto' | 'on' | 'off';
  /** Messages one gateway may send a second, and twice that at once, before the rest is dropped as a flood. */
  readonly gatewayMessagesPerS: number;
  readonly mapboxToken: string | undefined;
  /** How often the radio model is fitted anew by itself, hours; 0: never. */
  readonly refitEveryH: number;
  readonly logLevel: Env['LOG_LEVEL'];
  readonly logFormat: Env['LOG_FORMAT'];
}

/** Stops the boot: lists every bad variable in one message. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads settings from an environment. Empty variables count as unset. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const bad = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Invalid settings:\n${bad.join('\n')}`);
  }
  const e = parsed.data;
  const clashes = clashesOf(e, set);
  if (clashes.length > 0) throw new ConfigError(`Invalid settings:\n${clashes.map((line) => `  ${line}`).join('\n')}`);
  return {
    host: e.HOST,
    port: e.PORT,
    healthPort: e.HEALTH_PORT,
    healthHost: e.HEALTH_HOST,
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    redisFsync: e.REDIS_FSYNC,
    mqttUrl: e.MQTT_URL,
    mqttPort: e.MQTT_PORT,
    mqttTopics: e.MQTT_TOPICS?.split(',').map((topic) => topic.trim()),
    mqttClientId: e.MQTT_CLIENT_ID,
    siteDir: e.SITE_DIR,
    roles: e.ROLES,
    trackers: e.TRACKERS,
    shards: e.SHARDS,
    keyPrefix: e.KEY_PREFIX,
    databaseSchema: e.DATABASE_SCHEMA,
    silentAfterMs: e.SILENT_AFTER_S * 1000,
    movesKept: e.MOVES_KEPT,
    fixRetentionDays: e.FIX_RETENTION_DAYS,
    fixRetentionByClass: e.FIX_RETENTION_BY_CLASS,
    sightingsWaitingMax: e.SIGHTINGS_WAITING_MAX,
    simulate: e.SIMULATE,
    gatewayMessagesPerS: e.GATEWAY_MESSAGES_PER_S,
    mapboxToken: e.MAPBOX_TOKEN,
    refitEveryH: e.REFIT_EVERY_H,
    logLevel: e.LOG_LEVEL,
    logFormat: e.LOG_FORMAT,
  };
}
