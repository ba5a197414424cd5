import type { SurveyPoint } from '../calibration';

/** Fading where a survey does not show it, standard deviation, dB, and how many deviations that is worth. */
const usualDb = 4;
const usualDegrees = 8;

/**
 * Fading of single advertisements around their mean at a place, standard deviation, dB: within the rows of a survey and
 * between those of one spot. Only of the louder half of all rows: of weaker ones a part goes unheard.
 */
export function fadingOf(survey: readonly SurveyPoint[]): number {
  const rows = survey.flatMap((point) => point.heard.map((own) => ({ ...own, spot: spotOf(point, own.gatewayId) })));
  const loud = medianOf(rows.map(({ rssi }) => rssi));
  const spots = new Map<string, { n: number; sum: number; squares: number }>();
  let [squares, degrees] = [usualDegrees * usualDb ** 2, usualDegrees];
  for (const { spot, rssi, sd, count = 1 } of rows) {
    if (rssi < loud) continue;
    if (sd !== undefined && count > 1) {
      squares += count * sd ** 2;
      degrees += count - 1;
    } else if (count === 1) {
      const own = spots.get(spot) ?? { n: 0, sum: 0, squares: 0 };
      spots.set(spot, { n: own.n + 1, sum: own.sum + rssi, squares: own.squares + rssi * rssi });
    }
  }
  for (const { n, sum, squares: own } of spots.values()) {
    squares += own - (sum * sum) / n;
    degrees += n - 1;
  }
  return Math.sqrt(squares / degrees);
}

const spotOf = ({ levelId, x, y }: SurveyPoint, gatewayId: string): string => `${levelId} ${x} ${y} ${gatewayId}`;

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
}
