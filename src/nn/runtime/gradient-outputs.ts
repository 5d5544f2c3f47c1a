import { addRows, scratchLength } from '../../kernels/row-sums.ts';
import { cat } from '../operators/rearrange.ts';
import { reshape } from '../operators/reshape.ts';
import { sizeOf } from '../shape.ts';
import type { Parameter, Tensor } from '../tensor.ts';
import type { Batch } from './feed-batch.ts';
import { giveBackMemory } from './give-back-memory.ts';
import type { OnnxRuntime, RuntimeTensor } from './onnx-runtime.ts';

/** A trained parameter with its gradient in the graph. */
export interface TracedGradient {
  readonly parameter: Parameter;
  readonly gradient: Tensor;
}

/** Rows of a batch, for a choice that has to be made before there is one. */
const USUAL_BATCH = 32;

const SMALL = 'gradients';
const ownName = (index: number): string => `gradient_${index}`;

/** How many numbers of scratch memory the gradients' rows need to be added up. */
export const scratchOf = (gradients: readonly Tensor[]): number => Math.max(0, ...gradients.filter(({ rowSum }) => rowSum).map(({ shape }) => scratchLength(shape[1])));

/**
 * How gradients come out of a graph and into one vector: those of small parameters together, for an output costs about ten
 * microseconds whatever its size, each large one by itself. The graph writes them where they are to lie.
 *
 * Of a table that rows are looked up in, the rows come out instead, and are added up here, if they are fewer than the
 * table's or the graph runs on several threads: on those it adds them up either slowly or wrongly, see
 * operators/embedding.ts.
 */
export class GradientOutputs {
  readonly #small: readonly TracedGradient[];
  readonly #large: readonly { readonly parameter: Parameter; readonly gradient: Tensor; readonly rowSum: Tensor['rowSum'] }[];
  readonly #vector: Float32Array;
  readonly #scratch: Float32Array;
  #fetches: Record<string, RuntimeTensor> | undefined;

  /**
   * @param small how many gradients, the first, come out together
   * @param vector as long as all of them
   * @param scratch as long as scratchOf says
   */
  constructor(gradients: readonly TracedGradient[], { small, threads, vector, scratch }: { small: number; threads: number; vector: Float32Array; scratch: Float32Array }) {
    this.#small = gradients.slice(0, small);
    this.#large = gradients.slice(small).map(({ parameter, gradient }) => ({ parameter, gradient, rowSum: threads > 1 || hasFewRows(gradient) ? gradient.rowSum : undefined }));
    this.#vector = vector;
    this.#scratch = scratch;
  }

  /** The graph's outputs by name. */
  get outputs(): Record<string, Tensor> {
    const large = this.#large.map(({ gradient, rowSum }, i) => [ownName(i), rowSum?.rows ?? gradient]);
    const small = this.#small.map(({ gradient }) => reshape(gradient, [sizeOf(gradient.shape)]));
    return { ...(small.length > 0 ? { [SMALL]: cat(small) } : {}), ...Object.fromEntries(large) };
  }

  /** Where a session is to write, output by output. */
  fetches(runtime: OnnxRuntime): Readonly<Record<string, RuntimeTensor>> {
    if (this.#fetches === undefined) {
      const fetches: Record<string, RuntimeTensor> = (this.#fetches = {});
      let at = 0;
      const next = (shape: readonly number[]): RuntimeTensor => new runtime.Tensor('float32', this.#vector.subarray(at, (at += sizeOf(shape))), shape);
      if (this.#small.length > 0) fetches[SMALL] = next([this.#small.reduce((sum, { parameter }) => sum + parameter.data.length, 0)]);
      this.#large.forEach(({ parameter, rowSum }, i) => {
        const place = next(parameter.shape);
        if (rowSum === undefined) fetches[ownName(i)] = place;
      });
    }
    return this.#fetches;
  }

  /** Adds up the rows of a run that is over. */
  collect(results: Readonly<Record<string, RuntimeTensor>>, batch: Batch): void {
    let end = this.#vector.length;
    for (const [i, { parameter, rowSum }] of [...this.#large.entries()].reverse()) {
      const table = this.#vector.subarray(end - parameter.data.length, end);
      end -= parameter.data.length;
      if (rowSum === undefined) continue;
      const rows = results[ownName(i)].data as Float32Array;
      addRows(table.fill(0), batch[rowSum.ids.name] as Int32Array, rows, parameter.shape[1], this.#scratch);
      giveBackMemory(rows);
    }
  }
}

const hasFewRows = ({ shape, rowSum }: Tensor): boolean => rowSum !== undefined && Math.abs(rowSum.rows.shape[0]) * USUAL_BATCH <= shape[0];
