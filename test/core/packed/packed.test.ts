import { ByteReader, ByteWriter } from '../../../src/core/packed/bytes';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  gatewayId,
  levelId,
  type Move,
  packMoves,
  packSightings,
  type PresenceChange,
  sectionId,
  type Sighting,
  tagId,
  unitId,
  unpackMoves,
  unpackSightings,
} from '../../../src/core';

const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
const double = fc.double({ noNaN: true, noDefaultInfinity: true });
const sightings: fc.Arbitrary<Sighting[]> = fc.array(
  fc.record({
    tagId: text.map(tagId),
    gatewayId: fc.constantFrom('ac233fa1164d', 'west', 'östlich').map(gatewayId),
    rssi: double,
    heardAt: double,
    receivedAt: fc.constantFrom(1_700_000_000_000, 1_700_000_000_004),
  }),
  { minLength: 1, maxLength: 50 },
);
const section = fc.option(text.map(sectionId));
const change: fc.Arbitrary<PresenceChange> = fc.oneof(
  fc.record({
    type: fc.constantFrom('entered' as const, 'left' as const, 'crossed' as const),
    zoneId: text.map(unitId),
    sectionId: section,
    levelId: text.map(levelId),
    at: double,
  }),
  fc.record({ type: fc.constant('silent' as const), at: double }),
);
const move: fc.Arbitrary<Move> = fc
  .record({
    tagId: text.map(tagId),
    changes: fc.array(change, { maxLength: 3 }),
    presence: fc.option(fc.record({ zoneId: text.map(unitId), levelId: text.map(levelId), since: double })),
    restingSince: fc.option(double),
    keep: fc.boolean(),
    receivedAt: double,
    fix: fc.record({
      at: double,
      levelId: text.map(levelId),
      x: double,
      y: double,
      radius50: double,
      radius90: double,
      zoneId: fc.option(text.map(unitId)),
      sectionId: section,
      zoneProbability: double,
      zones: fc.array(fc.tuple(text.map(unitId), double), { maxLength: 8 }),
      moving: fc.boolean(),
    }),
  })
  .map((made) => ({ ...made, fix: { tagId: made.tagId, ...made.fix } }));

describe('entries of the streams', () => {
  test('sightings come out as they went in, in order', () => {
    fc.assert(
      fc.property(sightings, (heard) => {
        expect(unpackSightings(packSightings(heard))).toEqual(heard);
      }),
    );
  });

  test('moves come out as they went in, in order', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
        expect(unpackMoves(packMoves(moves))).toEqual(moves);
      }),
    );
  });

  test('of only the news, moves that keep no row and change no presence are left out', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
        const news = moves.filter(({ keep, changes }) => keep || changes.length > 0);
        expect(unpackMoves(packMoves(moves), true)).toEqual(news);
      }),
    );
  });

  test('what the first release wrote as JSON is read', () => {
    const sighting = { tagId: tagId('t1'), gatewayId: gatewayId('g1'), rssi: -60.5, heardAt: 4, receivedAt: 5 };
    expect(unpackSightings(Buffer.from('[["g1",5,"t1",-60.5,4]]'))).toEqual([sighting]);
    const [moved] = fc.sample(move, 1);
    expect(unpackMoves(Buffer.from(JSON.stringify([moved])))).toEqual(JSON.parse(JSON.stringify([moved])));
  });

  test('an entry of another format is refused with its number, a torn one with the reason', () => {
    expect(() => unpackSightings(Buffer.from([9, 1, 2]))).toThrow('Unexpected entry of format 9');
    expect(() => unpackMoves(Buffer.alloc(0))).toThrow('Unexpected empty entry');
    const sighting = { tagId: tagId('t1'), gatewayId: gatewayId('g1'), rssi: -60, heardAt: 4, receivedAt: 5 };
    const whole = packSightings([sighting, sighting]);
    for (let length = 1; length < whole.length; length++) {
      expect(() => unpackSightings(whole.subarray(0, length))).toThrow();
    }
  });
});

test('texts come out as they went in, however many came before', () => {
  const texts = Array.from({ length: 70_000 }, (_, i) => i.toString(16));
  const writer = new ByteWriter();
  const copies = [...texts, ...texts.slice(-1000), 'é', 'x'.repeat(100)];
  for (const text of copies) writer.text(text);
  const reader = new ByteReader(writer.take());
  expect(copies.filter((text) => reader.text() !== text)).toEqual([]);
});
