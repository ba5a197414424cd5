import type { Fix, Level, Point, Posterior } from '../../core';

/** One picture of a walk: what the engine believes at an instant, its fix, and the way the tag truly went until then. */
export interface Frame {
  /** Seconds since the walk began. */
  readonly atS: number;
  readonly level: Level;
  readonly posterior: Posterior | null;
  readonly fix: Fix;
  readonly fixes: readonly Point[];
  readonly truths: readonly Point[];
}

const wide = 330;
const captionRow = 26;

/** Frames side by side, `perRow` in a row, all showing the same part of the plan. */
export function drawStrip(frames: readonly Frame[], perRow = 3): string {
  const box = partShown(frames);
  const scale = wide / (box.maxX - box.minX);
  const tall = Math.ceil((box.maxY - box.minY) * scale);
  const rows = Math.ceil(frames.length / perRow);
  const [width, height] = [perRow * (wide + 10), rows * (tall + captionRow + 10) + 22];
  const drawn = frames.map((frame, i) => {
    const [left, top] = [
      (i % perRow) * (wide + 10) + 5,
      Math.floor(i / perRow) * (tall + captionRow + 10) + captionRow,
    ];
    return `<svg x="${left}" y="${top}" width="${wide}" height="${tall}" viewBox="0 0 ${wide} ${tall}">${drawFrame(frame, box, scale)}</svg><text x="${left}" y="${top - 8}">${caption(frame)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...drawn,
    `<text x="5" y="${height - 8}"><tspan fill="#e69f00">■</tspan> belief  <tspan fill="#0072b2">●</tspan> fix, radius50 and radius90  <tspan fill="#d62728">●</tspan> truth  <tspan fill="#555">●</tspan> gateway</text>`,
    '</svg>',
    '',
  ].join('\n');
}

interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

const marginM = 4;

/** Around all truths and fixes, with some of the plan beyond. */
function partShown(frames: readonly Frame[]): Box {
  const points = frames.flatMap(({ truths, fixes }) => [...truths, ...fixes]);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return {
    minX: Math.min(...xs) - marginM,
    minY: Math.min(...ys) - marginM,
    maxX: Math.max(...xs) + marginM,
    maxY: Math.max(...ys) + marginM,
  };
}

function drawFrame({ level, posterior, fix, fixes, truths }: Frame, box: Box, scale: number): string {
  const at = ([x, y]: Point): string => `${round((x - box.minX) * scale)},${round((box.maxY - y) * scale)}`;
  const line = (points: readonly Point[], attributes: string): string =>
    `<polyline points="${points.map(at).join(' ')}" fill="none" ${attributes}/>`;
  const dot = (point: Point, radius: number, attributes: string): string => {
    const [cx, cy] = at(point).split(',');
    return `<circle cx="${cx}" cy="${cy}" r="${round(radius)}" ${attributes}/>`;
  };
  const place: Point = [fix.x, fix.y];
  const truth = truths.at(-1);
  return [
    ...believed(posterior, box, scale),
    ...level.units.map(({ polygon }) => line(polygon[0] ?? [], 'stroke="#999" stroke-width="1"')),
    ...level.openings.map(({ from, to }) => line([from, to], 'stroke="#fff" stroke-width="3"')),
    ...level.gateways.map(({ x, y }) => dot([x, y], 3, 'fill="#555"')),
    line(truths, 'stroke="#d62728" stroke-width="1.5"'),
    line(fixes, 'stroke="#0072b2" stroke-width="1.5" stroke-dasharray="4 3"'),
    dot(place, fix.radius90 * scale, 'fill="none" stroke="#0072b2" stroke-opacity="0.5"'),
    dot(place, fix.radius50 * scale, 'fill="none" stroke="#0072b2"'),
    dot(place, 4, 'fill="#0072b2"'),
    truth === undefined ? '' : dot(truth, 4, 'fill="#d62728"'),
    `<rect width="100%" height="100%" fill="none" stroke="#ccc"/>`,
  ].join('');
}

/** Cells too light to be seen are left out. */
const leastOpacity = 0.03;

function believed(posterior: Posterior | null, box: Box, scale: number): string[] {
  if (posterior === null) return [];
  const { cells, cellM } = posterior;
  const most = Math.max(...cells.map(({ share }) => share));
  const side = round(cellM * scale);
  return cells.flatMap(({ x, y, share }) => {
    const opacity = round(Math.sqrt(share / most));
    if (opacity < leastOpacity) return [];
    const [left, top] = [(x - cellM / 2 - box.minX) * scale, (box.maxY - y - cellM / 2) * scale];
    return `<rect x="${round(left)}" y="${round(top)}" width="${side}" height="${side}" fill="#e69f00" opacity="${opacity}"/>`;
  });
}

function caption({ atS, level, fix, truths }: Frame): string {
  const [x, y] = truths.at(-1) ?? [fix.x, fix.y];
  const unit = level.units.find(({ id }) => id === fix.zoneId);
  const where = unit === undefined ? '' : `, ${unit.number ?? unit.name.en} ${Math.round(100 * fix.zoneProbability)} %`;
  return `${Math.round(atS)} s: ${Math.hypot(fix.x - x, fix.y - y).toFixed(1)} m off${where}`
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;');
}

const round = (value: number): number => Math.round(value * 100) / 100;
