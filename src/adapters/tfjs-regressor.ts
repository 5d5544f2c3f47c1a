import { Regressor } from '../base/regressor.ts';
import { DataError } from '../core/errors.ts';
import type { Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { askTfjs, tfjsRules, trainTfjs, type TfjsFitted, type TfjsOptions } from './tfjs-model.ts';

export type TfjsRegressorOptions = TfjsOptions;

export interface TfjsRegressorFitted extends TfjsFitted {
  /** Mean and standard deviation of y: the net learns (y − mean) / scale. */
  mean: number;
  scale: number;
}

/**
 * A LayersModel of TensorFlow.js as a regressor: one linear output, trained on the squared error of y less its mean, over its
 * spread, so that a target of six digits does no harm. All else as TfjsClassifier.
 *
 * @throws RefitError when neither tfjs-node nor tfjs is installed; DataError when the loss is not finite
 *
 * @example
 * new TfjsRegressor({ layers: [{ type: 'dense', units: 64, activation: 'relu' }], learningRate: 0.01 });
 */
export class TfjsRegressor extends Regressor<TfjsRegressorOptions, TfjsRegressorFitted> {
  static override readonly rules: Rules<TfjsRegressorOptions> = tfjsRules;

  protected async learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): Promise<TfjsRegressorFitted> {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must not be given, this stage takes none.`);
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
    const scale = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length) || 1;
    const targets = new DenseMatrix(y.length, 1, y.map((value) => (value - mean) / scale));
    return { ...(await trainTfjs(this.owner, this.options, { outputs: 1, activation: 'linear', loss: 'meanSquaredError' }, X, targets)), mean, scale };
  }

  protected async values(X: Matrix, fitted: TfjsRegressorFitted): Promise<Float64Array> {
    const { data } = await askTfjs(this.owner, this.options, fitted, X);
    return data.map((value) => value * fitted.scale + fitted.mean);
  }
}
