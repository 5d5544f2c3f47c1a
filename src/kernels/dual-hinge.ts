import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { DualHingeArrays } from './dual-hinge-arrays.ts';
import * as twins from './twins/dual-hinge.ts';

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
  const { order, X, signs, bounds, diagonal, curvature, alpha, bias, range } = arrays;
  const { rows, cols, starts, blocks, w } = X;
  checkLength('dualHingePass', 'starts', starts, rows + 1);
  checkLength('dualHingePass', 'w', w, cols + 2);
  const kernels = kernelsFor(starts, blocks, order) && kernelsFor(range, signs, bounds) && kernelsFor(diagonal, curvature, alpha) && kernelsFor(w);
  if (!kernels) return twins.dualHingePass(active, arrays);
  return kernels.dualHingePass(
    active,
    order.byteOffset,
    starts.byteOffset,
    blocks.byteOffset,
    signs.byteOffset,
    bounds.byteOffset,
    diagonal.byteOffset,
    curvature.byteOffset,
    alpha.byteOffset,
    bias,
    w.byteOffset + 8 * cols,
    range.byteOffset,
  );
}
