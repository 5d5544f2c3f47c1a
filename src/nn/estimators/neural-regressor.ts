import { choice, flag, type Rules } from '../../core/rules.ts';
import { Regressor } from '../../base/regressor.ts';
import type { Matrix } from '../../matrix/matrix.ts';
import { huber, l1, mse } from '../losses/regression-losses.ts';
import { askNet } from './ask-net.ts';
import { inputOfRows } from './input-of-rows.ts';
import { learnNet } from './learn-net.ts';
import type { NeuralFitted } from './neural-fitted.ts';
import { neuralRules, type NeuralOptions } from './neural-options.ts';

export interface NeuralRegressorOptions extends NeuralOptions {
  /** What training makes small: the mean square of the error, its size, or the square of small and the size of large errors. Default 'squaredError'. */
  loss?: 'squaredError' | 'absoluteError' | 'huber';
  /** Whether the net learns (y − mean) / standard deviation. Default true: a target of six digits would else blow it up. */
  standardizeTarget?: boolean;
}

export interface NeuralRegressorFitted extends NeuralFitted {
  /** What is added to the net's output, after `scale`; 0 where the target is not standardised. */
  mean: number;
  /** What the net's output is multiplied by; 1 where the target is not standardised. */
  scale: number;
}

const losses = { squaredError: mse, absoluteError: l1, huber };

/**
 * A net as a regressor: ŷ = mean + scale · net(x).
 *
 * X: samples × features, dense or CSR, which becomes dense by the batch. y: one finite number per row. The net must
 * return one number per row. Scale X first: StandardScaler.
 *
 * `fitted` holds `onnx` (the trained net; predictions come from it alone, so that a saved model needs no code), `mean`,
 * `scale`, `history` by epochs, whose losses are those of the standardised target, and `notes`.
 *
 * Errors: those of every regressor; OptionError for a module that is none; ShapeError for a net with another number of
 * outputs; DataError for a training that diverges, which says what to try.
 *
 * Counterpart: skorch's NeuralNetRegressor; with module null, scikit-learn's MLPRegressor(hidden_layer_sizes), whose
 * other options differ.
 *
 * @example
 * const model = await new NeuralRegressor({ hiddenLayerSizes: [64, 64], epochs: 50 }).fit(X, prices);
 */
export class NeuralRegressor extends Regressor<NeuralRegressorOptions, NeuralRegressorFitted> {
  /** A function that makes a net need not be known to predict; see docs/saving-models.md. */
  static readonly forTrainingOnly = ['module'];

  static override readonly rules: Rules<NeuralRegressorOptions> = {
    ...neuralRules,
    loss: choice('squaredError', ['squaredError', 'absoluteError', 'huber']),
    standardizeTarget: flag(true),
  };

  protected async learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): Promise<NeuralRegressorFitted> {
    const { loss, standardizeTarget } = this.options;
    const { mean, scale } = standardizeTarget ? spreadOf(y) : { mean: 0, scale: 1 };
    const target = Float32Array.from(y, (value) => (value - mean) / scale);
    return { ...(await learnNet(this.owner, this.options, { X, target, sampleWeight, loss: losses[loss](), nOutputs: 1 })), mean, scale };
  }

  protected async values(X: Matrix, fitted: NeuralRegressorFitted): Promise<Float64Array> {
    const said = await askNet(this.owner, fitted, X, inputOfRows(this.owner, this.options, X.cols), 1);
    return Float64Array.from(said, (value) => fitted.mean + fitted.scale * value);
  }
}

function spreadOf(y: Float64Array): { mean: number; scale: number } {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const deviation = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length);
  // A spread of rounding only is none.
  return { mean, scale: deviation > 1e-12 * Math.abs(mean) ? deviation : 1 };
}
