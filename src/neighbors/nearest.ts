/**
 * The k smallest of the pairs (distance, index) it is shown, by distance and then by index: a binary heap with the
 * largest in front.
 */
export class Nearest {
  readonly #distances: Float64Array;
  readonly #indices: Int32Array;
  #size = 0;

  constructor(k: number) {
    this.#distances = new Float64Array(k);
    this.#indices = new Int32Array(k);
  }

  clear(): void {
    this.#size = 0;
  }

  /** The largest distance kept, which a new pair must not exceed; ∞ as long as there is room. */
  get worst(): number {
    return this.#size < this.#distances.length ? Infinity : this.#distances[0];
  }

  offer(distance: number, index: number): void {
    const distances = this.#distances;
    const indices = this.#indices;
    if (this.#size < distances.length) {
      let at = this.#size++;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (distances[parent] < distance || (distances[parent] === distance && indices[parent] < index)) {
          distances[at] = distances[parent];
          indices[at] = indices[parent];
          at = parent;
        } else break;
      }
      distances[at] = distance;
      indices[at] = index;
    } else if (distance < distances[0] || (distance === distances[0] && index < indices[0])) this.#sink(distance, index, this.#size);
  }

  /** Writes the pairs in ascending order; what it kept is lost. @returns how many there are */
  drain(distances: Float64Array, indices: { [index: number]: number }, from: number): number {
    const count = this.#size;
    for (let last = count - 1; last >= 0; last--) {
      distances[from + last] = this.#distances[0];
      indices[from + last] = this.#indices[0];
      if (last > 0) this.#sink(this.#distances[last], this.#indices[last], last);
    }
    this.#size = 0;
    return count;
  }

  /** Puts a pair in the place of the first of `size` and lets it sink. */
  #sink(distance: number, index: number, size: number): void {
    const distances = this.#distances;
    const indices = this.#indices;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && (distances[right] > distances[child] || (distances[right] === distances[child] && indices[right] > indices[child]))) {
        child = right;
      }
      if (distances[child] < distance || (distances[child] === distance && indices[child] < index)) break;
      distances[at] = distances[child];
      indices[at] = indices[child];
      at = child;
    }
    distances[at] = distance;
    indices[at] = index;
  }
}
