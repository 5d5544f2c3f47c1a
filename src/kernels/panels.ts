import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/panels.ts';

/**
 * out += A·B for factors packed in panels of four rows of A and four columns of B: element (p, lane) of a panel is
 * at 4p + lane, and panels of `depth` elements a lane lie one after the other. In WebAssembly where all arrays come
 * from one arena, in plain TypeScript otherwise, with the same bits.
 *
 * @param left number of panels of a, which holds left · depth · 4 elements
 * @param right number of panels of b, which holds right · depth · 4 elements
 * @param out 4·left rows of 4·right elements, row-major
 * @param offset with a number, only pairs of panels j ≤ i + offset are worked out: the lower triangle of a symmetric product
 */
export function multiplyPanels(
  left: number,
  right: number,
  depth: number,
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  offset: number | null = null,
): void {
  checkLength('multiplyPanels', 'a', a, left * depth * 4);
  checkLength('multiplyPanels', 'b', b, right * depth * 4);
  checkLength('multiplyPanels', 'out', out, left * right * 16);
  const kernels = kernelsFor(a, b, out);
  if (!kernels) twins.multiplyPanels(left, right, depth, a, b, out, right * 4, offset);
  else {
    kernels.multiplyPanels(left, right, depth, a.byteOffset, b.byteOffset, out.byteOffset, right * 4, offset === null ? 0 : 1, offset ?? 0);
  }
}

/**
 * out[i, j] += Σ x[p, i]·x[p, j] over the rows p of x, in blocks of 4 × 4 on and below the diagonal: XᵀX without
 * packing, for rows that fit the second-level cache.
 *
 * @param x rows × width, row-major
 * @param out width × width
 * @param width a multiple of 4
 */
export function addSelfProduct(rows: number, width: number, x: Float64Array, out: Float64Array): void {
  checkLength('addSelfProduct', 'x', x, rows * width);
  checkLength('addSelfProduct', 'out', out, width * width);
  const kernels = kernelsFor(x, out);
  if (kernels) kernels.addSelfProduct(rows, width, x.byteOffset, out.byteOffset);
  else twins.addSelfProduct(rows, width, x, out);
}

/** x[p, j] −= shift[j] in every row p of x, rows × width, row-major; width is even. */
export function subtractFromRows(rows: number, width: number, x: Float64Array, shift: Float64Array): void {
  checkLength('subtractFromRows', 'x', x, rows * width);
  checkLength('subtractFromRows', 'shift', shift, width);
  const kernels = kernelsFor(x, shift);
  if (kernels) kernels.subtractFromRows(rows, width, x.byteOffset, shift.byteOffset);
  else twins.subtractFromRows(rows, width, x, shift);
}
