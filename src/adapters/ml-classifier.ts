import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import type { Rules } from '../core/rules.ts';
import { LabelClassifier, type ClassesSeen, type Target } from '../base/label-classifier.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { askMl, mlRules, trainMl, type MlOptions } from './ml-model.ts';

export type MlClassifierOptions = MlOptions;

export interface MlClassifierFitted {
  /** The trained model, as its own toJSON writes it. */
  model: string;
}

/**
 * A classifier of ml.js as the last stage of a pipeline. Labels of any kind go in and come out; the model itself meets
 * the numbers 0, 1, …, in the order of `fitted.classes`. X: dense or sparse; it is made dense, since ml.js knows no other.
 *
 * The packages differ from scikit-learn's models of the same name: ml-logistic-regression has no intercept, no penalty and a
 * fixed number of steps of the summed gradient; ml-random-forest draws columns once per tree. They give no probabilities
 * here. Rows cannot be weighted.
 *
 * @throws RefitError when the package is not installed, or could not be trained; DataError for row weights
 *
 * @example
 * new Pipeline([['scale', new StandardScaler()], ['classify', new MlClassifier({ package: 'ml-knn', modelOptions: { k: 5 } })]]);
 */
export class MlClassifier extends LabelClassifier<MlClassifierOptions, MlClassifierFitted> {
  static override readonly rules: Rules<MlClassifierOptions> = mlRules;

  protected async learn(X: Matrix, { codes, sampleWeight }: Target): Promise<MlClassifierFitted> {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must not be given, models of ml.js take none.`);
    return { model: await trainMl(this.owner, 'classifier', this.options, X, Array.from(codes)) };
  }

  async predict(X: MatrixLike): Promise<Label[]> {
    const { model, classes }: MlClassifierFitted & ClassesSeen = this.fitted;
    const codes = await askMl(this.owner, 'classifier', this.options, model, this.checkSeen(X));
    return codes.map((code) => classes[code]);
  }
}
