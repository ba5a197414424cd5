export type Row = readonly string[];

/** A table of Markdown. */
export function table(head: Row, body: readonly Row[]): string[] {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)];
}

export const metres = (value: number | undefined): string => (value ?? NaN).toFixed(2);
export const times = metres;
export const percent = (value: number | undefined): string => `${(100 * (value ?? NaN)).toFixed(1)} %`;
