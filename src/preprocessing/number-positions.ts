const scratch = new Float64Array(1);
const halves = new Int32Array(scratch.buffer);

/**
 * Different numbers in order of appearance, each found by a table of slots of which at most half are taken. As in a Map,
 * NaN is one number and −0 is 0; unlike there, no number is boxed and a whole column is looked up at once.
 */
export class NumberPositions {
  #numbers = new Float64Array(16);
  #size = 0;
  /** Position of NaN, −1 before it is met. */
  #ofNaN = -1;
  /** Position + 1 of the number of each slot, 0 for a free one. */
  #slots = new Int32Array(32);
  /** The number itself; anything where the slot is free. */
  #keys = new Float64Array(32);

  /** The numbers met so far. */
  get numbers(): Float64Array {
    return this.#numbers.slice(0, this.#size);
  }

  /** Position of each value; one that is met for the first time stands last. */
  add(values: Float64Array): Int32Array {
    const positions = new Int32Array(values.length);
    let keys = this.#keys;
    let slots = this.#slots;
    let shift = Math.clz32(slots.length) + 1;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value !== value) {
        positions[i] = this.#positionOfNaN();
        continue;
      }
      let slot = hash(value) >>> shift;
      while (keys[slot] !== value && slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      if (slots[slot] === 0) {
        keys[slot] = value;
        slots[slot] = this.#append(value + 0) + 1;
        positions[i] = this.#size - 1;
        if (this.#size * 2 <= slots.length) continue;
        this.#widen();
        keys = this.#keys;
        slots = this.#slots;
        shift = Math.clz32(slots.length) + 1;
      } else positions[i] = slots[slot] - 1;
    }
    return positions;
  }

  /** What stands for each value: `standIns` has one for every number met, `unknown` is for others. */
  find(values: Float64Array, standIns: Int32Array, unknown: number): Int32Array {
    const found = new Int32Array(values.length);
    const keys = this.#keys;
    const slots = this.#slots;
    const last = slots.length - 1;
    const shift = Math.clz32(slots.length) + 1;
    const ofSlots = slots.map((position) => (position === 0 ? unknown : standIns[position - 1]));
    const ofNaN = this.#ofNaN < 0 ? unknown : standIns[this.#ofNaN];
    for (let i = 0; i < found.length; i++) {
      const value = values[i];
      if (value !== value) {
        found[i] = ofNaN;
        continue;
      }
      let slot = hash(value) >>> shift;
      while (keys[slot] !== value && slots[slot] !== 0) slot = (slot + 1) & last;
      found[i] = ofSlots[slot];
    }
    return found;
  }

  #positionOfNaN(): number {
    if (this.#ofNaN < 0) this.#ofNaN = this.#append(Number.NaN);
    return this.#ofNaN;
  }

  #append(value: number): number {
    if (this.#size === this.#numbers.length) {
      const longer = new Float64Array(this.#size * 2);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    this.#numbers[this.#size] = value;
    return this.#size++;
  }

  #widen(): void {
    const keys = new Float64Array(this.#slots.length * 2);
    const slots = new Int32Array(keys.length);
    const shift = Math.clz32(slots.length) + 1;
    for (let position = 0; position < this.#size; position++) {
      if (position === this.#ofNaN) continue;
      let slot = hash(this.#numbers[position]) >>> shift;
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      keys[slot] = this.#numbers[position];
      slots[slot] = position + 1;
    }
    this.#keys = keys;
    this.#slots = slots;
  }
}

/** 32 bits that depend on all of a number's, most of all the upper ones, which choose the slot. */
function hash(value: number): number {
  const whole = value | 0;
  if (whole === value) return Math.imul(whole, 0x9e3779b1);
  scratch[0] = value;
  return Math.imul(halves[0] ^ Math.imul(halves[1], 0x85ebca6b), 0x9e3779b1);
}
