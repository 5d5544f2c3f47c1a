import { Classifier, type ClassesSeen, type Target } from '../base/classifier.ts';
import { classWeightRule, weightRows, type ClassWeight } from '../core/class-weight.ts';
import { OptionError } from '../core/errors.ts';
import { choice, custom, type Rule, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { eachLeaf } from './each-leaf.ts';
import { forestColumns } from './forest-columns.ts';
import { forestImportances } from './forest-importances.ts';
import { memoryOfProcess } from './forest-memory.ts';
import { forestRules, rowsDrawn, treeSeeds, type ForestOptions } from './forest-options.ts';
import { growForest } from './forest-threads.ts';
import { forestValues } from './forest-values.ts';
import { keptTrees, warmNotes } from './kept-trees.ts';
import { outOfBag } from './out-of-bag.ts';
import type { TreeNodes } from './tree-nodes.ts';

export interface ForestClassifierOptions extends ForestOptions {
  /** What splits lower: 'gini' (1 − Σ share²), or 'entropy', also called 'logLoss' (−Σ share log₂ share). Default 'gini'. */
  criterion?: 'gini' | 'entropy' | 'logLoss';
  /**
   * Weights of classes: see ClassWeight, or 'balancedSubsample' for 'balanced' anew among the rows that each tree draws.
   * Default null: all 1.
   */
  classWeight?: ClassWeight | 'balancedSubsample' | null;
}

/** What a forest of classifying trees has learned. */
export interface ForestClassifierFitted {
  trees: readonly TreeNodes[];
  /** The mean of the trees' importances, summing to 1. */
  featureImportances: Float64Array;
  /** With `oobScore`: the share of rows that the trees which have not drawn them classify rightly, else null. */
  oobScore: number | null;
  /** With `oobScore`: rows × classes, the mean probabilities from those trees; zeros where every tree has drawn the row. */
  oobDecisionFunction: DenseMatrix | null;
  /** What to know of the fit, in sentences. */
  notes: string[];
}

function forestClassWeightRule(): Rule<ClassWeight | 'balancedSubsample' | null> {
  const rule = classWeightRule();
  const accepts = (v: unknown): boolean => v === 'balancedSubsample' || rule.accepts(v);
  return custom<ClassWeight | 'balancedSubsample' | null>(null, `'balancedSubsample', ${rule.expected}`, accepts, rule.counterexample);
}

export const forestClassifierRules = (bootstrap: boolean): Rules<ForestClassifierOptions> => ({
  criterion: choice('gini', ['gini', 'entropy', 'logLoss']),
  ...forestRules('sqrt', bootstrap),
  classWeight: forestClassWeightRule(),
});

/** A forest of classifying trees; RandomForestClassifier and ExtraTreesClassifier say how each tree splits. */
export abstract class ForestClassifier extends Classifier<ForestClassifierOptions, ForestClassifierFitted> {
  /** Whether thresholds are the best, or drawn at random. */
  protected abstract readonly splitter: 'best' | 'random';

  protected override get minClasses(): number {
    return 1;
  }

  protected override matrixOf(X: MatrixLike, minRows = 1): Matrix {
    return asMatrix(this.owner, X, { allowNaN: true, minRows });
  }

  protected async learn(X: Matrix, { codes, classes, sampleWeight }: Target): Promise<ForestClassifierFitted> {
    const { owner, options } = this;
    const balancesDraws = options.classWeight === 'balancedSubsample' && options.bootstrap;
    const classWeight = options.classWeight === 'balancedSubsample' ? (balancesDraws ? null : 'balanced') : options.classWeight;
    const weights = weightRows(owner, classWeight, classes, codes, sampleWeight);
    const draws = rowsDrawn(owner, options, X.rows, weights);
    const before = this.isFitted ? this.fitted : undefined;
    const kept = keptTrees(owner, options, X.cols, before);
    if (kept.length > 0 && before!.classes.join() !== classes.join()) {
      throw new OptionError(`${owner}: a warm start needs the classes of the fit before (${before!.classes.join(', ')}), got ${classes.join(', ')}. Fit a clone instead.`);
    }
    const seeds = treeSeeds(options.randomState, options.nEstimators);
    const target = { codes, classes: classes.length };
    const columns = forestColumns(owner, X, options);
    const growth = { criterion: options.criterion, splitter: this.splitter };
    const plan = { owner, columns, target, weights, draws, balancesDraws, seeds, growth, options, memory: memoryOfProcess() };
    const trees = await growForest(plan, kept);
    const fitted = { trees, featureImportances: forestImportances(trees, X.cols), oobScore: null, oobDecisionFunction: null, notes: warmNotes(owner, kept.length, options.nEstimators) };
    if (!options.oobScore) return fitted;
    const { values, withoutScore } = outOfBag(plan, trees, X);
    let right = 0;
    for (let i = 0; i < X.rows; i++) if (argmax(values.row(i)) === codes[i]) right++;
    return { ...fitted, oobScore: right / X.rows, oobDecisionFunction: values, notes: [...fitted.notes, ...outOfBagNotes(owner, withoutScore)] };
  }

  protected probabilities(X: Matrix, { trees }: ForestClassifierFitted & ClassesSeen): DenseMatrix {
    return forestValues(trees, X);
  }

  /** Rows × trees: the number of the leaf that each row ends in. */
  async apply(X: MatrixLike): Promise<DenseMatrix> {
    return forestLeaves(this.fitted.trees, this.checkSeen(X));
  }
}

/** Rows × trees: the number of each row's leaf. */
export function forestLeaves(trees: readonly TreeNodes[], X: Matrix): DenseMatrix {
  const leaves = new DenseMatrix(X.rows, trees.length);
  eachLeaf(trees, X, (t, from, ended) => ended.forEach((leaf, i) => (leaves.data[(from + i) * trees.length + t] = leaf)));
  return leaves;
}

export function outOfBagNotes(owner: string, withoutScore: number): string[] {
  if (withoutScore === 0) return [];
  return [`${owner}: every tree has drawn ${withoutScore} of the rows, which have no out-of-bag prediction. Use more trees.`];
}

function argmax(row: Float64Array): number {
  let best = 0;
  for (let k = 1; k < row.length; k++) if (row[k] > row[best]) best = k;
  return best;
}
