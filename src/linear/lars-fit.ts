import { RandomState } from '../core/random-state.ts';
import { flag, number, optional, seed, type Rules } from '../core/rules.ts';
import { centre, interceptOf, type Centred } from '../matrix/centre.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { columnCovariances } from './column-covariances.ts';
import { meanOne } from './elastic-net-fit.ts';
import { followLars, type LarsPath, type LarsPathOptions } from './lars-path.ts';
import type { LinearFitted } from './linear-regressor.ts';

/** Options that Lars and LassoLars share. */
export interface LarsOptions {
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** Whether to keep the whole path in fitted.coefPath. Default true. */
  fitPath?: boolean;
  /** Upper bound of noise drawn evenly from [0, jitter) and added to y, against ties between columns. Default null: none. */
  jitter?: number | null;
  /** Seed of the noise; null is seed 0. Default null. */
  randomState?: number | null;
}

export const larsRules: Rules<LarsOptions> = {
  fitIntercept: flag(true),
  fitPath: flag(true),
  jitter: optional(number(1, { min: 0 })),
  randomState: seed(),
};

export interface LarsFitted extends LinearFitted {
  /** The penalty at each node of the path, descending: the largest |covariance| of a column with what is left of y. */
  alphas: Float64Array;
  /** Columns in use at the end, in the order in which they came. */
  active: Int32Array;
  /** Columns × nodes, the last of which are `coef`; null without fitPath. */
  coefPath: DenseMatrix | null;
  /** Steps made. */
  iterations: number;
}

/** The path of a problem with weights of mean 1, and the problem. */
export function pathOf(owner: string, X: Matrix, y: Float64Array, weights: Float64Array | undefined, fitIntercept: boolean, options: Readonly<Required<LarsPathOptions>>): { problem: Centred; path: LarsPath } {
  const problem = centre(X, y, fitIntercept, meanOne(weights));
  return { problem, path: followLars(owner, columnCovariances(problem), options) };
}

/** The model at the end of the path. */
export function fitLars(owner: string, X: Matrix, y: Float64Array, weights: Float64Array | undefined, given: Readonly<Required<LarsOptions>>, options: Readonly<Required<LarsPathOptions>>): LarsFitted {
  const { fitIntercept, fitPath, jitter, randomState } = given;
  const random = jitter === null ? undefined : new RandomState(randomState);
  const target = random ? y.map((value) => value + (jitter as number) * random.randomSample()) : y;
  const { problem, path } = pathOf(owner, X, target, weights, fitIntercept, options);
  const { coefs, alphas, active, iterations } = path;
  const coef = coefs.col(coefs.cols - 1);
  return { coef, intercept: interceptOf(problem, coef), alphas, active, coefPath: fitPath ? coefs : null, iterations };
}
