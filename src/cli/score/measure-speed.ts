import {
  advance,
  buildSite,
  buildSiteModel,
  gatewayId,
  levelId,
  type Rules,
  type Sighting,
  tagId,
  type Track,
} from '../../core';

const side = 40;
const spacing = 20;
const rounds = 6000;
const warmUp = 2000;

/** Processor microseconds (other programs do not count) per fix of a tag that eight gateways hear, sightings and all, on this machine. */
export function measureSpeed(rules: Partial<Rules> = {}): number {
  const model = buildSiteModel(eightGateways(), null, rules);
  const tag = tagId('bench');
  let track: Track | null = null;
  let fixes = 0;
  let startedAt = 0;
  for (let round = 0; round < rounds; round++) {
    if (round === warmUp) {
      startedAt = process.cpuUsage().user;
      fixes = 0;
    }
    const heardAt = 1_700_000_000_000 + round * 1000;
    const heard = model.gateways.map(({ id }, i): Sighting => {
      const rssi = -60 - ((i * 5 + round * 3) % 25);
      return { tagId: tag, gatewayId: id, rssi, heardAt, receivedAt: heardAt };
    });
    const step = advance(track, heard, heardAt, model);
    track = step.track;
    fixes += step.moves.length;
  }
  return (process.cpuUsage().user - startedAt) / fixes;
}

function eightGateways() {
  const level = levelId('L0');
  const at = (i: number) => ({ x: (i % 3) * spacing, y: Math.floor(i / 3) * spacing, z: 2.5 });
  return buildSite({
    id: 'bench',
    name: 'Bench',
    georeference: null,
    tagHeight: 1,
    levels: [
      {
        id: level,
        name: 'Level',
        ordinal: 0,
        elevation: 0,
        height: 3,
        outline: [
          [
            [0, 0],
            [side, 0],
            [side, side],
            [0, side],
            [0, 0],
          ],
        ],
        units: [],
        openings: [],
        sections: [],
        fixtures: [],
      },
    ],
    gateways: Array.from({ length: 8 }, (_, i) => ({ id: gatewayId(`g${i}`), levelId: level, format: null, ...at(i) })),
  });
}
