import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import { cut } from './thread-jobs.ts';
import type { Bring, ThreadTeam } from './thread-team.ts';
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
 * out += A·B for an A that is not packed, and B in panels as for multiplyPanels. With `start`, a row, out = 1·startᵀ + A·B.
 *
 * @param a rows of `stride` elements, of which the first `depth` count; the last row may end with those
 * @param out rows × 4·right elements
 */
export function multiplyRows(rows: number, stride: number, depth: number, a: Float64Array, right: number, b: Float64Array, out: Float64Array, start?: Float64Array, team?: ThreadTeam): void {
  checkLength('multiplyRows', 'a', a, rows === 0 ? 0 : (rows - 1) * stride + depth);
  checkLength('multiplyRows', 'b', b, right * depth * 4);
  checkLength('multiplyRows', 'out', out, rows * right * 4);
  if (start) checkLength('multiplyRows', 'start', start, right * 4);
  const kernels = kernelsFor(a, b, out) && kernelsFor(start ?? out);
  if (!kernels) twins.multiplyRows(rows, stride, depth, a, right, b, out, start);
  else {
    const words = [stride, depth, a.byteOffset, right, b.byteOffset, out.byteOffset, start?.byteOffset ?? 0] as const;
    if (team) team.run('multiplyRows', BLOCKS, [rows, ...words]);
    else kernels.multiplyRows(0, rows, ...words);
  }
}

/** Parts of a self-product's rows, each with a sum of its own: what is added to what does not depend on how many threads there are. */
export interface SelfProductParts {
  /** How many equal parts the rows are cut into. */
  count: number;
  /** For each part, `width` sums of columns, where width is 4·⌈cols / 4⌉. */
  sums: Float64Array;
  /** For each part, width × width products. */
  products: Float64Array;
  /** Whether sums and products begin as zeros, whatever they hold. */
  isFirst: boolean;
  /** Rows that are packed at a time, and room for them: depth × width for each thread. */
  depth: number;
  packed: Float64Array;
}

/**
 * Adds Σ x[p, i]·x[p, j] to each part's products, on and below the diagonal's blocks of 4 × 4, and Σ x[p, i] to its sums, over
 * its rows p, with x less `shift` of each column.
 *
 * @param x rows × cols, row-major
 * @param bring brings the rows of x, from the last part back, and is told whom to tell after each; without it they are there
 */
export function addSelfProducts(rows: number, cols: number, x: Float64Array, shift: Float64Array | undefined, parts: SelfProductParts, team?: ThreadTeam, bring?: Bring): void {
  const { count, sums, products, isFirst, depth, packed } = parts;
  const width = 4 * Math.ceil(cols / 4);
  checkLength('addSelfProducts', 'x', x, rows * cols);
  if (shift) checkLength('addSelfProducts', 'shift', shift, cols);
  checkLength('addSelfProducts', 'sums', sums, count * width);
  checkLength('addSelfProducts', 'products', products, count * width * width);
  checkLength('addSelfProducts', 'packed', packed, (team?.threads ?? 1) * depth * width);
  const kernels = kernelsFor(x, shift ?? x, packed) && kernelsFor(sums, products);
  if (kernels && team) {
    const words = [rows, cols, depth, x.byteOffset, shift?.byteOffset ?? 0, packed.byteOffset, sums.byteOffset, products.byteOffset, count, isFirst ? 1 : 0];
    if (bring) team.runAsBrought('addSelfProducts', count, words, bring);
    else team.run('addSelfProducts', count, words);
    return;
  }
  const add = (part: number): void => {
    const [from, to] = [cut(0, rows, part, count), cut(0, rows, part + 1, count)];
    const own = x.subarray(from * cols, to * cols);
    const sum = sums.subarray(part * width, (part + 1) * width);
    const product = products.subarray(part * width * width, (part + 1) * width * width);
    if (isFirst) for (const zeroed of [sum, product]) zeroed.fill(0);
    if (kernels) kernels.addSelfProduct(to - from, cols, depth, own.byteOffset, shift?.byteOffset ?? 0, packed.byteOffset, sum.byteOffset, product.byteOffset);
    else twins.addSelfProduct(to - from, cols, depth, own, shift, packed, sum, product);
  };
  // Each part as soon as it is there: the caches still have it.
  if (bring) bring((ready) => add(count - ready));
  else for (let part = 0; part < count; part++) add(part);
}

/** Adds all other parts' products to the first part's, on and below the diagonal's blocks of 4 × 4, in the order of parts. */
export function addUpProducts(width: number, count: number, products: Float64Array): void {
  checkLength('addUpProducts', 'products', products, count * width * width);
  const kernels = kernelsFor(products);
  if (kernels) kernels.addUpProducts(width, count, products.byteOffset);
  else twins.addUpProducts(width, count, products);
}
