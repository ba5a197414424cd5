import { dice, uniqueHex } from '../dice';
import { NETWORKS, type GatewayFormat, type Network, type Spot } from './gateway-spots';

interface PlacedGateway {
  readonly id: string;
  readonly levelId: string;
  readonly x: number;
  readonly y: number;
  /** Above its level's floor, metres. */
  readonly z: number;
  readonly format: GatewayFormat;
}

const SEED = 3;
/** Corridor ceilings hang lower than those of rooms, metres. */
const CEILING = { corridor: 2.5, room: 2.7 } as const;
/** The first digits of a vendor's hardware addresses; the other vendors' gateways carry names. */
const VENDOR_PREFIX: Partial<Record<GatewayFormat, string>> = {
  'minew-long': 'ac233f',
  'minew-raw': 'ac233f',
  ruuvi: 'c8252d',
  raddec: '001bc5094081',
};

export function placeGateways(): readonly PlacedGateway[] {
  const roll = dice(SEED);
  const used = new Set<string>();
  const idOf = (network: Network, spot: Spot): string => {
    const prefix = VENDOR_PREFIX[network.format];
    if (prefix === undefined) return `${network.name}-${spot.label}`;
    return prefix + uniqueHex(roll, prefix.length === 12 ? 4 : 6, used);
  };
  return NETWORKS.flatMap((network) =>
    network.spots.map((spot) => ({
      id: idOf(network, spot),
      levelId: network.levelId,
      x: spot.x,
      y: spot.y,
      z: CEILING[spot.under],
      format: network.format,
    })),
  );
}
