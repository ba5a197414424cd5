/** A place where a search may go: seconds there from the start, and the chance that it ends there. */
export interface Prospect {
  readonly seconds: number;
  /** 0…1, that what is sought can be used when one is there. */
  readonly chance: number;
}

export interface SearchCosts {
  /** Looking round in vain and asking the tablet again, seconds. */
  readonly missS: number;
  /** What is left to do when every prospect has failed, seconds: walking the usual rooms, asking colleagues. */
  readonly giveUpS: number;
}

export const defaultSearchCosts: SearchCosts = { missS: 15, giveUpS: 300 };

/** What one may expect of going to a prospect first. */
export interface Expectation {
  /** Index of the prospect. */
  readonly index: number;
  /** Seconds until something usable is reached, going here first and on in the best order. */
  readonly expectedS: number;
  /** Where one goes on if it fails; null when there is nothing else. */
  readonly next: number | null;
}

/** Prospects whose order is weighed exactly; 2^8 · 8 states. */
export const weighed = 8;

/**
 * The prospects, the least expected time first. Going through them in the order σ takes
 *
 *   E(σ) = Σ_k Π_{j<k} (1 − p_σj) · ( t(σ_{k−1}, σ_k) + (1 − p_σk) · miss ) + Π_k (1 − p_σk) · giveUp
 *
 * with p the chances, taken to be independent, and t the walking times, t(σ_0, σ_1) from the start. It is least for
 * some order, found exactly for the first `weighed` prospects by going back from the end over the sets S of those that
 * failed, i being the last of them (Held & Karp, 1962, https://doi.org/10.1137/0110015, with the discount of failure
 * that depends on the set alone):
 *
 *   V(S, i) = min over j ∉ S of  t(i, j) + (1 − p_j) · ( miss + V(S ∪ {j}, j) ),   V(all, i) = giveUp
 *
 * Searching where the chance is best for its cost is Stone, Theory of Optimal Search (1975); with walking between the
 * places no simple index is optimal, hence the table. What is expected of going to j first is
 * t_j + (1 − p_j) · (miss + V({j}, j)); prospects after the first `weighed` go on to one of those.
 *
 * @param between seconds from one prospect to another
 */
export function orderSearch(
  prospects: readonly Prospect[],
  between: (from: number, to: number) => number,
  costs: SearchCosts = defaultSearchCosts,
): Expectation[] {
  const table = new Continuations(prospects.slice(0, weighed), between, costs);
  return prospects
    .map(({ seconds, chance }, index): Expectation => {
      const onward = table.after(index);
      return { index, expectedS: seconds + (1 - chance) * (costs.missS + onward.expectedS), next: onward.next };
    })
    .sort((a, b) => a.expectedS - b.expectedS || a.index - b.index);
}

interface Onward {
  readonly expectedS: number;
  readonly next: number | null;
}

/** What is left to expect after failures: V of `orderSearch`. */
class Continuations {
  readonly #count: number;
  /** V by set of failures (bits) and the last of them. */
  readonly #values: Float64Array;

  constructor(
    private readonly prospects: readonly Prospect[],
    private readonly between: (from: number, to: number) => number,
    private readonly costs: SearchCosts,
  ) {
    const n = prospects.length;
    this.#count = n;
    const times = Float64Array.from({ length: n * n }, (_, k) => between(Math.floor(k / n), k % n));
    this.#values = new Float64Array((1 << n) * n).fill(costs.giveUpS);
    for (let failed = (1 << n) - 2; failed > 0; failed--) {
      for (let last = 0; last < n; last++) {
        if ((failed & (1 << last)) === 0) continue;
        this.#values[failed * n + last] = this.#best(failed, (to) => times[last * n + to] ?? Infinity).expectedS;
      }
    }
  }

  /** After this prospect, be it in the table or not, has failed first. */
  after(index: number): Onward {
    return this.#best(index < this.#count ? 1 << index : 0, (to) => this.between(index, to));
  }

  #best(failed: number, secondsTo: (to: number) => number): Onward {
    let [expectedS, next]: [number, number | null] = [this.costs.giveUpS, null];
    for (let to = 0; to < this.#count; to++) {
      if ((failed & (1 << to)) !== 0) continue;
      const rest = this.#values[(failed | (1 << to)) * this.#count + to] ?? this.costs.giveUpS;
      const seconds = secondsTo(to) + (1 - (this.prospects[to]?.chance ?? 0)) * (this.costs.missS + rest);
      // One may always give up: nobody walks an hour for a small chance.
      if (seconds >= expectedS) continue;
      [expectedS, next] = [seconds, to];
    }
    return { expectedS, next };
  }
}
