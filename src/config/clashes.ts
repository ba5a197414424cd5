interface Settings {
  readonly PORT: number;
  readonly HEALTH_PORT: number;
  readonly MQTT_PORT: number;
  readonly MQTT_URL?: string | undefined;
  readonly REDIS_URL?: string | undefined;
  readonly ROLES: readonly string[];
  readonly TRACKERS: number;
  readonly SHARDS: number;
  readonly SIMULATE: string;
}

const ports = ['PORT', 'HEALTH_PORT', 'MQTT_PORT'] as const;

/** Settings that are right one by one and cannot work together: a sentence for each, beginning with one of them. */
export function clashesOf(env: Settings, set: Readonly<Record<string, unknown>>): string[] {
  const listensToOther = env.MQTT_URL !== undefined;
  const hasBroker = !listensToOther && env.ROLES.includes('ingest');
  const own = hasBroker ? ports : ports.filter((name) => name !== 'MQTT_PORT');
  const clashes = own.flatMap((name, i) =>
    own
      .slice(i + 1)
      .filter((other) => env[name] !== 0 && env[name] === env[other])
      .map((other) => `${other}: is ${env[other]}, and so is ${name}: each needs a port of its own`),
  );
  const say = (isWrong: boolean, sentence: string): void => {
    if (isWrong) clashes.push(sentence);
  };
  for (const name of ['MQTT_TOPICS', 'MQTT_CLIENT_ID']) {
    say(name in set && !listensToOther, `${name}: is about the broker at MQTT_URL, which is not set`);
  }
  say(
    'MQTT_PORT' in set && listensToOther,
    'MQTT_PORT: is the embedded broker’s, which MQTT_URL replaces: set one of the two',
  );
  say(
    'REDIS_FSYNC' in set && env.REDIS_URL !== undefined,
    'REDIS_FSYNC: is for the embedded Redis; the one at REDIS_URL has its own configuration',
  );
  say(
    env.ROLES.includes('track') && env.TRACKERS > env.SHARDS,
    `TRACKERS: ${env.TRACKERS} processes cannot share ${env.SHARDS} shards: lower it, or raise SHARDS`,
  );
  say(
    env.SIMULATE === 'on' && !listensToOther && !hasBroker,
    'SIMULATE: simulated gateways need a broker: the role ingest, which has one, or MQTT_URL',
  );
  return clashes;
}
