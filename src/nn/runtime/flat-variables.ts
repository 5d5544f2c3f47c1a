import type { Variable } from '../tensor.ts';

/**
 * Many variables as one vector: an input of the graph costs about ten microseconds a run, whatever its size.
 *
 * The variables' `data` may lie anywhere. `adopt` moves them into this object's own vector, where they are from then
 * on; `read` gives them as one vector, without copying where they lie one after another, in this vector or another's.
 */
export class FlatVariables {
  readonly variables: readonly Variable[];
  readonly offsets: readonly number[];
  readonly length: number;
  #own: Float32Array | undefined;
  #view: Float32Array | undefined;

  constructor(variables: readonly Variable[], own?: Float32Array) {
    this.variables = variables;
    let length = 0;
    this.offsets = variables.map(({ data }) => (length += data.length) - data.length);
    this.length = length;
    this.#own = own;
  }

  /** The current values, one after another. Not to be written into. */
  read(): Float32Array {
    const [first] = this.variables;
    if (this.#view === undefined || this.#view.buffer !== first.data.buffer || this.#view.byteOffset !== first.data.byteOffset) this.#view = undefined;
    if (this.#adjacent()) return (this.#view ??= new Float32Array(first.data.buffer, first.data.byteOffset, this.length));
    this.#own ??= new Float32Array(this.length);
    this.variables.forEach(({ data }, i) => this.#own!.set(data, this.offsets[i]));
    return this.#own;
  }

  /** Makes this object's vector the place where the variables are, and returns it. */
  adopt(): Float32Array {
    const own = (this.#own ??= new Float32Array(this.length));
    this.variables.forEach((variable, i) => {
      const { data } = variable;
      const offset = own.byteOffset + this.offsets[i] * 4;
      if (data.buffer === own.buffer && data.byteOffset === offset) return;
      variable.data = new Float32Array(own.buffer, offset, data.length);
      variable.data.set(data);
    });
    return own;
  }

  #adjacent(): boolean {
    const { buffer, byteOffset } = this.variables[0].data;
    return this.variables.every(({ data }, i) => data.buffer === buffer && data.byteOffset === byteOffset + this.offsets[i] * 4);
  }
}
