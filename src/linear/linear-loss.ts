import type { Arena } from '../kernels/arena.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Objective } from './lbfgs.ts';

/** What the losses of a linear model share. */
export interface LinearLossOptions {
  /** Whether there is an unpenalised constant per output. */
  fitIntercept: boolean;
  /** Factor of ½‖w‖². */
  l2: number;
  /** One weight per row; every row 1 when left out. */
  sampleWeight?: Float64Array;
  /** Where X and all buffers are copied to, so that the kernels run on them; the loss is good as long as it. */
  arena: Arena;
}

/**
 * The mean loss of a linear model over the rows of X, plus ½·l2·‖w‖². Buffers are made once, with the
 * loss, and written by each evaluation.
 *
 * Coefficients are laid out feature by feature, the outputs of one feature side by side: feature j of
 * output k is at j·outputs + k, and the intercepts follow the last feature.
 */
export interface LinearLoss extends Objective {
  readonly X: Matrix;
  /** Scores per row: 1 for two classes, else one per class. */
  readonly outputs: number;
  readonly fitIntercept: boolean;
  readonly l2: number;
  /** One per row; undefined when every row weighs 1. */
  readonly weights: Float64Array | undefined;
  /** Sum of the weights. */
  readonly totalWeight: number;
  /** rows × outputs, derivative of the mean loss by each score as of the last evaluation. */
  readonly residuals: Float64Array;
  /** rows × outputs, x·w + b. */
  scoresAt(coefficients: Float64Array, scores: Float64Array): void;
  /** The mean loss, without penalty, of scores worked out elsewhere; writes `residuals`. */
  evaluateScores(scores: Float64Array): number;
  /**
   * rows × outputs, the probability p of each output: the second derivative of a row's loss by its
   * scores is diag(p) − p·pᵀ.
   */
  probabilities(scores: Float64Array, out: Float64Array): void;
}
