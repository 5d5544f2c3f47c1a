import { Classifier, type ClassesSeen, type Target } from '../base/classifier.ts';
import { classWeightRule, timesWeights, weightRows, type ClassWeight } from '../core/class-weight.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { Labels } from '../core/labels.ts';
import { choice, type Rules } from '../core/rules.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { decisionPathOf } from './decision-path-of.ts';
import { growSingleTree } from './grow-single-tree.ts';
import { leafCount } from './leaf-count.ts';
import { leavesOf } from './leaves-of.ts';
import { pruningPath, type PruningPath } from './prune-tree.ts';
import { treeDepth } from './tree-depth.ts';
import { treeImportances } from './tree-importances.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { growthRules, type GrowthOptions } from './tree-options.ts';

export interface DecisionTreeClassifierOptions extends GrowthOptions {
  /** What splits lower: 'gini' (1 − Σ share²), or 'entropy', also called 'logLoss' (−Σ share log₂ share). Default 'gini'. */
  criterion?: 'gini' | 'entropy' | 'logLoss';
  /** Each feature's best threshold, or one drawn at random. Default 'best'. */
  splitter?: 'best' | 'random';
  /** Weights of classes; see ClassWeight. Default null: all 1. */
  classWeight?: ClassWeight | null;
}

/** What a single tree has learned. */
export interface FittedTree {
  tree: TreeNodes;
  /** How much each feature's splits lower the impurity, summing to 1. */
  featureImportances: Float64Array;
  /** Number of splits on the longest way down, and of leaves. */
  depth: number;
  leaves: number;
}

/**
 * A decision tree for classes: splits rows by x[feature] ≤ threshold, each time where the children are purest, until
 * leaves are pure or a limit is met; a leaf's shares of classes are its probabilities.
 *
 * X: rows × features, dense or CSR, rounded to single precision; NaN is a missing value, sent to the side where it
 * serves better. y: one label per row. Of equally good splits the first tried wins; the order comes from `randomState`.
 * `fitted.tree` holds the nodes (see TreeNodes), its values the shares of classes.
 *
 * Counterpart: scikit-learn's DecisionTreeClassifier, node for node, for one output; it does not take NaN in sparse X.
 * Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees", 1984.
 *
 * @example
 * const model = await new DecisionTreeClassifier({ maxDepth: 3 }).fit(X, y);
 * console.log(exportText(model));
 */
export class DecisionTreeClassifier extends Classifier<DecisionTreeClassifierOptions, FittedTree> {
  static override readonly rules: Rules<DecisionTreeClassifierOptions> = {
    criterion: choice('gini', ['gini', 'entropy', 'logLoss']),
    splitter: choice('best', ['best', 'random']),
    ...growthRules(null),
    classWeight: classWeightRule(),
  };

  protected override get minClasses(): number {
    return 1;
  }

  protected override matrixOf(X: MatrixLike, minRows = 1): Matrix {
    return asMatrix(this.owner, X, { allowNaN: true, minRows });
  }

  protected learn(X: Matrix, { codes, classes, sampleWeight }: Target): FittedTree {
    // As in scikit-learn's trees, 'balanced' counts rows and not their weights.
    const weights = timesWeights(sampleWeight, weightRows(this.owner, this.options.classWeight, classes, codes));
    const tree = growSingleTree(this.owner, X, { codes, classes: classes.length }, weights, this.options);
    return { tree, featureImportances: treeImportances(tree, X.cols), depth: treeDepth(tree), leaves: leafCount(tree) };
  }

  protected probabilities(X: Matrix, { tree, classes }: FittedTree & ClassesSeen): DenseMatrix {
    const shares = new DenseMatrix(X.rows, classes.length);
    leavesOf(tree, X).forEach((leaf, i) => shares.data.set(tree.value.subarray(leaf * tree.outputs, (leaf + 1) * tree.outputs), i * tree.outputs));
    return shares;
  }

  /** The number of the leaf that each row ends in. */
  async apply(X: MatrixLike): Promise<Int32Array> {
    return leavesOf(this.fitted.tree, this.checkSeen(X));
  }

  /** Rows × nodes, 1 where a row passes through a node. */
  async decisionPath(X: MatrixLike): Promise<CsrMatrix> {
    return decisionPathOf(this.fitted.tree, this.checkSeen(X));
  }

  /** The values of `ccpAlpha` at which a tree grown on X and y loses branches, and the impurity that is left. */
  async costComplexityPruningPath(X: MatrixLike, y: Labels, options: FitOptions = {}): Promise<PruningPath> {
    const whole = await this.with({ ccpAlpha: 0 }).fit(X, y, options);
    return pruningPath(whole.fitted.tree);
  }
}
