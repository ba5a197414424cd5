import type { ResidualPoint } from '../calibration';
import { expectedOn, type Line } from './line';
import type { Observed } from './observed';

interface Sum {
  count: number;
  visits: number;
  x: number;
  y: number;
  db: number;
}

const finestM = 0.5;
/** More points than this for one gateway are drawn together: a map is solved in cubic time. */
const mostPoints = 160;

/** Mean residuals of a survey's rows around the fitted lines, rows of one spot taken together. */
export function residualsOf(observed: readonly Observed[], lines: readonly Line[]): ResidualPoint[] {
  return observed.flatMap((own, i) => {
    const line = lines[i];
    if (line === undefined) return [];
    let sideM = finestM;
    let points = gather(own, line, sideM);
    while (points.length > mostPoints) points = gather(own, line, (sideM *= 1.4));
    return points;
  });
}

function gather({ gateway, x, y, decades, walls, rssi }: Observed, line: Line, sideM: number): ResidualPoint[] {
  const spots = new Map<string, Sum>();
  let present = '';
  rssi.forEach((value, i) => {
    const [px, py] = [x[i] ?? 0, y[i] ?? 0];
    const key = `${Math.floor(px / sideM)} ${Math.floor(py / sideM)}`;
    const sum = spots.get(key) ?? { count: 0, visits: 0, x: 0, y: 0, db: 0 };
    sum.count++;
    if (key !== present) sum.visits++;
    present = key;
    sum.x += px;
    sum.y += py;
    sum.db += value - expectedOn(line, decades[i] ?? 0, walls[i] ?? 0);
    spots.set(key, sum);
  });
  return [...spots.values()].map(({ count, visits, ...sum }) => ({
    gatewayId: gateway.id,
    levelId: gateway.levelId,
    x: round(sum.x / count),
    y: round(sum.y / count),
    db: round(sum.db / count),
    count,
    visits,
  }));
}

const round = (value: number): number => Math.round(value * 100) / 100;
