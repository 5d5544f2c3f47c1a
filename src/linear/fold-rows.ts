import type { Fold } from '../core/folds.ts';
import { takeRows } from '../core/rows.ts';
import { centre, interceptOf, type Centred } from '../matrix/centre.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { timesVector } from '../matrix/products.ts';
import { meanOne } from './elastic-net-fit.ts';

/** The rows of a fold: a centred problem to learn from, and rows to be judged on. */
export interface FoldRows {
  problem: Centred;
  /** ŷ − y of the test rows. */
  errors(coef: Float64Array): Float64Array;
  /** Mean of their squares, by weight. */
  meanSquare(errors: Float64Array): number;
}

export function foldRows(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined, { train, test }: Fold, fitIntercept: boolean): FoldRows {
  const problem = centre(takeRows(X, train), takeRows(y, train), fitIntercept, meanOne(sampleWeight && takeRows(sampleWeight, train)));
  const [Xtest, ytest, weights] = [takeRows(X, test), takeRows(y, test), sampleWeight && takeRows(sampleWeight, test)];
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : test.length;
  return {
    problem,
    errors(coef) {
      const errors = timesVector(Xtest, coef, interceptOf(problem, coef), new Float64Array(test.length));
      for (let i = 0; i < errors.length; i++) errors[i] -= ytest[i];
      return errors;
    },
    meanSquare: (errors) => errors.reduce((sum, error, i) => sum + (weights ? weights[i] : 1) * error * error, 0) / total,
  };
}
