import type { Shape } from '../shape.ts';
import type { Variable } from '../tensor.ts';
import type { OnnxRuntime, RuntimeTensor } from './onnx-runtime.ts';

/** From this many numbers on, copying a variable out of the vector costs more than another input does. */
const LARGE = 16_384;

/** What lies where in the vector, as plain data: numbers of the small variables, then the large ones by their shapes. */
export interface VariableLayout {
  readonly length: number;
  readonly packed: number;
  readonly large: readonly Shape[];
}

/**
 * Many variables as one vector: an input of the graph costs about ten microseconds a run, whatever its size. Large
 * ones are inputs of their own; they stand behind the others.
 *
 * The variables' `data` may lie anywhere. `adopt` moves them into this object's own vector, where they are from then
 * on; `feeds` gives them to a session, without copying where the small ones lie one after another, in this vector or
 * another's.
 */
export class FlatVariables {
  /** Small ones first. */
  readonly variables: readonly Variable[];
  readonly offsets: readonly number[];
  readonly length: number;
  /** How many variables, and numbers, are in the input called `variables`. */
  readonly packed: { readonly count: number; readonly length: number };
  #own: Float32Array | undefined;

  /** @param isApart which variables are inputs of their own besides the large ones */
  constructor(variables: readonly Variable[], { isApart = () => false }: { isApart?: (variable: Variable) => boolean } = {}) {
    const isLarge = (variable: Variable): boolean => variable.data.length >= LARGE || isApart(variable);
    const small = variables.filter((variable) => !isLarge(variable));
    this.variables = [...small, ...variables.filter(isLarge)];
    let length = 0;
    this.offsets = this.variables.map(({ data }) => (length += data.length) - data.length);
    this.length = length;
    this.packed = { count: small.length, length: small.reduce((sum, { data }) => sum + data.length, 0) };
  }

  get layout(): VariableLayout {
    return { length: this.length, packed: this.packed.length, large: this.variables.slice(this.packed.count).map(({ shape }) => shape) };
  }

  /** Where a variable lies in the vector. */
  placeOf(variable: Variable): { start: number; end: number } {
    const start = this.offsets[this.variables.indexOf(variable)];
    return { start, end: start + variable.data.length };
  }

  /** Makes this the vector, before anything was moved into another. */
  useMemory(own: Float32Array): void {
    this.#own = own;
  }

  /** The current values, as inputs of the graph. */
  feeds(runtime: OnnxRuntime): Record<string, RuntimeTensor> {
    const { count, length } = this.packed;
    const feeds: Record<string, RuntimeTensor> = {};
    if (count > 0) feeds.variables = new runtime.Tensor('float32', this.#read(), [length]);
    this.variables.slice(count).forEach(({ data, shape }, i) => (feeds[largeName(i)] = new runtime.Tensor('float32', data, shape)));
    return feeds;
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

  /** Gives the variables memory of their own again, so that the vector's can be freed. */
  release(): void {
    for (const variable of this.variables) if (variable.data.buffer === this.#own?.buffer) variable.data = variable.data.slice();
  }

  /** The small ones one after another, not to be written into. */
  #read(): Float32Array {
    const { count, length } = this.packed;
    const small = this.variables.slice(0, count);
    const { buffer, byteOffset } = small[0].data;
    if (small.every(({ data }, i) => data.buffer === buffer && data.byteOffset === byteOffset + this.offsets[i] * 4)) return new Float32Array(buffer, byteOffset, length);
    const own = (this.#own ??= new Float32Array(this.length));
    small.forEach(({ data }, i) => own.set(data, this.offsets[i]));
    return own.subarray(0, length);
  }
}

/** What the input of a large variable is called. */
export const largeName = (index: number): string => `variable_${index}`;
