/** Every Redis key, named once. All keys of a shard share a hash tag, so one Lua script may touch them on a cluster. */
export interface ShardKeys {
  /** Stream of sightings waiting for tracking. Written by ingest, trimmed by tracking's commit. */
  readonly sightings: string;
  /** Stream of readings. Written by ingest. */
  readonly readings: string;
  /** Stream of the moves that change a presence or are kept as a row. Written by tracking, trimmed when recorded. */
  readonly moves: string;
  /** Stream of all other moves: each only says where a tag is now. Written by tracking, which keeps them for seconds. */
  readonly positions: string;
  /** Hash tag id → track. Written by tracking, which also deletes silent tags. */
  readonly tracks: string;
  /** Hash: `entry`, the last sighting entry consumed; `commit`, the last commit done. Written by tracking's commit. */
  readonly cursor: string;
  /** Which tracking worker holds the shard. */
  readonly lease: string;
  /** Last move entry history has committed; lets tracking trim what is safely kept. Written by history. */
  readonly recorded: string;
}

export interface Keys {
  shard(shard: number): ShardKeys;
  /** Sorted set worker → last sign of life, epoch ms on Redis's clock: how many share the shards. Written by tracking. */
  readonly trackingWorkers: string;
  /** Stream of messages put aside, with door, reason and payload. Written by ingest, tracking and history. */
  readonly dead: string;
  /** Hash tag id → class: the tags that are followed. Written by assets; read at the door. */
  readonly enrolledTags: string;
  /** Hash gateway id → level id: the gateways that are believed. Written by sites; read at the door. */
  readonly knownGateways: string;
  /** Hash tag id → `gateway` or `tag`: fixed transmitters whose place is known. Written by sites; read at the door. */
  readonly references: string;
  /** Pub/sub channel: the hashes above changed. */
  readonly enrolmentChanged: string;
  /** JSON of the pairing window, gone when it ends. Written by assets; read at the door. */
  readonly pairingWindow: string;
  /** Hash unknown tag id → JSON of how strongly it is heard, gone with the window. Written by ingest; read by assets. */
  readonly pairingHeard: string;
  /** Pub/sub channel: a pairing window was opened or closed. */
  readonly pairingChanged: string;
  /** Pub/sub channel: id of an asset whose registry entry changed. Written and heard by every process's assets. */
  readonly registryChanged: string;
  /** Pub/sub channel: an administrator changed the availability rules. Written and heard by every process's assets. */
  readonly availabilityRulesChanged: string;
  /** Which process publishes asset changes. */
  readonly publisherLease: string;
  /** Hash gateway id → when it was last heard, epoch ms. Written by ingest; read by operations, which ends it. */
  readonly gatewaysHeard: string;
  /** Hash process → JSON of what it does and how much. Written by every process; read by operations, which ends it. */
  readonly processReports: string;
  /** Hash of a UTC day: what gateways heard of references, summed up. Written by ingest; it ends by itself. */
  referencesHeard(day: string): string;
  /** Who fits the radio model anew just now, and JSON of how the last time ended. Written by refit. */
  readonly refitLease: string;
  readonly refitOutcome: string;
  /** Stream of asset changes (registry, place, availability). Written by assets; read by live. */
  readonly assetChanges: string;
}

/** @param prefix put before every key: tests get one each; production has none. */
export function redisKeys(prefix = ''): Keys {
  const byShard = new Map<number, ShardKeys>();
  return {
    shard: (shard) => {
      const keys = byShard.get(shard) ?? shardKeys(prefix, shard);
      byShard.set(shard, keys);
      return keys;
    },
    trackingWorkers: `${prefix}tracking:workers`,
    dead: `${prefix}sightings:dead`,
    enrolledTags: `${prefix}enrolled:tags`,
    knownGateways: `${prefix}enrolled:gateways`,
    references: `${prefix}enrolled:references`,
    enrolmentChanged: `${prefix}enrolled:changed`,
    pairingWindow: `${prefix}{pairing}:window`,
    pairingHeard: `${prefix}{pairing}:heard`,
    pairingChanged: `${prefix}{pairing}:changed`,
    registryChanged: `${prefix}assets:registry`,
    availabilityRulesChanged: `${prefix}assets:rules`,
    publisherLease: `${prefix}assets:publisher`,
    gatewaysHeard: `${prefix}operations:gateways`,
    processReports: `${prefix}operations:processes`,
    referencesHeard: (day) => `${prefix}references:heard:${day}`,
    refitLease: `${prefix}refit:lease`,
    refitOutcome: `${prefix}refit:outcome`,
    assetChanges: `${prefix}assets:changes`,
  };
}

const shardKeys = (prefix: string, shard: number): ShardKeys => ({
  sightings: `${prefix}sightings:{${shard}}`,
  readings: `${prefix}readings:{${shard}}`,
  moves: `${prefix}moves:{${shard}}`,
  positions: `${prefix}positions:{${shard}}`,
  tracks: `${prefix}tracks:{${shard}}`,
  cursor: `${prefix}cursor:{${shard}}`,
  lease: `${prefix}lease:{${shard}}`,
  recorded: `${prefix}recorded:{${shard}}`,
});
