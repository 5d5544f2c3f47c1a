import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show } from '../core/show.ts';
import { blockReader } from '../boosting/block-reader.ts';
import { treeAt, treeCount } from '../boosting/boosted-trees.ts';
import { readFeatures } from '../boosting/features.ts';
import { GradientBoostingClassifier } from '../boosting/gradient-boosting-classifier.ts';
import { GradientBoostingRegressor } from '../boosting/gradient-boosting-regressor.ts';
import { HistGradientBoostingClassifier } from '../boosting/hist-gradient-boosting-classifier.ts';
import { HistGradientBoostingRegressor } from '../boosting/hist-gradient-boosting-regressor.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix } from '../matrix/matrix.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';

/** A model whose predictions are a constant and a sum over trees. */
export interface AdditiveTrees {
  /** What is predicted beside the trees, one number per output. */
  constant: Float64Array;
  /** The trees, what their values are multiplied by, and the output they begin at. */
  terms: readonly { tree: TreeNodes; scale: number; output: number }[];
  /** Classes the outputs stand for; null where there is one output. */
  outputs: readonly Label[] | null;
  /** What the outputs measure, in a few words. */
  unit: string;
  /** Rows as the trees compare them. */
  rows: (X: any) => DenseMatrix;
  /** Names of the columns. */
  names: readonly string[];
  nFeaturesIn: number;
}

/** A tree, a forest or a boosted model, fitted, as a sum over trees. @throws DataError for any other model */
export function additiveTrees(owner: string, model: object): AdditiveTrees {
  if (model instanceof HistGradientBoostingClassifier || model instanceof HistGradientBoostingRegressor) return boosted(owner, model);
  if (model instanceof GradientBoostingClassifier || model instanceof GradientBoostingRegressor) return staged(owner, model);
  const { fitted } = model as { fitted?: { tree?: TreeNodes; trees?: readonly TreeNodes[]; classes?: readonly Label[]; nFeaturesIn: number } };
  const trees = fitted?.tree ? [fitted.tree] : fitted?.trees;
  if (fitted === undefined || !Array.isArray(trees) || trees[0]?.weightedSamples === undefined) {
    throw new DataError(`${owner}: model must be a tree, a forest or a boosted model, fitted, got ${show(model)}.`);
  }
  const classes = fitted.classes ?? null;
  return {
    constant: new Float64Array(classes?.length ?? 1),
    terms: trees.map((tree) => ({ tree, scale: 1 / trees.length, output: 0 })),
    outputs: classes,
    unit: classes ? 'probability' : 'prediction',
    ...singles(owner, fitted.nFeaturesIn),
  };
}

/** Rows of numbers, which whole trees compare in single precision. */
function singles(owner: string, nFeaturesIn: number): Pick<AdditiveTrees, 'rows' | 'names' | 'nFeaturesIn'> {
  return {
    rows: (X) => {
      const dense = asMatrix(owner, X, { allowNaN: true, minRows: 0 }).toDense();
      return new DenseMatrix(dense.rows, dense.cols, dense.data.map(Math.fround));
    },
    names: Array.from({ length: nFeaturesIn }, (_, j) => `x${j}`),
    nFeaturesIn,
  };
}

function staged(owner: string, model: GradientBoostingClassifier | GradientBoostingRegressor): AdditiveTrees {
  const { trees, nTreesPerIteration: outputs, baseline, nFeaturesIn } = model.fitted;
  if (baseline === null) throw new DataError(`${owner}: model must begin with a constant, not with the model of its option init, whose predictions are no sum over trees. Fit it with init: null.`);
  const classes = model instanceof GradientBoostingClassifier ? model.fitted.classes : null;
  const scale = model.options.learningRate;
  const logOdds = model.options.loss === 'exponential' ? 'half the log odds' : 'log odds';
  return {
    constant: baseline,
    terms: trees.map((tree, t) => ({ tree, scale, output: t % outputs })),
    outputs: outputs > 1 ? classes : null,
    unit: classes === null ? 'prediction' : outputs === 1 ? `${logOdds} of ${String(classes[1])}` : 'raw prediction',
    ...singles(owner, nFeaturesIn),
  };
}

function boosted(owner: string, model: HistGradientBoostingClassifier | HistGradientBoostingRegressor): AdditiveTrees {
  const { trees, baseline, categories, nFeaturesIn, featureNamesIn, nTreesPerIteration } = model.fitted;
  const classes = model instanceof HistGradientBoostingClassifier ? model.fitted.classes : null;
  const isLog = model instanceof HistGradientBoostingRegressor && ['poisson', 'gamma'].includes(model.options.loss);
  return {
    constant: baseline,
    terms: Array.from({ length: treeCount(trees) }, (_, t) => ({ tree: treeAt(trees, t), scale: 1, output: t % nTreesPerIteration })),
    outputs: nTreesPerIteration > 1 ? classes : null,
    unit: classes === null ? (isLog ? 'log of the prediction' : 'prediction') : nTreesPerIteration === 1 ? `log odds of ${String(classes[1])}` : 'raw prediction',
    rows: (X) => {
      const features = readFeatures(owner, X, { seen: { nFeaturesIn, featureNamesIn }, minRows: 0 });
      const rows = new DenseMatrix(features.rows, nFeaturesIn);
      blockReader(owner, features, categories.map((own, column) => ({ column, categories: own })))(null, 0, features.rows, rows.data);
      return rows;
    },
    names: featureNamesIn ?? Array.from({ length: nFeaturesIn }, (_, j) => `x${j}`),
    nFeaturesIn,
  };
}
