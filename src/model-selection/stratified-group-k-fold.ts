import { encodeLabels, type Labels } from '../core/labels.ts';
import type { RandomState } from '../core/random-state.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import { classSizeWarnings, stratifiable } from './class-sizes.ts';
import { FoldSplitter } from './fold-splitter.ts';
import { checkGroupCount } from './group-k-fold.ts';
import type { SplitData } from './splitter.ts';

/**
 * k folds that never cut a group and hold every class in as nearly the same share as that allows.
 *
 * Greedy: groups in falling order of the standard deviation of their class counts, each to the fold that leaves
 * the classes' shares most even over the folds (mean over classes of the standard deviation over folds); on a
 * near-tie to the fold with the fewest rows. `shuffle` only changes the order of groups of equal deviation.
 *
 * Counterpart: scikit-learn's StratifiedGroupKFold.
 *
 * @example
 * new StratifiedGroupKFold({ nSplits: 5 }).split(X, y, customers);
 */
export class StratifiedGroupKFold extends FoldSplitter {
  override warnings(y?: Labels, groups?: Labels): string[] {
    return [...super.warnings(y, groups), ...(y === undefined ? [] : classSizeWarnings(this.owner, y, this.options.nSplits))];
  }

  protected override get usesGroups(): boolean {
    return true;
  }

  protected folds(data: SplitData, random: RandomState | null): Int32Array {
    const { nSplits } = this.options;
    const { codes, sizes } = stratifiable(this.owner, this.needLabels(data), nSplits);
    const { classes: groups, codes: groupCodes } = encodeLabels(this.owner, this.needGroups(data));
    checkGroupCount(this.owner, nSplits, groups.length);

    const counts = new DenseMatrix(groups.length, sizes.length);
    for (let i = 0; i < codes.length; i++) counts.data[groupCodes[i] * sizes.length + codes[i]]++;
    const order = Int32Array.from({ length: groups.length }, (_, g) => g);
    random?.shuffle(order);
    const deviations = Float64Array.from(groups, (_, g) => rowDeviation(counts.row(g)));
    order.sort((a, b) => deviations[b] - deviations[a]);

    const perFold = new DenseMatrix(nSplits, sizes.length);
    const foldOf = new Int32Array(groups.length);
    for (const group of order) {
      const fold = bestFold(perFold, counts.row(group), sizes);
      add(perFold.row(fold), counts.row(group), 1);
      foldOf[group] = fold;
    }
    return groupCodes.map((group) => foldOf[group]);
  }
}

/** The fold after whose growth the classes are spread most evenly. */
function bestFold(perFold: DenseMatrix, group: Float64Array, sizes: Int32Array): number {
  let best = 0;
  let least = Infinity;
  let fewest = Infinity;
  for (let fold = 0; fold < perFold.rows; fold++) {
    const row = perFold.row(fold);
    add(row, group, 1);
    const unevenness = meanColumnDeviation(perFold, sizes);
    add(row, group, -1);
    const rows = row.reduce((a, b) => a + b, 0);
    // numpy.isclose: near-equal up to 1e-8 + 1e-5 relative.
    const near = Math.abs(unevenness - least) <= 1e-8 + 1e-5 * least && least < Infinity;
    if (unevenness < least || (near && rows < fewest)) {
      best = fold;
      least = unevenness;
      fewest = rows;
    }
  }
  return best;
}

function add(to: Float64Array, values: Float64Array, sign: number): void {
  for (let k = 0; k < to.length; k++) to[k] += sign * values[k];
}

/** Standard deviation (population) of a group's class counts, summed in numpy's order so that ties stay ties. */
function rowDeviation(counts: Float64Array): number {
  const mean = pairwiseSum(counts) / counts.length;
  return Math.sqrt(pairwiseSum(counts.map((count) => (count - mean) * (count - mean))) / counts.length);
}

/** Mean over classes of the standard deviation over folds of the class's share. */
function meanColumnDeviation(perFold: DenseMatrix, sizes: Int32Array): number {
  const { rows, cols } = perFold;
  // numpy adds along columns in turn, but sums a single column as one run of memory.
  const total = (values: Float64Array): number => (cols === 1 ? pairwiseSum(values) : values.reduce((a, b) => a + b, 0));
  const deviations = new Float64Array(cols);
  const share = new Float64Array(rows);
  for (let k = 0; k < cols; k++) {
    for (let fold = 0; fold < rows; fold++) share[fold] = perFold.data[fold * cols + k] / sizes[k];
    const mean = total(share) / rows;
    for (let fold = 0; fold < rows; fold++) share[fold] = (share[fold] - mean) * (share[fold] - mean);
    deviations[k] = Math.sqrt(total(share) / rows);
  }
  return pairwiseSum(deviations) / cols;
}
