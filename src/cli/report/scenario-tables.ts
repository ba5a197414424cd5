import type { Part, ScenarioOutcome } from '../hospital/run-scenario';
import type { Fault, Spoilt } from '../hospital/spoil';
import { metres, percent, type Row, table, times } from './table';

/** The simulated hospital: each scenario, each kind of equipment, each spoilt gateway. */
export function scenarioSections(outcomes: readonly ScenarioOutcome[]): string[] {
  const spoilt = outcomes.flatMap((outcome) => outcome.spoilt.map((one) => spoiltRow(outcome, one)));
  const first = outcomes.filter(({ scenario }) => scenario.spoilEach > 0);
  return [
    '## The simulated hospital',
    '',
    'Four levels, walls and slabs, bodies and fading; scenarios in `test/accuracy/scenarios`, seeded. The engine knows',
    'none of the simulator’s parameters. False changes: rooms announced of a tag that had stood for half a minute, for',
    'each tag and hour at rest.',
    '',
    ...table(
      [
        'scenario',
        'method',
        'instants',
        'mean',
        'p90',
        'room',
        'level',
        'moving: mean, room',
        'at rest: mean, room',
        'false changes',
        'in radius50',
        'in radius90',
        'gap',
      ],
      outcomes.map(scenarioRow),
    ),
    '',
    ...[...new Map(outcomes.map(({ scenario }) => [scenario.name, scenario])).values()].map(
      ({ name, about, seed, minutes }) => `- ${name}: ${about}; ${minutes} minutes, seed ${seed}`,
    ),
    '',
    '### By kind of equipment',
    '',
    ...table(['kind', 'method', 'instants', 'mean', 'p90', 'room'], first.flatMap(kindRows)),
    '',
    '### One gateway spoilt',
    '',
    'Each of the gateways that were nearest most often, one at a time: dead, or hearing 8 dB less than it was surveyed',
    'with. Ratios of the mean error to that with all gateways whole: over the site, and where that gateway was nearest.',
    '',
    ...table(
      ['scenario', 'method', 'gateway', 'fault', 'site', 'nearby', 'mean nearby', 'room nearby', 'instants nearby'],
      spoilt,
    ),
    '',
  ];
}

function scenarioRow(result: ScenarioOutcome): Row {
  const { scenario, outcome, moving, resting, falseChangesPerHour, hoursAtRest } = result;
  const { score, method } = outcome;
  return [
    scenario.name,
    method,
    String(score.count),
    metres(score.mean),
    metres(score.p90),
    percent(score.zoneAccuracy),
    percent(score.levelAccuracy),
    inShort(moving),
    inShort(resting),
    `${times(falseChangesPerHour)} in ${hoursAtRest.toFixed(1)} h`,
    percent(score.insideRadius50),
    percent(score.insideRadius90),
    metres(score.zoneReliabilityGap),
  ];
}

const inShort = ({ mean, roomRight }: Part): string => `${metres(mean)}, ${percent(roomRight)}`;

const kindRows = ({ kinds, outcome }: ScenarioOutcome): Row[] =>
  kinds.map(({ kind, count, mean, p90, roomRight }) => [
    kind,
    outcome.method,
    String(count),
    metres(mean),
    metres(p90),
    percent(roomRight),
  ]);

const inWords = (fault: Fault): string => (fault === 'dead' ? 'dead' : `${fault} dB`);

const spoiltRow = ({ scenario, outcome }: ScenarioOutcome, one: Spoilt): Row => [
  scenario.name,
  outcome.method,
  one.gatewayId,
  inWords(one.fault),
  times(one.siteRatio),
  times(one.nearRatio),
  metres(one.nearMean),
  percent(one.nearRoomRight),
  String(one.nearCount),
];
