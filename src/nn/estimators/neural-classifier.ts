import { classWeightRule, weightRows, type ClassWeight } from '../../core/class-weight.ts';
import { number, type Rules } from '../../core/rules.ts';
import { Classifier, type ClassesSeen, type Target } from '../../base/classifier.ts';
import { DenseMatrix } from '../../matrix/dense-matrix.ts';
import type { Matrix } from '../../matrix/matrix.ts';
import { crossEntropy } from '../losses/cross-entropy.ts';
import { askNet } from './ask-net.ts';
import { inputOfRows } from './input-of-rows.ts';
import { learnNet } from './learn-net.ts';
import type { NeuralFitted } from './neural-fitted.ts';
import { neuralRules, type NeuralOptions } from './neural-options.ts';

export interface NeuralClassifierOptions extends NeuralOptions {
  /** What each class weighs. Default null: all 1. */
  classWeight?: ClassWeight | null;
  /** The share of a row's certainty that is spread evenly over all classes. Default 0. */
  labelSmoothing?: number;
}

/**
 * A net as a classifier: P(class k | x) = softmax(net(x))ₖ, trained to make the cross-entropy small.
 *
 * X: samples × features, dense or CSR, which becomes dense by the batch. y: one label per row, two classes or more.
 * The net must return one number per class and row, before any softmax. Scale X first: StandardScaler.
 *
 * `fitted` holds `classes`, `onnx` (the trained net; predictions come from it alone, so that a saved model needs no
 * code), `history` by epochs and `notes`.
 *
 * Errors: those of every classifier; OptionError for a module that is none; ShapeError for a net with another number of
 * outputs; DataError for a training that diverges, which says what to try.
 *
 * Counterpart: skorch's NeuralNetClassifier; with module null, scikit-learn's MLPClassifier(hidden_layer_sizes), whose
 * other options differ. Early stopping keeps the best weights, as scikit-learn's does, and watches the loss.
 *
 * @example
 * const model = new NeuralClassifier({ module: ({ nFeatures, nOutputs }) => new nn.Sequential(new nn.Linear(nFeatures, 64), new nn.ReLU(), new nn.Linear(64, nOutputs)) });
 * (await (await model.fit(X, y)).predictProba(X)).at(0, 1);
 */
export class NeuralClassifier extends Classifier<NeuralClassifierOptions, NeuralFitted> {
  /** A function that makes a net need not be known to predict; see docs/saving-models.md. */
  static readonly forTrainingOnly = ['module'];

  static override readonly rules: Rules<NeuralClassifierOptions> = {
    ...neuralRules,
    classWeight: classWeightRule(),
    labelSmoothing: number(0, { min: 0, max: 1 }),
  };

  protected async learn(X: Matrix, { classes, codes, sampleWeight }: Target): Promise<NeuralFitted> {
    const { classWeight, labelSmoothing } = this.options;
    return learnNet(this.owner, this.options, {
      X,
      target: codes,
      sampleWeight: weightRows(this.owner, classWeight, classes, codes, sampleWeight),
      loss: crossEntropy({ labelSmoothing }),
      nOutputs: classes.length,
    });
  }

  protected async probabilities(X: Matrix, fitted: NeuralFitted & ClassesSeen): Promise<DenseMatrix> {
    const { length } = fitted.classes;
    const scores = await askNet(this.owner, fitted, X, inputOfRows(this.owner, this.options, X.cols), length);
    const proba = new DenseMatrix(X.rows, length, Float64Array.from(scores));
    for (let i = 0; i < X.rows; i++) softmax(proba.row(i));
    return proba;
  }
}

/** In place, in doubles, so that rows sum to 1. */
function softmax(row: Float64Array): void {
  const top = row.reduce((most, value) => Math.max(most, value), -Infinity);
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += row[k] = Math.exp(row[k] - top);
  for (let k = 0; k < row.length; k++) row[k] /= sum;
}
