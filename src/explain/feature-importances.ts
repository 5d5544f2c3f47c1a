import { additiveTrees } from './additive-trees.ts';

/** Importances by column, with the columns' names. */
export interface FeatureImportances {
  names: readonly string[];
  /** Summing to 1, unless no tree splits. */
  importances: Float64Array;
}

/**
 * How much a tree's, a forest's or a boosted model's columns were used.
 *
 * 'gain': by how much their splits lower the impurity (trees, forests) or the loss (boosting). 'split': how many splits
 * ask for them. Both are of the training rows: columns of many values look better than they are. permutationImportance
 * asks rows that the model has not seen, and takes any model.
 *
 * Counterpart: feature_importances_ of scikit-learn's trees and forests ('gain'); LightGBM's importance_type.
 *
 * @example
 * const { names, importances } = featureImportances(model, 'gain');
 */
export function featureImportances(model: object, kind: 'gain' | 'split' = 'gain'): FeatureImportances {
  const { terms, names, nFeaturesIn } = additiveTrees('featureImportances', model);
  const stored = (model as { fitted: { featureImportances?: Float64Array } }).fitted.featureImportances;
  if (kind === 'gain' && stored) return { names, importances: stored };
  const counts = new Float64Array(nFeaturesIn);
  for (const { tree } of terms) for (const feature of tree.feature) if (feature >= 0) counts[feature]++;
  const total = counts.reduce((a, b) => a + b, 0);
  return { names, importances: total > 0 ? counts.map((count) => count / total) : counts };
}
