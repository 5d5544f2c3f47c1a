import type { KernelExports } from './kernel-exports.ts';
import { FOUND_BYTES, SPACE_BYTES } from './split-arrays.ts';

/** Doubles that describe a node to a search that threads share: histogram, total, columns to look at, how many; value, lower, upper; where results go. */
export const NODE_NUMBERS = 8;

/**
 * One block of a search for the best splits of nodes: the columns first … last − 1.
 *
 * Their histograms are completed first: what other threads have summed up is added to the first one, and that is taken
 * from the second.
 *
 * @param w words of the job: columns, their `starts`, cells in all, `bins`, `kinds`, `directions`; the first histogram
 *   (0 for none), the second (0 for none), other threads' sums, a bit for each of them that counts; nodes, and how many
 *   they are; minSamplesLeaf, shift
 * @param limits minHessian, l2, gradientUnit, hessianUnit
 */
export function searchBlock(
  kernels: KernelExports,
  memory: ArrayBufferLike,
  w: Int32Array,
  limits: Float64Array,
  first: number,
  last: number,
  block: number,
): void {
  const cols = w[0];
  const starts = new Int32Array(memory, w[1] >>> 0, cols);
  const at = 16 * starts[first];
  const cells = (last < cols ? starts[last] : w[2]) - starts[first];
  const summed = w[6];
  const rest = w[7];
  const takers = w[9];
  for (let t = 0; takers >> t !== 0; t++) if ((takers >> t) & 1) kernels.addCells(w[8] + t * w[2] * 16 + at, summed + at, cells);
  if (rest !== 0) kernels.subtractCells(summed + at, rest + at, cells);
  const nodes = new Float64Array(memory, w[10] >>> 0, w[11] * NODE_NUMBERS);
  for (let n = 0; n < nodes.length; n += NODE_NUMBERS) {
    const features = nodes[n + 2];
    const list = new Int32Array(memory, features, nodes[n + 3]);
    const from = countBelow(list, first);
    const own = countBelow(list, last) - from;
    const space = nodes[n + 7] + block * SPACE_BYTES;
    kernels.bestSplit(
      features + 4 * from,
      own,
      nodes[n],
      w[1],
      w[3],
      w[4],
      w[5],
      nodes[n + 1],
      nodes[n + 4],
      nodes[n + 5],
      nodes[n + 6],
      w[12],
      limits[0],
      limits[1],
      limits[2],
      limits[3],
      w[13],
      space,
      space + FOUND_BYTES,
    );
  }
}

/** How many of ascending numbers are below a bound. */
function countBelow(list: Int32Array, bound: number): number {
  let count = 0;
  while (count < list.length && list[count] < bound) count++;
  return count;
}
