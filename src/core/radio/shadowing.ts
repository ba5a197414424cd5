import { expDownClosely } from '../fast-math';
import type { HeardSpots, Spots } from './spots';

/** What a common line leaves unexplained of a gateway, standard deviations in dB, and how far each part reaches. */
export interface Shadowing {
  /** Gateways differ: level of the line at 6 m, exponent, loss of a wall. */
  readonly levelDb: number;
  readonly exponent: number;
  readonly wallDb: number;
  /** What places near each other share, and how near, metres. */
  readonly placeDb: number;
  readonly placeM: number;
  /** What lies behind one another as seen from the gateway shares: radians aside and metres along. */
  readonly rayDb: number;
  readonly rayRad: number;
  readonly rayM: number;
  /** What no other place shares, what is of one visit to it alone, and what one row of the survey errs by besides. */
  readonly spotDb: number;
  readonly visitDb: number;
  readonly rowDb: number;
}

/** What two places share of one gateway's own line: a Gaussian prior on its level at 6 m, its exponent and its loss of a wall. */
export const lineCovariance = (a: Spots, i: number, b: Spots, j: number, shadowing: Shadowing): number =>
  shadowing.levelDb ** 2 +
  100 * shadowing.exponent ** 2 * (a.decades[i] ?? 0) * (b.decades[j] ?? 0) +
  shadowing.wallDb ** 2 * (a.walls[i] ?? 0) * (b.walls[j] ?? 0);

/** What two places share of shadowing: by place (Matérn 3/2) and along rays (exponential in direction and distance). */
export function shadowCovariance(a: Spots, i: number, b: Spots, j: number, shadowing: Shadowing): number {
  const { placeDb, placeM, rayDb, rayRad, rayM } = shadowing;
  const dx = (a.x[i] ?? 0) - (b.x[j] ?? 0);
  const dy = (a.y[i] ?? 0) - (b.y[j] ?? 0);
  const t = (root3 * Math.sqrt(dx * dx + dy * dy)) / placeM;
  const right = (a.towardsX[i] ?? 0) - (b.towardsX[j] ?? 0);
  const up = (a.towardsY[i] ?? 0) - (b.towardsY[j] ?? 0);
  const aside = Math.sqrt(right * right + up * up);
  const along = Math.abs((a.metres[i] ?? 0) - (b.metres[j] ?? 0));
  return (
    placeDb * placeDb * (1 + t) * expDownClosely(t) + rayDb * rayDb * expDownClosely(aside / rayRad + along / rayM)
  );
}

/** Variance of what one place shares with no other, seen once, dB². */
export const spotVarianceOf = ({ spotDb, visitDb }: Shadowing): number => spotDb ** 2 + visitDb ** 2;

const root3 = Math.sqrt(3);

/** The same for one place and all of some others, into `out`: what does not change is read once. */
export function shadowCovariances(at: Spots, others: Spots, shadowing: Shadowing, out: Float64Array): void {
  const { placeM, rayRad, rayM } = shadowing;
  const [placeDb2, rayDb2] = [shadowing.placeDb ** 2, shadowing.rayDb ** 2];
  const { x, y, towardsX, towardsY, metres } = others;
  const [ownX, ownY] = [at.x[0] ?? 0, at.y[0] ?? 0];
  const [ownRight, ownUp] = [at.towardsX[0] ?? 0, at.towardsY[0] ?? 0];
  const ownMetres = at.metres[0] ?? 0;
  for (let i = 0; i < others.count; i++) {
    const dx = ownX - (x[i] ?? 0);
    const dy = ownY - (y[i] ?? 0);
    const t = (root3 * Math.sqrt(dx * dx + dy * dy)) / placeM;
    const right = ownRight - (towardsX[i] ?? 0);
    const up = ownUp - (towardsY[i] ?? 0);
    const aside = Math.sqrt(right * right + up * up) / rayRad;
    const along = Math.abs(ownMetres - (metres[i] ?? 0)) / rayM;
    out[i] = placeDb2 * (1 + t) * expDownClosely(t) + rayDb2 * expDownClosely(aside + along);
  }
}

/** Covariance of all that was heard at some places, noise included, n × n by rows. */
export function covariances(spots: HeardSpots, shadowing: Shadowing): Float64Array {
  const n = spots.count;
  const out = new Float64Array(n * n);
  const { spotDb, visitDb, rowDb } = shadowing;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const shared = lineCovariance(spots, i, spots, j, shadowing) + shadowCovariance(spots, i, spots, j, shadowing);
      out[i * n + j] = shared;
      out[j * n + i] = shared;
    }
    const noise = spotDb ** 2 + visitDb ** 2 / (spots.visits[i] ?? 1) + rowDb ** 2 / (spots.rows[i] ?? 1);
    out[i * n + i] =
      lineCovariance(spots, i, spots, i, shadowing) + shadowCovariance(spots, i, spots, i, shadowing) + noise;
  }
  return out;
}
