import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ImportReport, importReport } from '../../src/assets/csv/csv.dto';
import { type Answer, ask, changesOf, listAssets, send, setUp } from '../support/assets-app';
import { waitFor } from '../support/wait-for';

const tag = (n: number): string => `ac233f00000${n}`;
const pump = (n: number): object => ({
  id: `pump-${n}`,
  name: `Infusion pump ${n}`,
  kind: 'infusion-pump',
  number: `IP-000${n}`,
  serial: `VLM-${n}`,
  tagId: tag(n),
  ownerSectionId: 'ward',
  homeUnitId: 'clean',
});

const offer = (app: NestFastifyApplication, file: string | Buffer, dryRun: boolean): Promise<Answer> =>
  send(app, 'POST', `/api/assets/import?dryRun=${dryRun}`, ['text/csv; charset=utf-8', Buffer.from(file)]);

/** Why a file as a whole was not taken. */
const refused = z.object({ detail: z.string(), reason: z.object({ en: z.string(), fr: z.string() }) });

async function accepted(asked: Promise<Answer>): Promise<ImportReport> {
  const answer = await asked;
  expect(answer.status, answer.text).toBe(200);
  return importReport.parse(answer.json());
}

const namesOf = async (app: NestFastifyApplication) => (await listAssets(app)).map(({ name }) => name);

