import type { Target } from '../base/label-classifier.ts';
import { classWeightRule, classWeights, type ClassWeight } from '../core/class-weight.ts';
import { positive, type Rules } from '../core/rules.ts';
import { KernelClassifier, kernelClassifierRules, type Bounds, type KernelClassifierOptions } from './kernel-classifier.ts';

export type { SVCFitted } from './kernel-classifier.ts';

export interface SVCOptions extends KernelClassifierOptions {
  /** Cost of a row within the margin, in (0, ∞): larger fits closer. Default 1. */
  C?: number;
  /** Weight of each class, multiplied into the upper bounds; 'balanced' is n / (k · count). Default null: all 1. */
  classWeight?: ClassWeight | null;
}

/**
 * Support vector classification with a kernel K and a soft margin. Per pair of classes (y = +1 and −1), the dual
 *
 *     min over 0 ≤ αᵢ ≤ Cᵢ, Σyᵢαᵢ = 0 of ½·Σᵢⱼ αᵢαⱼyᵢyⱼK(xᵢ, xⱼ) − Σαᵢ
 *
 * gives the decision value Σ yᵢαᵢK(xᵢ, x) + b; Cᵢ is C times the row's weight and its class's. Rows with αᵢ > 0
 * are the support vectors. Three classes or more are decided by the votes of all pairs.
 *
 * X: samples × features, dense or CSR (columns want similar scales). y: two classes or more. Time grows at least
 * with the square of the number of rows: beyond some ten thousand, use LinearSVC.
 *
 * The solver takes libsvm's steps, so that a model stopped at `tol` is scikit-learn's. Kernel values are kept in
 * single precision, as libsvm keeps them: beyond 1e-6 or so, `tol` brings nothing.
 *
 * With `probability`, Platt's sigmoids are fitted on inner folds; scikit-learn deprecates this from 1.9 on, since
 * the probabilities can disagree with `predict`, and so do we: better calibrate the decision values.
 *
 * @throws OptionError for breakTies with 'ovo'; ShapeError, DataError for a precomputed kernel that is not square
 * or sparse, and for a class whose rows all weigh 0.
 *
 * Counterpart: scikit-learn's SVC. `support` counts rows of X even where rows of weight 0 were left out; randomState
 * null is seed 0; no kernels of one's own other than precomputed.
 * Source: Cortes and Vapnik, "Support-vector networks", Machine Learning 20, 1995; Chang and Lin, "LIBSVM: a library
 * for support vector machines", 2011.
 *
 * @example
 * const model = await new SVC({ C: 10, gamma: 0.1 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class SVC extends KernelClassifier<SVCOptions> {
  static override readonly rules: Rules<SVCOptions> = { C: positive(1), ...kernelClassifierRules, classWeight: classWeightRule() };

  protected bounds({ classes, codes, sampleWeight }: Target): Bounds {
    const { C, classWeight } = this.options;
    const weights = classWeights(this.owner, classWeight, classes, codes);
    return { costOf: (i) => C * weights[codes[i]] * (sampleWeight ? sampleWeight[i] : 1) };
  }
}
