import { LabelClassifier, type ClassesSeen, type Target } from '../base/label-classifier.ts';
import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import type { Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { askTfjs, tfjsRules, trainTfjs, type TfjsFitted, type TfjsOptions } from './tfjs-model.ts';

export type TfjsClassifierOptions = TfjsOptions;

/**
 * A LayersModel of TensorFlow.js as a classifier: softmax over the classes, trained on cross-entropy in batches of rows, which
 * a sparse X is made dense by. Saved with a pipeline as its layers (JSON) and weights.
 *
 * `fitted`: classes, topology, weights, losses. On one backend the same seed gives the same weights, unless `build` makes
 * layers with seeds of their own. Rows cannot be weighted.
 *
 * @throws RefitError when neither tfjs-node nor tfjs is installed; DataError when the loss is not finite
 *
 * @example
 * new TfjsClassifier({ layers: [{ type: 'dense', units: 32, activation: 'relu' }, { type: 'dropout', rate: 0.2 }], epochs: 30 });
 */
export class TfjsClassifier extends LabelClassifier<TfjsClassifierOptions, TfjsFitted> {
  static override readonly rules: Rules<TfjsClassifierOptions> = tfjsRules;

  protected learn(X: Matrix, { classes, codes, sampleWeight }: Target): Promise<TfjsFitted> {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must not be given, this stage takes none.`);
    const targets = new DenseMatrix(X.rows, classes.length);
    for (let i = 0; i < X.rows; i++) targets.data[i * classes.length + codes[i]] = 1;
    return trainTfjs(this.owner, this.options, { outputs: classes.length, activation: 'softmax', loss: 'categoricalCrossentropy' }, X, targets);
  }

  /** rows × classes, in the order of `fitted.classes`; each row is divided by its sum, which single precision leaves near 1. */
  async predictProba(X: MatrixLike): Promise<DenseMatrix> {
    const fitted: TfjsFitted & ClassesSeen = this.fitted;
    const proba = await askTfjs(this.owner, this.options, fitted, this.checkSeen(X));
    for (let i = 0; i < proba.rows; i++) {
      const row = proba.row(i);
      const sum = row.reduce((a, b) => a + b, 0);
      for (let k = 0; k < row.length; k++) row[k] /= sum;
    }
    return proba;
  }

  async predict(X: MatrixLike): Promise<Label[]> {
    return this.labelsOf(await this.predictProba(X));
  }
}