describe('importing', () => {
  it('enters and changes assets, each row found by id, number or serial', async () => {
    const { app, redis } = await setUp([pump(1), pump(2), pump(3)]);
    const file = [
      'id,name,kind,number,serial,tags,home_unit,notes',
      'pump-1,Old faithful,infusion-pump,IP-0001,VLM-1,ac233f000001,clean,"Left wheel, ""squeaks""\nsince May"',
      ',Infusion pump 2,Pompe à perfusion,IP-0002,,AC:23:3F:00:00:02|AC:23:3F:00:00:08,patient,',
      ',Infusion pump 3,drip,,VLM-3,ac233f000003,clean,',
      'bed-7,Bed 7,lit,BD-7,,C0:FF:EE:00:00:07,,',
      '',
    ].join('\n');
    const planned = await accepted(offer(app, file, true));
    expect(planned).toMatchObject({ rows: 4, create: 1, change: 3, unchanged: 0, refusedRows: 0, encoding: 'utf-8' });
    expect(await namesOf(app)).toEqual(['Infusion pump 1', 'Infusion pump 2', 'Infusion pump 3']);

    expect(await accepted(offer(app, file, false))).toEqual(planned);
    const [bed, one, two, three] = await listAssets(app);
    expect(bed).toMatchObject({ id: 'bed-7', kind: 'bed', number: 'BD-7', tagId: 'c0ffee000007', homeUnitId: null });
    expect(one).toMatchObject({
      name: 'Old faithful',
      notes: 'Left wheel, "squeaks"\nsince May',
      ownerSectionId: 'ward',
    });
    expect(two).toMatchObject({ tagIds: [tag(2), tag(8)], homeUnitId: 'patient', serial: null });
    expect(three).toMatchObject({ id: 'pump-3', serial: 'VLM-3', number: null });
    expect(await redis.commands.hkeys(redis.keys.enrolledTags)).toHaveLength(5);
    await waitFor('the bed to be told to the screens', async () =>
      (await changesOf(redis)).some(({ id }) => id === 'bed-7'),
    );
    expect(await accepted(offer(app, file, false))).toMatchObject({ create: 0, change: 0, unchanged: 4 });
  });

  it('lists each bad row and why, and changes nothing when one row is bad', async () => {
    const { app } = await setUp([pump(1), pump(2)]);
    await ask(app, 'POST', '/api/assets', { id: 'gone', name: 'Gone', kind: 'bed' });
    await ask(app, 'DELETE', '/api/assets/gone');
    const file = [
      'id,name,kind,number,tags,owner_section,home_unit',
      'pump-1,Renamed,infusion-pump,IP-0001,,,',
      'x-1,Toast,toaster,,,,',
      'x-2,Bed,bed,,ac233f000002,,',
      'x-3,Bed three,bed,,c0ffee000001,,',
      'x-4,Bed four,bed,,c0ffee000001,,',
      'x-3,Bed again,bed,,,,',
      ',Nameless,bed,,,,',
      'gone,Bed,bed,,,,',
      'a/b,Bed,bed,,,attic,101',
      'x-5,,,,,,',
      'x-6,Bed,bed,,1|2|3|4|5,,',
      'x-7,Bed,bed,,,,,,surplus',
      'x-8,P\u{fffd}re,bed,,,,',
    ].join('\r\n');
    const report = await accepted(offer(app, file, true));
    expect(report).toMatchObject({ rows: 13, create: 1, change: 1, unchanged: 0, refusedRows: 11 });
    const reasons = new Map(report.refused.map(({ row, reasons }) => [row, reasons.map(({ en }) => en).join('; ')]));
    const inFrench = new Map(report.refused.map(({ row, reasons }) => [row, reasons.map(({ fr }) => fr).join('; ')]));
    expect(inFrench.get(3)).toBe('genre inconnu « toaster »');
    expect(inFrench.get(4)).toBe(
      'la balise ac233f000002 est sur Infusion pump 2 (pump-2) : elle ne peut pas l’être aussi sur Bed (x-2)',
    );
    expect(inFrench.get(7)).toBe('la ligne 5 porte déjà sur l’équipement x-3');
    expect(inFrench.get(10)).toMatch(
      /^section inconnue « attic »; « 101 » peut être 2 locaux : donnez l’id; l’id doit/,
    );
    expect(inFrench.get(11)).toMatch(/a besoin de « kind »; .* a besoin de « name »$/);
    expect(reasons.get(3)).toBe('unknown kind “toaster”');
    expect(reasons.get(4)).toBe(
      'tag ac233f000002 is on Infusion pump 2 (pump-2): it cannot be put on Bed (x-2) as well',
    );
    expect(reasons.get(6)).toBe('tag c0ffee000001 is on Bed three (x-3): it cannot be put on Bed four (x-4) as well');
    expect(reasons.get(7)).toBe('row 5 is about asset x-3 already');
    expect(reasons.get(8)).toBe('needs an id, a number or a serial to be known by');
    expect(reasons.get(9)).toBe('asset gone was taken out of use: choose another id');
    expect(reasons.get(10)).toMatch(/unknown section “attic”; “101” may be 2 rooms: give its id; id must be/);
    expect(reasons.get(11)).toBe('a new asset needs a kind; a new asset needs a name');
    expect(reasons.get(12)).toMatch(/5 tags: 4 at most/);
    expect(reasons.get(13)).toBe('has 9 cells, the first row has 7');
    expect(reasons.get(14)).toMatch(/letters that were lost/);

    const refused = await offer(app, file, false);
    expect(refused.status).toBe(422);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    const problem = z.object({ detail: z.string(), report: importReport }).parse(refused.json());
    expect(problem.detail).toBe('11 of 13 rows are refused: nothing was changed');
    expect(problem.report).toEqual(report);
    expect(await namesOf(app)).toEqual(['Infusion pump 1', 'Infusion pump 2']);
  });

  it('lets tags change places within one file', async () => {
    const { app } = await setUp([pump(1), pump(2)]);
    await accepted(offer(app, `id;tags\npump-1;${tag(2)}\npump-2;${tag(1)}\n`, false));
    expect((await listAssets(app)).map(({ tagIds }) => tagIds)).toEqual([[tag(2)], [tag(1)]]);
  });

  it.each<[string, Buffer, string]>([
    ['UTF-8 with a mark', Buffer.from('\u{feff}id;name\npump-1;Pompe à perfusion', 'utf8'), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from('\u{feff}id\tname\npump-1\tPompe à perfusion', 'utf16le'), 'utf-16le'],
    ['UTF-16 without', Buffer.from('id\tname\npump-1\tPompe à perfusion', 'utf16le'), 'utf-16le'],
    [
      'UTF-16, other end first',
      Buffer.from('\u{feff}id\tname\npump-1\tPompe à perfusion', 'utf16le').swap16(),
      'utf-16be',
    ],
    [
      'Latin-1, as older programs write',
      Buffer.from('sep=;\r\nid;name\r\npump-1;Pompe à perfusion', 'latin1'),
      'windows-1252',
    ],
  ])('reads %s and says so', async (_what, file, encoding) => {
    const { app } = await setUp([pump(1)]);
    const report = await accepted(offer(app, file, false));
    expect(report).toMatchObject({ change: 1, encoding, accented: ['Pompe à perfusion'] });
    expect(await namesOf(app)).toEqual(['Pompe à perfusion']);
  });

  it.each([
    ['nothing', '', /empty/, /vide/],
    ['a workbook', 'PK\u0003\u0004 rest', /workbook/, /classeur/],
    ['bytes that are no text', 'id,name\0\0', /not a text file/, /pas un fichier de texte/],
    ['no heads', 'pump-1,Infusion pump\n', /first row must name the columns/, /première ligne doit nommer/],
    ['a head twice', 'id,name,nom\n', /Two columns say name/, /Deux colonnes disent « name »/],
    [
      'a quote that never closes',
      'id,name\npump-1,"Bed',
      /cannot be read: Quote Not Closed.*line 2/,
      /guillemet n’est pas fermé à la ligne 2/,
    ],
  ])('refuses a file of %s, in both languages', async (_what, file, inEnglish, inFrench) => {
    const { app } = await setUp([]);
    const answer = await offer(app, file, true);
    expect(answer.status).toBe(400);
    const { detail, reason } = refused.parse(answer.json());
    expect(detail).toMatch(inEnglish);
    expect(reason).toMatchObject({ en: detail, fr: expect.stringMatching(inFrench) as string });
  });

  it('takes 50,000 rows at once, and again without a change', async () => {
    const { app, redis } = await setUp([]);
    const lines = Array.from(
      { length: 50_000 },
      (_, i) => `p-${i},Pump ${i},infusion-pump,N-${i},S-${i},b0${i.toString(16).padStart(10, '0')},ward,clean,`,
    );
    const file = ['id,name,kind,number,serial,tags,owner_section,home_unit,notes', ...lines].join('\n');
    expect(await accepted(offer(app, file, false))).toMatchObject({ rows: 50_000, create: 50_000, refusedRows: 0 });
    expect(await redis.commands.hlen(redis.keys.enrolledTags)).toBe(50_000);
    const broken = `${file}\np-1,Twice,bed,,,,,,`;
    expect(await accepted(offer(app, broken, true))).toMatchObject({ unchanged: 50_000, refusedRows: 1 });
  });
});

