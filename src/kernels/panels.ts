import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { ThreadTeam } from './thread-team.ts';
import * as twins from './twins/panels.ts';

/** Parts that a team shares out: enough that one thread seldom waits for another. */
const BLOCKS = 16;

/**
 * out += A·B for factors packed in panels of four rows of A and four columns of B: element (p, lane) of a panel is
 * at 4p + lane, and panels of `depth` elements a lane lie one after the other. In WebAssembly where all arrays come
 * from one arena, in plain TypeScript otherwise, with the same bits; a team shares out the rows of the result, which
 * leaves the bits as they are.
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
  team?: ThreadTeam,
): void {
  checkLength('multiplyPanels', 'a', a, left * depth * 4);
  checkLength('multiplyPanels', 'b', b, right * depth * 4);
  checkLength('multiplyPanels', 'out', out, left * right * 16);
  const kernels = kernelsFor(a, b, out);
  if (!kernels) twins.multiplyPanels(left, right, depth, a, b, out, right * 4, offset);
  else {
    const words = [left, right, depth, a.byteOffset, b.byteOffset, out.byteOffset, right * 4, offset === null ? 0 : 1, offset ?? 0] as const;
    if (team) team.run('multiplyPanels', BLOCKS, words);
    else kernels.multiplyPanels(...words);
  }
}

/**
 * out += A·B for an A that is not packed, and B in panels as for multiplyPanels.
 *
 * @param a rows of `stride` elements, of which the first `depth` count; the last row may end with those
 * @param out rows × 4·right elements
 */
export function multiplyRows(rows: number, stride: number, depth: number, a: Float64Array, right: number, b: Float64Array, out: Float64Array, team?: ThreadTeam): void {
  checkLength('multiplyRows', 'a', a, rows === 0 ? 0 : (rows - 1) * stride + depth);
  checkLength('multiplyRows', 'b', b, right * depth * 4);
  checkLength('multiplyRows', 'out', out, rows * right * 4);
  const kernels = kernelsFor(a, b, out);
  if (!kernels) twins.multiplyRows(rows, stride, depth, a, right, b, out);
  else if (team) team.run('multiplyRows', BLOCKS, [rows, stride, depth, a.byteOffset, right, b.byteOffset, out.byteOffset]);
  else kernels.multiplyRows(0, rows, stride, depth, a.byteOffset, right, b.byteOffset, out.byteOffset);
}

/**
 * Packs the columns of x in panels of four: for each block of `depth` rows (the last one of what is left), panel after
 * panel, less `shift` of each column. Columns past the last are zero.
 *
 * @param x rows × cols, row-major
 * @param packed rows × 4·⌈cols / 4⌉ elements
 * @param sums where each column's packed numbers are added up, row after row: 4·⌈cols / 4⌉ elements
 */
export function packColumns(rows: number, cols: number, depth: number, x: Float64Array, shift: Float64Array | undefined, packed: Float64Array, sums?: Float64Array): void {
  const width = 4 * Math.ceil(cols / 4);
  checkLength('packColumns', 'x', x, rows * cols);
  if (shift) checkLength('packColumns', 'shift', shift, cols);
  checkLength('packColumns', 'packed', packed, rows * width);
  if (sums) checkLength('packColumns', 'sums', sums, width);
  const kernels = kernelsFor(x, shift ?? x, packed) && kernelsFor(sums ?? x);
  if (kernels) kernels.packColumns(rows, cols, depth, x.byteOffset, shift?.byteOffset ?? 0, packed.byteOffset, sums?.byteOffset ?? 0);
  else twins.packColumns(rows, cols, depth, x, shift, packed, sums);
}

/**
 * out[i, j] += Σ x[p, i]·x[p, j] on and below the diagonal's blocks of 4 × 4, for an x packed by packColumns: XᵀX.
 *
 * @param panels how many panels of four columns x has
 * @param out 4·panels × 4·panels
 * @param meanwhile what this thread does while the team begins; touches none of the arrays
 */
export function addSelfProduct(rows: number, panels: number, depth: number, packed: Float64Array, out: Float64Array, team?: ThreadTeam, meanwhile?: () => void): void {
  checkLength('addSelfProduct', 'packed', packed, rows * panels * 4);
  checkLength('addSelfProduct', 'out', out, (panels * 4) ** 2);
  const kernels = kernelsFor(packed, out);
  if (kernels && team) {
    team.run('addSelfProduct', BLOCKS, [rows, panels, depth, packed.byteOffset, out.byteOffset], [], meanwhile);
    return;
  }
  if (kernels) kernels.addSelfProduct(0, panels, rows, panels, depth, packed.byteOffset, out.byteOffset);
  else twins.addSelfProduct(rows, panels, depth, packed, out);
  meanwhile?.();
}
