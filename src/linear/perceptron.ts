import { classWeightRule, type ClassWeight } from '../core/class-weight.ts';
import { choice, positive, type Rules } from '../core/rules.ts';
import { SGDClassifier } from './sgd-classifier.ts';
import { SgdClassification, type SgdClassificationSettings } from './sgd-classification.ts';
import { sgdRules, type SgdOptions } from './sgd-options.ts';

export interface PerceptronOptions extends Pick<SgdOptions, 'alpha' | 'l1Ratio' | 'fitIntercept' | 'maxIter' | 'tol' | 'shuffle' | 'randomState' | 'nIterNoChange' | 'warmStart'> {
  /** The penalty, or null for none. Default null. */
  penalty?: SgdOptions['penalty'];
  /** What a row that is misjudged moves the coefficients by, in units of the row. Default 1. */
  eta0?: number;
  /** Weight of each class; 'balanced' is n / (k · count). Default null: all 1. */
  classWeight?: ClassWeight | null;
}

const { alpha, l1Ratio, fitIntercept, maxIter, tol, shuffle, randomState, nIterNoChange, warmStart } = sgdRules('optimal', 0.5);

/**
 * The perceptron: rows are gone through one after the other, and each that is misjudged (y·(x·w + b) ≤ 0, with y −1 or 1)
 * moves the coefficients, w += eta0·y·x. Where a plane parts the classes, one is found; elsewhere it stops by `tol`.
 *
 * It is stochastic gradient descent on Σ max(0, −y·(x·w + b)) with steps of one size. X: samples × features, dense or
 * sparse. y: one label per row; more than two classes are each held against the rest. No probabilities; `partialFit` as
 * SGDClassifier's. Not converging is recorded, never thrown.
 *
 * @throws DataError for fewer than two classes
 * Counterpart: scikit-learn's Perceptron, the same steps for the same seed. Without `early_stopping`.
 * Source: Rosenblatt, "The perceptron", Psychological Review 65(6), 1958.
 *
 * @example
 * const model = await new Perceptron().fit(X, y);
 */
export class Perceptron extends SgdClassification<PerceptronOptions> {
  static override readonly rules: Rules<PerceptronOptions> = {
    penalty: choice<'l2' | 'l1' | 'elasticnet' | null>(null, ['l2', 'l1', 'elasticnet', null]),
    alpha,
    l1Ratio,
    fitIntercept,
    maxIter,
    tol,
    shuffle,
    eta0: positive(1),
    randomState,
    nIterNoChange,
    classWeight: classWeightRule(),
    warmStart,
  };

  protected get settings(): SgdClassificationSettings {
    return { ...new SGDClassifier().options, loss: 'perceptron', learningRate: 'constant', ...this.options };
  }
}
