import { childOf } from '../tree/child-of.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';

/**
 * Adds the Shapley values of one tree's prediction for one row, exact, in time leaves × depth².
 *
 * The value of a set of columns is the tree's mean prediction where the row decides at splits of these columns, and the
 * training rows (their weights, `weightedSamples`) at all others: "path-dependent".
 *
 * A path carries, for each column met so far, the share of training rows that would come this way (zero), whether the
 * row itself does (one), and the summed weights of all subsets by size; a column met again is first taken out.
 *
 * Source: Lundberg, Erion, Lee, "Consistent individualized feature attribution for tree ensembles", 2018, algorithm 2.
 */
export class TreeShap {
  readonly #tree: TreeNodes;
  // One path per depth, one after the other: a child's begins behind its parent's.
  readonly #feature: Int32Array;
  readonly #zero: Float64Array;
  readonly #one: Float64Array;
  readonly #weight: Float64Array;
  #row: ArrayLike<number> = [];
  #out: Float64Array = new Float64Array(0);
  #scale = 1;

  constructor(tree: TreeNodes, depth: number) {
    const room = ((depth + 2) * (depth + 3)) / 2;
    this.#tree = tree;
    this.#feature = new Int32Array(room);
    this.#zero = new Float64Array(room);
    this.#one = new Float64Array(room);
    this.#weight = new Float64Array(room);
  }

  /** out[feature · outputs + k] += scale × the column's share in output k of this row's leaf. */
  addTo(out: Float64Array, row: ArrayLike<number>, scale = 1): void {
    this.#row = row;
    this.#out = out;
    this.#scale = scale;
    this.#visit(0, 0, 0, 1, 1, -1);
  }

  /** @param start where this path lies @param from where the parent's does @param length of the parent's path */
  #visit(node: number, from: number, length: number, zero: number, one: number, feature: number): void {
    const { left, weightedSamples, feature: features } = this.#tree;
    const start = from + length;
    for (let i = 0; i < length; i++) {
      this.#feature[start + i] = this.#feature[from + i];
      this.#zero[start + i] = this.#zero[from + i];
      this.#one[start + i] = this.#one[from + i];
      this.#weight[start + i] = this.#weight[from + i];
    }
    this.#extend(start, length, zero, one, feature);
    let size = length + 1;
    if (left[node] < 0) {
      this.#settle(node, start, size);
      return;
    }
    const hot = childOf(this.#tree, node, this.#row[features[node]]);
    const cold = hot === left[node] ? this.#tree.right[node] : left[node];
    let zeroBefore = 1;
    let oneBefore = 1;
    for (let i = 1; i < size; i++) {
      if (this.#feature[start + i] !== features[node]) continue;
      zeroBefore = this.#zero[start + i];
      oneBefore = this.#one[start + i];
      this.#takeOut(start, size, i);
      size--;
      break;
    }
    const share = zeroBefore / weightedSamples[node];
    this.#visit(hot, start, size, share * weightedSamples[hot], oneBefore, features[node]);
    this.#visit(cold, start, size, share * weightedSamples[cold], 0, features[node]);
  }

  #extend(start: number, length: number, zero: number, one: number, feature: number): void {
    const w = this.#weight;
    this.#feature[start + length] = feature;
    this.#zero[start + length] = zero;
    this.#one[start + length] = one;
    w[start + length] = length === 0 ? 1 : 0;
    for (let i = length - 1; i >= 0; i--) {
      w[start + i + 1] += (one * w[start + i] * (i + 1)) / (length + 1);
      w[start + i] = (zero * w[start + i] * (length - i)) / (length + 1);
    }
  }

  /** Undoes the extension by element i. */
  #takeOut(start: number, size: number, i: number): void {
    const w = this.#weight;
    const zero = this.#zero[start + i];
    const one = this.#one[start + i];
    let next = w[start + size - 1];
    for (let j = size - 2; j >= 0; j--) {
      if (one !== 0) {
        const before = w[start + j];
        w[start + j] = (next * size) / ((j + 1) * one);
        next = before - (w[start + j] * zero * (size - 1 - j)) / size;
      } else w[start + j] = (w[start + j] * size) / (zero * (size - 1 - j));
    }
    for (let j = i; j < size - 1; j++) {
      this.#feature[start + j] = this.#feature[start + j + 1];
      this.#zero[start + j] = this.#zero[start + j + 1];
      this.#one[start + j] = this.#one[start + j + 1];
    }
  }

  /** The sum of the weights that takeOut would leave. */
  #sumWithout(start: number, size: number, i: number): number {
    const w = this.#weight;
    const zero = this.#zero[start + i];
    const one = this.#one[start + i];
    let next = w[start + size - 1];
    let sum = 0;
    for (let j = size - 2; j >= 0; j--) {
      if (one !== 0) {
        const own = (next * size) / ((j + 1) * one);
        sum += own;
        next = w[start + j] - (own * zero * (size - 1 - j)) / size;
      } else sum += (w[start + j] * size) / (zero * (size - 1 - j));
    }
    return sum;
  }

  #settle(node: number, start: number, size: number): void {
    const { value, outputs } = this.#tree;
    for (let i = 1; i < size; i++) {
      const share = this.#scale * this.#sumWithout(start, size, i) * (this.#one[start + i] - this.#zero[start + i]);
      const at = this.#feature[start + i] * outputs;
      for (let k = 0; k < outputs; k++) this.#out[at + k] += share * value[node * outputs + k];
    }
  }
}

/** The tree's mean prediction over its training rows, one number per output. */
export function meanOf({ left, right, value, weightedSamples, outputs }: TreeNodes): Float64Array {
  const mean = new Float64Array(outputs);
  // Leaves alone: in boosting, the values of inner nodes are not means.
  for (let node = 0; node < left.length; node++) {
    if (left[node] >= 0 || right[node] >= 0) continue;
    for (let k = 0; k < outputs; k++) mean[k] += (weightedSamples[node] / weightedSamples[0]) * value[node * outputs + k];
  }
  return mean;
}
