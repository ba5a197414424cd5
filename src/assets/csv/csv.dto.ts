import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { mostRows } from './read-rows';

const count = z.number().int().min(0);

export class ImportQueryDto extends createZodDto(
  z.object({
    dryRun: z
      .stringbool()
      .default(false)
      .describe('Only says what importing would do, row by row; changes nothing, whatever the file has'),
  }),
) {}

export class ExportQueryDto extends createZodDto(
  z.object({
    separator: z
      .enum(['comma', 'semicolon'])
      .default('comma')
      .describe('Spreadsheets in French expect semicolons; importing takes either'),
  }),
) {}

export const importReport = z.object({
  rows: count.describe(`Rows with something in them, at most ${mostRows}`),
  create: count,
  change: count,
  unchanged: count,
  refusedRows: count.describe('When there is one, nothing is imported'),
  refused: z
    .array(
      z.object({
        row: count.describe('As a spreadsheet counts: the first row, with the heads, is 1'),
        name: z.string(),
        reasons: z.array(z.object({ en: z.string(), fr: z.string() })).readonly(),
      }),
    )
    .readonly()
    .describe('The first of them'),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).describe('What the file was read as'),
  separator: z.string(),
  accented: z
    .array(z.string())
    .readonly()
    .describe('Some words with accents as they were read, to see that it is right'),
  ignoredColumns: z.array(z.string()).readonly(),
});

export class ImportReportDto extends createZodDto(importReport) {}
export type ImportReport = z.output<typeof importReport>;
