import { classWeightRule, type ClassWeight } from '../core/class-weight.ts';
import { choice, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { MatrixLike } from '../matrix/matrix.ts';
import { SgdClassification, type SgdClassificationSettings } from './sgd-classification.ts';
import type { SgdClassificationLoss } from './sgd-loss.ts';
import { sgdRules, type SgdOptions } from './sgd-options.ts';
import { sigmoid } from './sigmoid.ts';

export interface SGDClassifierOptions extends SgdOptions {
  /**
   * What is minimised: 'hinge' is a linear support vector machine, 'logLoss' logistic regression, 'modifiedHuber' smooth and
   * robust; 'squaredHinge', 'perceptron', or a regressor's loss of −1 and 1. Default 'hinge'.
   */
  loss?: SgdClassificationLoss;
  /** Weight of each class; 'balanced' is n / (k · count). Default null: all 1. */
  classWeight?: ClassWeight | null;
}

const LOSSES: readonly SgdClassificationLoss[] = [
  'hinge',
  'logLoss',
  'modifiedHuber',
  'squaredHinge',
  'perceptron',
  'squaredError',
  'huber',
  'epsilonInsensitive',
  'squaredEpsilonInsensitive',
];

/**
 * A linear classifier by stochastic gradient descent, one row after the other: for data that do not fit in memory
 * (`partialFit`), or where a rough answer soon is worth more than an exact one. Scale the columns first.
 *
 * Minimises mean loss + alpha·((1 − l1Ratio)·½‖w‖² + l1Ratio·‖w‖₁); more than two classes are each held against the
 * rest. X: samples × features, dense or sparse. y: one label per row. `predictProba` exists for 'logLoss' and
 * 'modifiedHuber' only. `partialFit(X, y, { classes })` makes one pass over further rows; the first call must be told
 * all classes. Not converging is recorded, never thrown.
 *
 * @throws OptionError for learningRate 'optimal' without a penalty; DataError for fewer than two classes, or when numbers
 * overflow
 * Counterpart: scikit-learn's SGDClassifier: the same steps in the same order for the same seed. Without
 * `early_stopping` (keep rows apart and use partialFit) and the passive-aggressive rates. After a second partialFit its
 * averaged intercepts go astray, and with them the steps; ours are the averages.
 * Source: Bottou, "Large-scale machine learning with stochastic gradient descent", COMPSTAT 2010; Zadrozny and Elkan, KDD
 * 2002, for probabilities.
 *
 * @example
 * const model = await new SGDClassifier({ loss: 'logLoss', randomState: 43 }).fit(X, y);
 */
export class SGDClassifier extends SgdClassification<SGDClassifierOptions> {
  static override readonly rules: Rules<SGDClassifierOptions> = {
    loss: choice<SgdClassificationLoss>('hinge', LOSSES),
    ...sgdRules('optimal', 0.5),
    classWeight: classWeightRule(),
  };

  /** rows × classes, in the order of `fitted.classes`. Undefined unless the loss is 'logLoss' or 'modifiedHuber'. */
  get predictProba(): ((X: MatrixLike) => Promise<DenseMatrix>) | undefined {
    const { loss } = this.options;
    if (loss !== 'logLoss' && loss !== 'modifiedHuber') return undefined;
    const share = loss === 'logLoss' ? sigmoid : (score: number): number => (Math.max(-1, Math.min(1, score)) + 1) / 2;
    return async (X) => probabilities(this.scores(X), share);
  }

  protected get settings(): SgdClassificationSettings {
    return this.options;
  }
}

/** One share per class, each by itself, made to sum to 1; where all are 0, all are equal. */
function probabilities(scores: DenseMatrix, share: (score: number) => number): DenseMatrix {
  const { rows, cols } = scores;
  if (cols === 1) return DenseMatrix.from(Array.from(scores.data, (score) => [1 - share(score), share(score)]));
  const result = new DenseMatrix(rows, cols, scores.data.map(share));
  for (let i = 0; i < rows; i++) {
    const row = result.row(i);
    const sum = row.reduce((total, value) => total + value, 0);
    for (let k = 0; k < cols; k++) row[k] = sum === 0 ? 1 / cols : row[k] / sum;
  }
  return result;
}
