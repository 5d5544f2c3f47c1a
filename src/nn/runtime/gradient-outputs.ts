import { scratchLength } from '../../kernels/row-sums.ts';
import { cat } from '../operators/rearrange.ts';
import { reshape } from '../operators/reshape.ts';
import { sizeOf } from '../shape.ts';
import type { Parameter, Tensor } from '../tensor.ts';
import { type GradientLayout, ownName, SMALL } from './gradient-places.ts';

/** A trained parameter with its gradient in the graph. */
export interface TracedGradient {
  readonly parameter: Parameter;
  readonly gradient: Tensor;
}

/** Rows of a batch, for a choice that has to be made before there is one. */
const USUAL_BATCH = 32;

/** How many numbers of scratch memory the gradients' rows need to be added up. */
export const scratchOf = (gradients: readonly Tensor[]): number => Math.max(0, ...gradients.filter(({ rowSum }) => rowSum).map(({ shape }) => scratchLength(shape[1])));

/**
 * How gradients come out of a graph: those of small parameters together, for an output costs about ten microseconds
 * whatever its size, each large one by itself.
 *
 * Of a table that rows are looked up in, the rows come out instead, and are added up outside, if they are fewer than the
 * table's or the graph runs on several threads: on those it adds them up either slowly or wrongly, see
 * operators/embedding.ts.
 *
 * @param small how many gradients, the first, come out together
 */
export function gradientOutputs(gradients: readonly TracedGradient[], { small, threads }: { small: number; threads: number }): { outputs: Record<string, Tensor>; layout: GradientLayout } {
  const together = gradients.slice(0, small).map(({ gradient }) => reshape(gradient, [sizeOf(gradient.shape)]));
  const apart = gradients.slice(small).map(({ parameter, gradient }) => ({ parameter, gradient, rowSum: threads > 1 || hasFewRows(gradient) ? gradient.rowSum : undefined }));
  return {
    outputs: { ...(small > 0 ? { [SMALL]: cat(together) } : {}), ...Object.fromEntries(apart.map(({ gradient, rowSum }, i) => [ownName(i), rowSum?.rows ?? gradient])) },
    layout: {
      small: together.reduce((sum, { shape }) => sum + shape[0], 0),
      large: apart.map(({ parameter: { shape }, rowSum }) => ({ shape, ids: rowSum?.ids.name })),
    },
  };
}

const hasFewRows = ({ shape, rowSum }: Tensor): boolean => rowSum !== undefined && Math.abs(rowSum.rows.shape[0]) * USUAL_BATCH <= shape[0];
