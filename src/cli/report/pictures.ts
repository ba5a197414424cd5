import type { Verdict } from '../score/judge';
import type { Outcome } from '../score/protocol';
import { share } from '../score/summary';
import { baselines } from './baselines';
import { type Chart, colours, type Series, svgOf } from './svg-chart';

const colourOf = (i: number): string => colours[i % colours.length] ?? '#000';
const curvePoints = 60;
const farthestM = 6;

/** Cumulative error curves of each site, the figures others reach beside them; null when nothing was measured in metres. */
export function errorCurves(outcomes: readonly Outcome[]): string | null {
  const sites = [...new Set(outcomes.map(({ protocol }) => protocol.site))];
  const charts = sites.flatMap((site): Chart[] => {
    const own = outcomes.filter(({ protocol, score }) => protocol.site === site && score.mean !== undefined);
    if (own.length === 0) return [];
    const surveys = [...new Set(own.map(({ protocol }) => protocol.survey))];
    const series = own.map(({ protocol, method, verdicts }): Series => ({
      name: `${method}, survey: ${protocol.survey}`,
      points: cumulative(verdicts),
      colour: colourOf(surveys.indexOf(protocol.survey)),
      style: method === 'least-squares' ? 'dashed' : 'line',
    }));
    return [
      {
        title: site,
        x: { label: 'error, metres', most: farthestM, step: 1 },
        y: { label: 'share of instants', most: 1, step: 0.25, isShare: true },
        series: [...series, ...baselineSeries(site)],
      },
    ];
  });
  return charts.length === 0 ? null : svgOf(charts);
}

function cumulative(verdicts: readonly Verdict[]): (readonly [number, number])[] {
  const errors = verdicts.flatMap(({ error }) => (error === null ? [] : [error])).sort((a, b) => a - b);
  const upTo = (limit: number): number => errors.findLastIndex((error) => error <= limit) + 1;
  return Array.from({ length: curvePoints + 1 }, (_, i) => {
    const limit = (i / curvePoints) * farthestM;
    return [limit, upTo(limit) / errors.length] as const;
  });
}

const baselineSeries = (site: string): Series[] =>
  baselines
    .filter((baseline) => baseline.site === site)
    .map(({ method, median, p95 }, i) => ({
      name: `${method} (median and p95)`,
      points: [
        [median, 0.5],
        [p95, 0.95],
      ],
      colour: colourOf(i + 4),
      style: 'dots',
    }));

/** What radii and room probabilities promised, against what came true. */
export function reliability(outcomes: readonly Outcome[]): string {
  const methods = [...new Set(outcomes.map(({ method }) => method))];
  const charts = methods.flatMap((method): Chart[] => {
    const own = outcomes.filter((outcome) => outcome.method === method);
    return [radiiChart(method, own), roomsChart(method, own)];
  });
  return svgOf(charts);
}

const radiusBins = 8;

function radiiChart(method: string, outcomes: readonly Outcome[]): Chart {
  const placed = outcomes
    .flatMap(({ verdicts }) => verdicts)
    .flatMap(({ error, fix }) => (error === null || fix === null ? [] : [{ error, fix }]))
    .sort((a, b) => a.fix.radius90 - b.fix.radius90);
  const bins = Array.from({ length: radiusBins }, (_, i) =>
    placed.slice(Math.floor((i * placed.length) / radiusBins), Math.floor(((i + 1) * placed.length) / radiusBins)),
  ).filter((bin) => bin.length > 0);
  const middle = (bin: typeof placed): number => bin[bin.length >> 1]?.fix.radius90 ?? 0;
  const most = Math.ceil(Math.max(1, ...bins.map(middle)));
  const flat = (level: number, name: string): Series => ({
    name,
    points: [
      [0, level],
      [most, level],
    ],
    colour: '#7f7f7f',
    style: 'dashed',
  });
  return {
    title: `${method}: is the truth within the radius?`,
    x: { label: 'radius90 said, metres (eighths of all fixes)', most, step: most > 6 ? 2 : 1 },
    y: { label: 'share of instants', most: 1, step: 0.1, isShare: true },
    series: [
      {
        name: 'within radius50',
        points: bins.map((bin) => [middle(bin), share(bin, ({ error, fix }) => error <= fix.radius50)]),
        colour: colourOf(0),
        style: 'dotted-line',
      },
      {
        name: 'within radius90',
        points: bins.map((bin) => [middle(bin), share(bin, ({ error, fix }) => error <= fix.radius90)]),
        colour: colourOf(1),
        style: 'dotted-line',
      },
      flat(0.5, 'meant: 50 %'),
      flat(0.9, 'meant: 90 %'),
    ],
  };
}

function roomsChart(method: string, outcomes: readonly Outcome[]): Chart {
  const own = outcomes.filter(({ score }) => (score.zoneReliability?.length ?? 0) > 0);
  return {
    title: `${method}: is the room right?`,
    x: { label: 'probability said', most: 1, step: 0.1, isShare: true },
    y: { label: 'share right', most: 1, step: 0.1, isShare: true },
    series: [
      ...own.map(({ protocol, score }, i): Series => ({
        name: `${protocol.site}, survey: ${protocol.survey}`,
        points: (score.zoneReliability ?? []).flatMap(({ said, right, count }) =>
          count < fewest ? [] : [[said, right] as const],
        ),
        colour: colourOf(i),
        style: 'dotted-line',
      })),
      {
        name: 'meant',
        points: [
          [0, 0],
          [1, 1],
        ],
        colour: '#7f7f7f',
        style: 'dashed',
      },
    ],
  };
}

/** Fewer answers than this say nothing of a probability. */
const fewest = 40;
