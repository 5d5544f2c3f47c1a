import type { Arena } from './arena.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { NodeToSplit, SplitColumns, SplitLimits, SplitSpace } from './split-arrays.ts';
import * as twins from './twins/best-split.ts';

export function splitSpace(arena: Arena): SplitSpace {
  const numbers = arena.float64(12);
  const { buffer, byteOffset } = numbers;
  return {
    numbers,
    cells: new BigInt64Array(buffer, byteOffset, 12),
    words: new Int32Array(buffer, byteOffset, 24),
    categories: new Uint8Array(buffer, byteOffset + 64, 32),
    order: arena.float64(512),
  };
}

/**
 * The split of a node that lowers the loss most, among those that leave both children rows and hessian enough and keep
 * the directions. With G and H a child's sums, its value is v = −G / (H + l2), kept in [lower, upper], and the gain
 *
 *     v·G of the node − v·G of the left child − v·G of the right child
 *
 * (v of the node being `value`). Numbers are tried bin by bin, with missing values on the right and, where there are
 * any, on the left. Categories, missing among them, are ordered by G / (H + 10) and split off from either end; those
 * that are rare in the node go right.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 *
 * @param features columns to look at, in order; the first wins a tie
 * @param space where the result goes
 * Source: Chen and Guestrin, "XGBoost: A scalable tree boosting system", KDD 2016, algorithm 3; Fisher, "On grouping
 * for maximum homogeneity", JASA 53, 1958.
 */
export function bestSplit(features: Int32Array, columns: SplitColumns, node: NodeToSplit, limits: SplitLimits, space: SplitSpace): void {
  const { starts, bins, kinds, directions } = columns;
  const { histogram, total, value, lower, upper } = node;
  const kernels = kernelsFor(features, starts, bins) && kernelsFor(kinds, directions, histogram) && kernelsFor(total, space.numbers, space.order);
  if (!kernels) {
    twins.bestSplit(features, columns, node, limits, space);
    return;
  }
  kernels.bestSplit(
    features.byteOffset,
    features.length,
    histogram.byteOffset,
    starts.byteOffset,
    bins.byteOffset,
    kinds.byteOffset,
    directions.byteOffset,
    total.byteOffset,
    value,
    lower,
    upper,
    limits.minSamplesLeaf,
    limits.minHessian,
    limits.l2,
    limits.gradientUnit,
    limits.hessianUnit,
    limits.shift,
    space.numbers.byteOffset,
    space.order.byteOffset,
  );
}