describe('exporting', () => {
  it.each(['comma', 'semicolon'])(
    'writes what can be imported again without a change, parted by a %s',
    async (separator) => {
      const { app } = await setUp([pump(1), pump(2)]);
      const notes = ['=SUM(A1)', "'=quoted", '-5', '"a", b; c | d', 'line\r\nbreak', "'plain", '＝wide', 'É à œ'];
      for (const note of notes) {
        await ask(app, 'POST', '/api/assets', {
          name: note,
          kind: 'bed',
          notes: note,
          number: note.slice(0, 9),
          tagIds: [],
        });
      }
      await ask(app, 'PATCH', '/api/assets/pump-1', { tagIds: [tag(1), tag(7)] });
      const before = await listAssets(app);
      const file = await ask(app, 'GET', `/api/assets/export?separator=${separator}`);
      expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(await accepted(offer(app, file.text, false))).toMatchObject({ rows: 10, unchanged: 10, refusedRows: 0 });
      expect(await listAssets(app)).toEqual(before);
    },
  );

  it('writes no cell that a spreadsheet would run', async () => {
    const { app } = await setUp([
      { ...pump(1), name: '=HYPERLINK("http://x")', number: '+1', serial: '@A1', notes: '-2+3' },
    ]);
    const { text } = await ask(app, 'GET', '/api/assets/export');
    expect(text).toContain(`pump-1,"'=HYPERLINK(""http://x"")",infusion-pump,'+1,'@A1,`);
    expect(text).toContain(",'-2+3");
  });
});
