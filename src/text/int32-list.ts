/** A list of 32-bit integers that grows by doubling; `values` holds `length` of them and room for more. */
export class Int32List {
  values: Int32Array;
  length = 0;

  constructor(capacity = 1024) {
    this.values = new Int32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.values = grown(this.values, this.length * 2);
    this.values[this.length++] = value;
  }

  /** The values, copied to an array of their exact number. */
  toArray(): Int32Array {
    return this.values.slice(0, this.length);
  }
}

/** The same values at the start of a longer array, the rest `fill`. */
export function grown(values: Int32Array, length: number, fill = 0): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length);
  longer.set(values);
  if (fill !== 0) longer.fill(fill, values.length);
  return longer;
}
