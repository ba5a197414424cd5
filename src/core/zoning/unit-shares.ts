/**
 * What share of something lies in which unit (by its index on the level). Used again and again: emptying it and adding
 * to it costs the same however many units a level has (a sparse set: Briggs and Torczon, 1993).
 */
export class UnitShares {
  #count = 0;
  #units = new Int32Array(64);
  #shares = new Float64Array(64);
  /** Place of each unit in the two above, true only where that place names the unit. */
  #places = new Int32Array(256);

  /** How many units have a share. */
  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#count = 0;
  }

  add(unit: number, share: number): void {
    if (unit >= this.#places.length) this.#places = grown(this.#places, new Int32Array(2 * unit));
    const place = this.#places[unit] ?? 0;
    if (place < this.#count && this.#units[place] === unit) {
      this.#shares[place] = (this.#shares[place] ?? 0) + share;
      return;
    }
    if (this.#count === this.#units.length) {
      this.#units = grown(this.#units, new Int32Array(2 * this.#count));
      this.#shares = grown(this.#shares, new Float64Array(2 * this.#count));
    }
    this.#places[unit] = this.#count;
    this.#units[this.#count] = unit;
    this.#shares[this.#count] = share;
    this.#count += 1;
  }

  /** The unit and its share at a place from 0 to `count` − 1, in the order units were first added. */
  unitAt(place: number): number {
    return this.#units[place] ?? -1;
  }

  shareAt(place: number): number {
    return this.#shares[place] ?? 0;
  }

  /** 0 for a unit without a share. */
  of(unit: number): number {
    const place = this.#places[unit] ?? 0;
    return place < this.#count && this.#units[place] === unit ? this.shareAt(place) : 0;
  }

  sum(): number {
    let sum = 0;
    for (let place = 0; place < this.#count; place++) sum += this.#shares[place] ?? 0;
    return sum;
  }
}

function grown<Numbers extends Int32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
