import { addRows } from '../../kernels/row-sums.ts';
import { sizeOf, type Shape } from '../shape.ts';
import type { Batch } from './feed-batch.ts';
import { giveBackMemory } from './give-back-memory.ts';
import type { OnnxRuntime, RuntimeTensor } from './onnx-runtime.ts';

/** What gradients come out of a graph, as plain data. */
export interface GradientLayout {
  /** How many numbers the small ones have together, which come out as one. */
  readonly small: number;
  /** Those that come out by themselves; `ids` names the input that says where the rows go, of which the gradient is the sum. */
  readonly large: readonly { readonly shape: Shape; readonly ids: string | undefined }[];
}

/** The output of all small gradients. */
export const SMALL = 'gradients';
/** The output of a large one. */
export const ownName = (index: number): string => `gradient_${index}`;

/** Where gradients lie in one vector, the small ones first. A session writes them there. */
export class GradientPlaces {
  readonly #layout: GradientLayout;
  readonly #vector: Float32Array;
  readonly #scratch: Float32Array;
  #fetches: Record<string, RuntimeTensor> | undefined;

  /**
   * @param vector as long as all of them
   * @param scratch memory for adding up rows, as long as scratchOf says
   */
  constructor(layout: GradientLayout, vector: Float32Array, scratch: Float32Array) {
    this.#layout = layout;
    this.#vector = vector;
    this.#scratch = scratch;
  }

  /** Where a session is to write, output by output. */
  fetches(runtime: OnnxRuntime): Readonly<Record<string, RuntimeTensor>> {
    if (this.#fetches === undefined) {
      const { small, large } = this.#layout;
      const fetches: Record<string, RuntimeTensor> = (this.#fetches = {});
      let at = 0;
      const next = (shape: Shape): RuntimeTensor => new runtime.Tensor('float32', this.#vector.subarray(at, (at += sizeOf(shape))), shape);
      if (small > 0) fetches[SMALL] = next([small]);
      large.forEach(({ shape, ids }, i) => {
        const place = next(shape);
        if (ids === undefined) fetches[ownName(i)] = place;
      });
    }
    return this.#fetches;
  }

  /** Adds up the rows of a run that is over. */
  collect(results: Readonly<Record<string, RuntimeTensor>>, batch: Batch): void {
    let at = this.#layout.small;
    this.#layout.large.forEach(({ shape, ids }, i) => {
      const table = this.#vector.subarray(at, (at += sizeOf(shape)));
      if (ids === undefined) return;
      const rows = results[ownName(i)].data as Float32Array;
      addRows(table.fill(0), batch[ids] as Int32Array, rows, shape[1], this.#scratch);
      giveBackMemory(rows);
    });
  }
}
