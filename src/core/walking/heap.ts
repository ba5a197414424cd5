/** A binary heap of small integers by a key each: the least key comes out first. Each integer lies in it at most once. */
export class Heap {
  readonly #items: Int32Array;
  /** Where each integer lies in `#items`; -1 when it does not. */
  readonly #places: Int32Array;
  #size = 0;

  /** @param keys indexed by the integers; may be lowered before `lowered` is called, never raised. */
  constructor(private readonly keys: Float64Array) {
    this.#items = new Int32Array(keys.length);
    this.#places = new Int32Array(keys.length).fill(-1);
  }

  get size(): number {
    return this.#size;
  }

  /** Puts an integer in, or moves it up after its key was lowered. */
  lowered(item: number): void {
    let place = this.#places[item] ?? -1;
    if (place === -1) place = this.#size++;
    this.#rise(place, item);
  }

  /** Takes out the integer with the least key; -1 when empty. */
  pop(): number {
    if (this.#size === 0) return -1;
    const top = this.#items[0] ?? -1;
    this.#places[top] = -1;
    const last = this.#items[--this.#size] ?? -1;
    if (this.#size > 0) this.#sink(last);
    return top;
  }

  #rise(start: number, item: number): void {
    const key = this.keys[item] ?? Infinity;
    let place = start;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.#items[parent] ?? -1;
      if ((this.keys[above] ?? Infinity) <= key) break;
      this.#put(place, above);
      place = parent;
    }
    this.#put(place, item);
  }

  #sink(item: number): void {
    const key = this.keys[item] ?? Infinity;
    let place = 0;
    for (let child = 1; child < this.#size; child = 2 * place + 1) {
      if (child + 1 < this.#size && this.#keyAt(child + 1) < this.#keyAt(child)) child++;
      if (this.#keyAt(child) >= key) break;
      this.#put(place, this.#items[child] ?? -1);
      place = child;
    }
    this.#put(place, item);
  }

  #keyAt(place: number): number {
    return this.keys[this.#items[place] ?? -1] ?? Infinity;
  }

  #put(place: number, item: number): void {
    this.#items[place] = item;
    this.#places[item] = place;
  }
}
