export type GatewayFormat = 'espresense' | 'openmqttgateway' | 'minew-long' | 'minew-raw' | 'ruuvi' | 'raddec';

export interface Spot {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly under: 'corridor' | 'room';
}

/** One department bought one make. */
export interface Network {
  readonly name: string;
  readonly levelId: string;
  readonly format: GatewayFormat;
  readonly spots: readonly Spot[];
}

type Place = readonly [label: string, x: number, y: number];

const inCorridor = (...places: Place[]): Spot[] => places.map(([label, x, y]) => ({ label, x, y, under: 'corridor' }));
const inRoom = (...places: Place[]): Spot[] => places.map(([label, x, y]) => ({ label, x, y, under: 'room' }));

/**
 * Both corridors of the bar every eleven metres or so, on alternating walls, so that no three stand in line; then the
 * ends of departments, large rooms and the stores where equipment waits.
 */
const imaging: Spot[] = [
  ...inCorridor(['n1', 3, 55.4], ['n2', 14.5, 53.6], ['n3', 26, 55.4], ['s1', 8.5, 44.6], ['s2', 24.5, 46.4]),
  ...inRoom(['store', 13, 51]),
];

const entrance: Spot[] = [
  ...inCorridor(['n1', 38, 53.6], ['n2', 51, 55.4], ['e1', 65.5, 55.4], ['e2', 82, 53.6], ['s1', 42.8, 44.6]),
  ...inRoom(['hall', 68, 41.5], ['cafe', 80.5, 39.5]),
];

const emergency: Spot[] = [
  ...inCorridor(['arrivals', 36.6, 9.2], ['west-1', 36.6, 17.5], ['west-2', 38.4, 30], ['east-1', 51.4, 15.5]),
  ...inCorridor(['east-2', 49.6, 27], ['north', 47, 37.6]),
  ...inRoom(['waiting', 54.5, 1.5], ['resus', 44.6, 1.2], ['station', 44, 17.7]),
];

const logistics: Spot[] = [
  ...inCorridor(['corridor', 104, 53.6]),
  ...inRoom(['depot', 95, 60.5], ['stores', 95.5, 40.5], ['receiving', 107.5, 46.5]),
];

const diagnostics: Spot[] = inRoom(['lab', 72, 60.5], ['pharmacy', 78.5, 47.6]);

const theatres: Spot[] = [
  ...inCorridor(['w1', 32.5, 10.5], ['w2', 34.5, 21.5], ['w3', 32.5, 32], ['e1', 55.5, 14], ['e2', 53.5, 24]),
  ...inCorridor(['n1', 50, 37.6], ['s1', 44.5, 6.5], ['p1', 6, 44.6], ['p2', 16.5, 46.4]),
  ...inRoom(['core', 44, 22], ['recovery', 29, 42]),
];

const sterileAndBiomed: Spot[] = [
  ...inCorridor(['n1', 9, 53.6], ['n2', 27, 53.6]),
  ...inRoom(['workshop', 2, 60.5], ['depot', 19, 60.5]),
];

const intensiveCare: Spot[] = [
  ...inCorridor(['north-1', 59, 55.4], ['north-2', 69, 53.6], ['north-3', 79.5, 55.4], ['north-4', 89, 53.6]),
  ...inCorridor(['south-1', 73, 44.6], ['south-2', 86, 46.4]),
  ...inRoom(['station', 71.5, 50], ['store', 57.5, 47.6]),
];

const surgicalPublic: Spot[] = inCorridor(['n', 41, 55.4], ['s', 46.5, 46.4]);

/** Levels two and three share their lines: the west ward, mirrored for the east. */
const ward: Spot[] = [
  ...inCorridor(['north-1', 2.5, 53.6], ['north-2', 13.5, 55.4], ['north-3', 28.5, 53.6]),
  ...inCorridor(['south-1', 6, 46.4], ['south-2', 17, 44.6], ['south-3', 30.5, 46.4]),
  ...inRoom(['station', 19, 50], ['store', 8, 51.6]),
];
const mirrored = (spots: readonly Spot[]): Spot[] => spots.map((spot) => ({ ...spot, x: 90 - spot.x }));

const wardPublic: Spot[] = [...inCorridor(['n', 40, 55.4], ['s', 50.5, 44.6]), ...inRoom(['lobby', 45, 50])];

const clinic: Spot[] = [
  ...inCorridor(['n1', 60, 55.4], ['n2', 83, 53.6], ['s1', 64, 44.6], ['s2', 76, 46.4], ['s3', 87.5, 44.6]),
  ...inRoom(['gym', 77, 60.5], ['store', 70, 51.6]),
];

export const NETWORKS: readonly Network[] = [
  { name: 'l0-imaging', levelId: 'L0', format: 'minew-long', spots: imaging },
  { name: 'l0-entrance', levelId: 'L0', format: 'ruuvi', spots: entrance },
  { name: 'l0-emergency', levelId: 'L0', format: 'espresense', spots: emergency },
  { name: 'omg-logistics', levelId: 'L0', format: 'openmqttgateway', spots: logistics },
  { name: 'omg-diagnostics', levelId: 'L0', format: 'openmqttgateway', spots: diagnostics },
  { name: 'l1-theatres', levelId: 'L1', format: 'minew-raw', spots: theatres },
  { name: 'l1-sterile', levelId: 'L1', format: 'raddec', spots: sterileAndBiomed },
  { name: 'l1-icu', levelId: 'L1', format: 'espresense', spots: intensiveCare },
  { name: 'l1-public', levelId: 'L1', format: 'ruuvi', spots: surgicalPublic },
  { name: 'l2-west', levelId: 'L2', format: 'espresense', spots: ward },
  { name: 'l2-east', levelId: 'L2', format: 'minew-long', spots: mirrored(ward) },
  { name: 'l2-public', levelId: 'L2', format: 'ruuvi', spots: wardPublic },
  { name: 'l3-west', levelId: 'L3', format: 'espresense', spots: ward },
  { name: 'l3-clinic', levelId: 'L3', format: 'minew-long', spots: clinic },
  { name: 'l3-public', levelId: 'L3', format: 'ruuvi', spots: wardPublic },
];
