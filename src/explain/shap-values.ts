import type { Label } from '../core/labels.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { treeDepth } from '../tree/tree-depth.ts';
import { additiveTrees } from './additive-trees.ts';
import { meanOf, TreeShap } from './tree-shap.ts';

/** What each column contributed to each prediction: base + the sum of a row's values is the row's prediction. */
export interface ShapValues {
  /** Names of the columns: a Table's, else x0, x1, …. */
  names: readonly string[];
  /** Classes that the outputs stand for; null where there is one output. */
  outputs: readonly Label[] | null;
  /** What base and values measure: 'prediction', 'probability', 'log odds of …', …. */
  unit: string;
  /** The mean prediction of the training rows, one per output. */
  base: Float64Array;
  /** Rows × columns, one per output. */
  values: readonly DenseMatrix[];
  /** The rows as the model compares them: numbers, codes of categories, NaN where missing. */
  rows: DenseMatrix;
}

/**
 * Exact Shapley values of a tree's, a forest's or a boosted model's predictions ("TreeSHAP"): how a prediction is divided
 * among the columns, so that columns which add alike get alike. Columns that a row shares a path with are averaged over
 * the training rows of each node ("path-dependent"), so no background data are needed.
 *
 * Probabilities of trees and forests are divided as they are; of boosted models, raw predictions (log odds; for loss
 * 'poisson' and 'gamma' the logarithm).
 *
 * @param model fitted
 * @param X rows as the model takes them
 * @throws DataError for a model without trees
 * Counterpart: shap.TreeExplainer(model, feature_perturbation="tree_path_dependent"); LightGBM's pred_contrib.
 * Source: Lundberg, Erion, Lee, "Consistent individualized feature attribution for tree ensembles", 2018.
 *
 * @example
 * const { base, values } = shapValues(model, X);
 * base[0] + values[0].row(0).reduce((a, b) => a + b); // the first row's prediction
 */
export function shapValues(model: object, X: unknown): ShapValues {
  const { constant, terms, outputs, unit, rows: read, names, nFeaturesIn } = additiveTrees('shapValues', model);
  const rows = read(X);
  const base = constant.slice();
  const values = Array.from(constant, () => new DenseMatrix(rows.rows, nFeaturesIn));
  for (const { tree, scale, output } of terms) {
    const mean = meanOf(tree);
    const k = tree.outputs;
    for (let c = 0; c < k; c++) base[output + c] += scale * mean[c];
    const explainer = new TreeShap(tree, treeDepth(tree));
    const own = new Float64Array(nFeaturesIn * k);
    for (let i = 0; i < rows.rows; i++) {
      own.fill(0);
      explainer.addTo(own, rows.row(i), scale);
      for (let c = 0; c < k; c++) for (let j = 0; j < nFeaturesIn; j++) values[output + c].data[i * nFeaturesIn + j] += own[j * k + c];
    }
  }
  return { names, outputs, unit, base, values, rows };
}
