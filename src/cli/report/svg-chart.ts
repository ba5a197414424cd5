/** A line or a row of dots in a chart's own units. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly colour: string;
  readonly style: 'line' | 'dashed' | 'dots' | 'dotted-line';
}

export interface Chart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

export interface Axis {
  readonly label: string;
  readonly most: number;
  readonly step: number;
  readonly isShare?: boolean;
}

const [width, height] = [430, 320];
const margin = { left: 52, right: 26, top: 30, bottom: 44 };
const legendRow = 16;

/** Series are told apart by these, light background or dark. */
export const colours = [
  '#1f77b4',
  '#d62728',
  '#2ca02c',
  '#9467bd',
  '#ff7f0e',
  '#17becf',
  '#8c564b',
  '#7f7f7f',
  '#000000',
];

/** Charts side by side, `perRow` in a row, as one SVG document. The same charts give the same bytes. */
export function svgOf(charts: readonly Chart[], perRow = 2): string {
  const legendRows = Math.max(...charts.map(({ series }) => series.length));
  const tall = height + legendRow * legendRows + 8;
  const rows = Math.ceil(charts.length / perRow);
  const wide = width * Math.min(perRow, charts.length);
  const placed = charts.map((chart, i) => {
    const [x, y] = [(i % perRow) * width, Math.floor(i / perRow) * tall];
    return `<g transform="translate(${x} ${y})">${drawChart(chart)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${rows * tall}" width="${wide}" height="${rows * tall}" font-family="sans-serif" font-size="11">`,
    `<rect width="${wide}" height="${rows * tall}" fill="#fff"/>`,
    ...placed,
    '</svg>',
    '',
  ].join('\n');
}

function drawChart(chart: Chart): string {
  const place = placer(chart);
  return [
    `<text x="${margin.left}" y="18" font-size="13" font-weight="bold">${escape(chart.title)}</text>`,
    ...gridLines(chart, place),
    ...chart.series.flatMap((series, i) => [drawSeries(series, chart, place), legend(series, i)]),
  ].join('\n');
}

type Place = (x: number, y: number) => readonly [number, number];

function placer({ x, y }: Chart): Place {
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  return (atX, atY) => [
    round(margin.left + (atX / x.most) * inner.width),
    round(margin.top + (1 - atY / y.most) * inner.height),
  ];
}

function gridLines({ x, y }: Chart, place: Place): string[] {
  const lines: string[] = [];
  for (let value = 0; value <= x.most + 1e-9; value += x.step) {
    const [left, bottom] = place(value, 0);
    lines.push(`<path d="M${left} ${margin.top}V${bottom}" stroke="#e3e3e3"/>`);
    lines.push(`<text x="${left}" y="${bottom + 14}" text-anchor="middle">${tick(value, x)}</text>`);
  }
  for (let value = 0; value <= y.most + 1e-9; value += y.step) {
    const [left, level] = place(0, value);
    lines.push(`<path d="M${left} ${level}H${width - margin.right}" stroke="#e3e3e3"/>`);
    lines.push(`<text x="${left - 5}" y="${level + 4}" text-anchor="end">${tick(value, y)}</text>`);
  }
  const [middleX, baseY] = place(x.most / 2, 0);
  const [, middleY] = place(0, y.most / 2);
  lines.push(`<text x="${middleX}" y="${baseY + 30}" text-anchor="middle">${escape(x.label)}</text>`);
  lines.push(`<text transform="translate(13 ${middleY}) rotate(-90)" text-anchor="middle">${escape(y.label)}</text>`);
  return lines;
}

function drawSeries({ points, colour, style }: Series, { x, y }: Chart, place: Place): string {
  const placed = points
    .filter(([atX, atY]) => atX <= x.most + 1e-9 && atY <= y.most + 1e-9)
    .map(([atX, atY]) => place(atX, atY));
  const path = `<path d="M${placed.map((at) => at.join(' ')).join('L')}" fill="none" stroke="${colour}" stroke-width="1.8"${style === 'dashed' ? ' stroke-dasharray="5 4"' : ''}/>`;
  const dots = placed.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.2" fill="${colour}"/>`).join('');
  if (placed.length === 0) return '';
  if (style === 'dots') return dots;
  return style === 'dotted-line' ? path + dots : path;
}

function legend({ name, colour, style }: Series, i: number): string {
  const y = height + legendRow * i;
  const mark =
    style === 'dots'
      ? `<circle cx="${margin.left + 11}" cy="${y - 4}" r="3.2" fill="${colour}"/>`
      : `<path d="M${margin.left} ${y - 4}h22" stroke="${colour}" stroke-width="2"${style === 'dashed' ? ' stroke-dasharray="5 4"' : ''}/>`;
  return `${mark}<text x="${margin.left + 28}" y="${y}">${escape(name)}</text>`;
}

const tick = (value: number, { isShare = false }: Axis): string =>
  isShare ? `${Math.round(100 * value)} %` : String(round(value));
const round = (value: number): number => Math.round(value * 100) / 100;
const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
