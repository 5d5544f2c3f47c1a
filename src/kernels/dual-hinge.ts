import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';
import * as twins from './twins/dual-hinge.ts';

/** What a pass of coordinate descent works on; lists have one element per row unless said otherwise. */
export interface DualHingeArrays {
  /** Rows in the order of visiting, the active ones in front. */
  order: Int32Array;
  X: CsrArrays;
  /** +1 or −1. */
  signs: Float64Array;
  /** Upper bound of α. */
  bounds: Float64Array;
  /** Added to the diagonal of the dual's matrix. */
  diagonal: Float64Array;
  /** ‖x‖² + bias² + diagonal. */
  curvature: Float64Array;
  /** Dual variables; changed. */
  alpha: Float64Array;
  /** Σ α·sign·x: one per column, and one for a last column that holds `bias` in every row; changed. */
  w: Float64Array;
  /** 0 where there is no such column. */
  bias: number;
  /**
   * Four numbers: the largest and smallest projected gradient beyond which a row at a bound is left out, and, after
   * the pass, the largest and smallest that were met.
   */
  range: Float64Array;
}

/**
 * One pass of coordinate descent over the dual of a linear support vector machine: each active row's α moves to the
 * minimum of the objective along it, within [0, bound], and w follows at once. A row at a bound whose gradient
 * points firmly outwards is swapped behind the active ones.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 *
 * @param active how many rows of `order` take part
 * @returns how many are left
 */
export function dualHingePass(active: number, arrays: DualHingeArrays): number {
  const { order, X, signs, bounds, diagonal, curvature, alpha, w, bias, range } = arrays;
  checkLength('dualHingePass', 'w', w, X.cols + 1);
  const kernels = kernelsForMatrix(X) && kernelsFor(order, signs, bounds) && kernelsFor(diagonal, curvature, alpha) && kernelsFor(w, range);
  if (!kernels) return twins.dualHingePass(active, arrays);
  return kernels.dualHingePass(
    active,
    order.byteOffset,
    X.indptr.byteOffset,
    X.indices.byteOffset,
    X.data.byteOffset,
    signs.byteOffset,
    bounds.byteOffset,
    diagonal.byteOffset,
    curvature.byteOffset,
    alpha.byteOffset,
    w.byteOffset,
    bias,
    w.byteOffset + 8 * X.cols,
    range.byteOffset,
  );
}
