import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { type Column, type Heads, readHeads } from './columns';
import { fileRefusals } from './file-refusals';
import { unguard } from './guard';
import { isRefusal, type Refusal } from './refusal';
import { refusals } from './refusals';

/** A row as the file has it, by column; columns the file lacks are absent. */
export interface CsvRow {
  /** As a spreadsheet counts: the heads are row 1. */
  readonly row: number;
  readonly cells: Partial<Readonly<Record<Column, string>>>;
  /** What is wrong with the row as such. */
  readonly fault: Refusal | null;
}

export interface CsvTable {
  readonly separator: string;
  readonly heads: Heads;
  readonly rows: readonly CsvRow[];
}

export const mostRows = 100_000;
const separators = [',', ';', '\t', '|'];
/** Written as one, so that parsing never waits for more than a slice of the file at a time. */
const sliceLength = 65_536;
const breatheEvery = 2_000;

/** Reads the rows of a CSV text, giving way to others meanwhile. @returns why not, when it is no CSV of ours */
export async function readRows(text: string): Promise<CsvTable | Refusal> {
  const declared = /^sep=(.)\r?\n/i.exec(text);
  const body = declared === null ? text : text.slice(declared[0].length);
  const separator = declared?.[1] ?? findSeparator(body);
  let row = declared === null ? 0 : 1;
  let heads: Heads | null = null;
  const rows: CsvRow[] = [];
  try {
    for await (const record of records(body, separator)) {
      row += 1;
      if (row % breatheEvery === 0) await breathe();
      if (record.every((cell) => cell.trim() === '')) continue;
      if (heads === null) {
        const read = readHeads(record);
        if (isRefusal(read)) return read;
        heads = read;
      } else if (rows.length === mostRows) return fileRefusals.tooLong(mostRows);
      else rows.push(toRow(row, record, heads.ofCell));
    }
  } catch (error) {
    if (error instanceof CsvError) return fileRefusals.unreadable(error.message);
    throw error;
  }
  return heads === null ? fileRefusals.empty : { separator, heads, rows };
}

async function* records(text: string, delimiter: string): AsyncGenerator<readonly string[]> {
  const parser = Readable.from(slices(text)).pipe(parse({ delimiter, relax_column_count: true }));
  for await (const record of parser) yield record as string[];
}

function* slices(text: string): Generator<string> {
  for (let i = 0; i < text.length; i += sliceLength) yield text.slice(i, i + sliceLength);
}

/** The one the first row has most of, outside quotes. */
function findSeparator(text: string): string {
  const [first = ''] = text.replace(/"[^"]*"/g, '').split('\n', 1);
  const counts = separators.map((separator) => first.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

function toRow(row: number, record: readonly string[], ofCell: Heads['ofCell']): CsvRow {
  const cells: Partial<Record<Column, string>> = {};
  ofCell.forEach((column, i) => {
    if (column !== null) cells[column] = unguard((record[i] ?? '').trim());
  });
  return { row, cells, fault: faultOf(record, ofCell.length) };
}

function faultOf(record: readonly string[], width: number): Refusal | null {
  const filled = record.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (filled > width) return refusals.tooManyCells(filled, width);
  return record.some((cell) => cell.includes('\u{fffd}')) ? refusals.lostLetters : null;
}
