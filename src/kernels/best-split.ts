import type { Arena } from './arena.ts';
import { kernelsFor } from './kernel-memory.ts';
import { FOUND_BYTES, ORDER_BYTES, SPACE_BYTES, type NodeToSplit, type SplitColumns, type SplitLimits, type SplitSpace } from './split-arrays.ts';
import * as twins from './twins/best-split.ts';

/** Spaces for as many searches, one behind the other. */
export function splitSpaces(arena: Arena, count: number): SplitSpace[] {
  const { buffer, byteOffset } = arena.float64((count * SPACE_BYTES) / 8);
  return Array.from({ length: count }, (_, i) => {
    const at = byteOffset + i * SPACE_BYTES;
    return {
      numbers: new Float64Array(buffer, at, FOUND_BYTES / 8),
      cells: new BigInt64Array(buffer, at, FOUND_BYTES / 8),
      words: new Int32Array(buffer, at, FOUND_BYTES / 4),
      categories: new Uint8Array(buffer, at + 64, 32),
      order: new Float64Array(buffer, at + FOUND_BYTES, ORDER_BYTES / 8),
    };
  });
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
