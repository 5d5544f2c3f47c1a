import { Regressor } from '../base/regressor.ts';
import { DataError } from '../core/errors.ts';
import type { Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { askMl, mlRules, trainMl, type MlOptions } from './ml-model.ts';

export type MlRegressorOptions = MlOptions;

export interface MlRegressorFitted {
  /** The trained model, as its own toJSON writes it. */
  model: string;
}

/**
 * A regressor of ml.js as the last stage of a pipeline; see MlClassifier for what these models are and are not.
 * @throws RefitError when the package is not installed, or could not be trained; DataError for row weights
 *
 * @example
 * new MlRegressor({ package: 'ml-random-forest', modelOptions: { nEstimators: 20, seed: 1 } });
 */
export class MlRegressor extends Regressor<MlRegressorOptions, MlRegressorFitted> {
  static override readonly rules: Rules<MlRegressorOptions> = { ...mlRules, package: { ...mlRules.package, default: 'ml-random-forest' } };

  protected async learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): Promise<MlRegressorFitted> {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must not be given, models of ml.js take none.`);
    return { model: await trainMl(this.owner, 'regressor', this.options, X, Array.from(y)) };
  }

  protected async values(X: Matrix, { model }: MlRegressorFitted): Promise<Float64Array> {
    return Float64Array.from(await askMl(this.owner, 'regressor', this.options, model, X));
  }
}
