import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAdvertisement } from '../../src/ingest/decoders/advertisement';
import { decoders, type Format, topicWords } from '../../src/ingest/decoders/formats';
import { recognise } from '../../src/ingest/decoders/recognise';
import { readMessage } from './read-message';
import { expectValid } from './valid';

const samples: Readonly<Record<Format, readonly string[]>> = {
  espresense: ['espresense-ibeacon.json', 'espresense-telemetry.json'],
  openmqttgateway: ['openmqttgateway-ibeacon.json', 'openmqttgateway-raw.json', 'openmqttgateway-strings.json'],
  'minew-long': ['minew-long.json'],
  'minew-raw': ['minew-raw.json'],
  'ruuvi-mqtt': ['ruuvi-mqtt.json', 'ruuvi-status.json'],
  'ruuvi-http': ['ruuvi-http.json'],
  raddec: ['raddec.json'],
  json: ['whereabouts.json'],
};
const topics = [
  '',
  'espresense/devices/a/room',
  'espresense/rooms/a/status',
  'home/gw/BTtoMQTT/AABBCCDDEEFF',
  'home/gw/LWT',
  'ruuvi/AA:BB:CC:DD:EE:FF/AA:BB:CC:DD:EE:01',
  'ruuvi/gw/gw_status',
  '/gw/ac233fc03641/status',
  'raddec/aabbccddeeff',
  'whereabouts/gateways/g1/messages',
  'some/thing/else',
];

const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
const hex = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('hex'));
/** What firmware, and those who mean harm, put where a value belongs. */
const wrong = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    undefined,
    null,
    NaN,
    Infinity,
    -0,
    1e308,
    '',
    ' ',
    'NaN',
    '-70',
    '1e3',
    '__proto__',
    '\u0000',
    true,
    [],
    {},
  ),
  hex,
  fc.double(),
  fc.string({ unit: 'binary' }),
);

interface Mutation {
  readonly pick: number;
  readonly value: unknown;
  readonly drops: boolean;
}
const mutation: fc.Arbitrary<Mutation> = fc.record({ pick: fc.nat(), value: wrong, drops: fc.boolean() });

/** Replaces or takes away one value anywhere in a message. */
function mutate(message: unknown, { pick, value, drops }: Mutation): unknown {
  if (typeof message !== 'object' || message === null) return value;
  const entries: [string, unknown][] = Object.entries(message);
  const chosen = pick % (entries.length + 1);
  if (chosen === entries.length) return value;
  const deeper = Math.floor(pick / (entries.length + 1));
  const changed = entries.flatMap(([key, old], i): [string, unknown][] => {
    if (i !== chosen) return [[key, old]];
    if (drops) return [];
    return [[key, typeof old === 'object' && deeper % 2 === 0 ? mutate(old, { pick: deeper, value, drops }) : value]];
  });
  return Array.isArray(message) ? changed.map(([, old]) => old) : Object.fromEntries(changed);
}

describe.each(Object.entries(decoders))('%s', (name, decode) => {
  const posts = (body: unknown) =>
    topics.map((topic) => ({
      topic: topic === '' ? [] : topicWords(topic),
      pathGateway: topic === '' ? 'g' : null,
      body,
    }));

  test('takes anything without throwing, and what it reads is valid', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.jsonValue()), (body) => {
        for (const post of posts(body)) {
          const result = decode(post);
          if (result.ok) expectValid(result.value);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('takes a spoilt message without throwing, and what it reads is valid', () => {
    const messages = samples[name as Format].map(readMessage);
    fc.assert(
      fc.property(
        fc.constantFrom(...messages),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        (message, mutations) => {
          for (const post of posts(mutations.reduce(mutate, message))) {
            const result = decode(post);
            if (result.ok) expectValid(result.value);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

test('random bytes at any topic never throw', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
  fc.assert(
    fc.property(fc.constantFrom(...topics), bytes, (topic, payload) => {
      const { result } = recognise(topic === '' ? [] : topicWords(topic), topic === '' ? 'g' : null, payload);
      if (result.ok) expectValid(result.value);
    }),
    { numRuns: 2_000 },
  );
});

test('random text at any topic, however odd, never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.json(), (topic, text) => {
      const { result } = recognise(topicWords(topic), null, Buffer.from(text));
      if (result.ok) expectValid(result.value);
    }),
    { numRuns: 2_000 },
  );
});

test('random advertisements, well formed and not, never throw', () => {
  const structure = fc
    .record({ type: fc.constantFrom(0x01, 0x03, 0x09, 0x16, 0x20, 0x21, 0xff), data: fc.uint8Array({ maxLength: 40 }) })
    .map(({ type, data }) => [data.length + 1, type, ...data]);
  /** Starts that the libraries know, with noise after them. */
  const known = fc
    .tuple(
      fc.constantFrom('16aafe', '16e1ff', 'ff4c000215', 'ff9904', 'ff3906', 'ff1801beac', 'ff5707', 'ffda03', 'ff7700'),
      fc.uint8Array({ maxLength: 30 }),
    )
    .map(([start, noise]) => {
      const bytes = [...Buffer.from(start, 'hex'), ...noise];
      return [bytes.length, ...bytes];
    });
  const advertisement = fc.array(
    fc.oneof(
      structure,
      known,
      fc.uint8Array({ maxLength: 5 }).map((b) => [...b]),
    ),
  );
  fc.assert(
    fc.property(advertisement, (structures) => {
      const { identities, measured } = readAdvertisement(Buffer.from(structures.flat()).toString('hex'));
      for (const id of identities) expect(id).toMatch(/^(ibeacon|altbeacon|eddystone):|^[0-9a-f]{12}$/);
      for (const { value } of measured) expect(Number.isFinite(value)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});
