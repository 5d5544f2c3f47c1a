import { Regressor } from '../base/regressor.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { timesVector } from '../matrix/products.ts';

/** What every linear regressor has learned: ŷ = x·coef + intercept. */
export interface LinearFitted {
  /** One per column of X, in units of y per unit of the column. */
  coef: Float64Array;
  /** In the unit of y; 0 without fitIntercept. */
  intercept: number;
}

/** A regressor whose predictions are X·coef + intercept: a subclass is `learn`. */
export abstract class LinearRegressor<Options extends object, Learned extends LinearFitted> extends Regressor<Options, Learned> {
  protected values(X: Matrix, { coef, intercept }: LinearFitted): Float64Array {
    return timesVector(X, coef, intercept, new Float64Array(X.rows));
  }
}
