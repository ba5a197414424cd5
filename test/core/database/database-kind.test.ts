import { expect, test } from 'vitest';
import { checkServer, type Server, UnfitDatabaseError } from '../../../src/database/database-kind';

const good: Server = {
  version: '15.18',
  versionNumber: 150_018,
  extension: '2.28.3',
  available: '2.28.3',
  licence: 'timescale',
};

test.each([
  ['an old PostgreSQL', { version: '14.9', versionNumber: 140_009 }, null, /PostgreSQL 14.9 is too old.* 15 or newer/],
  ['an old TimescaleDB', { extension: '2.17.2' }, null, /TimescaleDB 2.17.2 is too old.* 2.18 or newer/],
  ['hypertables without TimescaleDB', { extension: null }, 'timescale', /TimescaleDB is not installed/],
  ['hypertables under the Apache licence', { licence: 'apache' }, 'timescale', /full licence.* Apache-only/],
] as const)('%s stops the start with a sentence', (_, server, made, sentence) => {
  expect(() => checkServer({ ...good, ...server }, made)).toThrow(UnfitDatabaseError);
  expect(() => checkServer({ ...good, ...server }, made)).toThrow(sentence);
});

test.each([
  ['TimescaleDB as it should be', {}, 'timescale'],
  ['a new database', {}, null],
  ['a newer major version', { versionNumber: 180_004, extension: '3.0.1' }, null],
  ['an Apache-only build that holds nothing yet: it is used as plain PostgreSQL', { licence: 'apache' }, null],
  ['tables made as plain ones, whatever was installed since', { extension: '2.10.0', licence: 'apache' }, 'plain'],
] as const)('%s is taken', (_, server, made) => {
  expect(() => checkServer({ ...good, ...server }, made)).not.toThrow();
});
