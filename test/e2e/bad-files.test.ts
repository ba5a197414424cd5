import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command } from '../support/command';
import { temporaryDirectory } from '../support/temporary-directory';
import { twoRoomsDir } from '../support/two-rooms';

const sighting = { gatewayId: 'stranger', tagId: 'c30000000001', rssi: -60, heardAt: 1_000 };
const truth = { tagId: 'c30000000001', at: 1_000, levelId: 'L0', zoneId: 'west' };

function files(): Readonly<Record<'sightings' | 'truth' | 'out', string>> {
  const dir = temporaryDirectory();
  const [sightings, known, out] = ['sightings', 'truth', 'out'].map((name) => join(dir, name));
  writeFileSync(sightings ?? '', JSON.stringify(sighting));
  writeFileSync(known ?? '', JSON.stringify(truth));
  return { sightings: sightings ?? '', truth: known ?? '', out: out ?? '' };
}

const said = async (...args: string[]): Promise<string> => {
  const { code, stderr } = await command([...args, '--site', twoRoomsDir], { DATA_DIR: temporaryDirectory() }).ended;
  expect(code).toBe(1);
  return stderr;
};

test('locate says that the sightings are not of this site', async () => {
  const { sightings, out } = files();
  const sentence = `No sighting of ${sightings} is of a gateway of two-rooms.\n`;
  expect(await said('locate', '--sightings', sightings, '--fixes', out)).toBe(sentence);
});

test('film-strip says that a truth without coordinates cannot be drawn', async () => {
  const { sightings, truth: known, out } = files();
  const sentence = `${known} says no coordinates: a picture needs them.\n`;
  expect(await said('film-strip', '--sightings', sightings, '--truth', known, '--out', out)).toBe(sentence);
});

test('a command whose reader goes away says nothing of it', async () => {
  const listing = command(['calibrate', '--site', twoRoomsDir, '--list'], { DATA_DIR: temporaryDirectory() });
  listing.child.stdout?.destroy();
  expect(await listing.ended).toMatchObject({ code: 0, stderr: '' });
});
