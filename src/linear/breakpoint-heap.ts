/** Breakpoints of a line by their time, the first of them on top of a binary heap. */
export class BreakpointHeap {
  readonly #times: Float64Array;
  readonly #items: Int32Array;
  #count = 0;

  /** @param most breakpoints at a time */
  constructor(most: number) {
    this.#times = new Float64Array(most);
    this.#items = new Int32Array(most);
  }

  /** Time of the first breakpoint; Infinity where there is none. */
  get least(): number {
    return this.#count > 0 ? this.#times[0] : Infinity;
  }

  clear(): void {
    this.#count = 0;
  }

  /** Adds one; `order` must come before the next look. */
  add(item: number, time: number): void {
    this.#times[this.#count] = time;
    this.#items[this.#count++] = item;
  }

  order(): void {
    for (let i = (this.#count >> 1) - 1; i >= 0; i--) this.#sink(i);
  }

  /** Takes the first breakpoint out. @returns its item, −1 where there is none */
  take(): number {
    if (this.#count === 0) return -1;
    const item = this.#items[0];
    this.#count--;
    this.#times[0] = this.#times[this.#count];
    this.#items[0] = this.#items[this.#count];
    this.#sink(0);
    return item;
  }

  #sink(from: number): void {
    const times = this.#times;
    const items = this.#items;
    const time = times[from];
    const item = items[from];
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#count) break;
      if (child + 1 < this.#count && times[child + 1] < times[child]) child++;
      if (!(times[child] < time)) break;
      times[at] = times[child];
      items[at] = items[child];
      at = child;
    }
    times[at] = time;
    items[at] = item;
  }
}
