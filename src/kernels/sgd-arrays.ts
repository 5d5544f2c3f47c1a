import type { MatrixArrays } from './matrix-arrays.ts';

/** The loss of one row by its score p, and its derivative by p. */
export interface SgdLoss {
  /** Which of the compiled losses it is: its place in assembly/sgd-epoch.ts. */
  readonly code: number;
  /** Half width of what counts as no error, or where Huber's loss turns from square to line. */
  readonly epsilon: number;
  loss(y: number, p: number): number;
  slope(y: number, p: number): number;
}

/** What an epoch of stochastic gradient descent works on. */
export interface SgdArrays {
  X: MatrixArrays;
  /** One per row. */
  y: Float64Array;
  /** Weight of each row. */
  factors: Float64Array;
  loss: SgdLoss;
  /** The penalty is alpha·((1 − l1Ratio)·½‖w‖² + l1Ratio·‖w‖₁); null for none. */
  penalty: { alpha: number; l1Ratio: number; shrinks: boolean } | null;
  /** What the intercept is moved by, as a share of what a coefficient of a 1 would be; 0 for no intercept. */
  decay: number;
  /** The first step that counts in the average. */
  averageFrom: number;
  /** Rows in the order of visiting. */
  order: Int32Array;
  /** The learning rate of each step. */
  rates: Float64Array;
  /** Coefficients without their common factor, one per column; changed. */
  w: Float64Array;
  /** Their average is (average + a·w) / b; null without one. Changed. */
  average: Float64Array | null;
  /** What of the lasso's penalty each coefficient has paid; null without one. Changed. */
  paid: Float64Array | null;
  /** As SGD_STATE says; changed. */
  state: Float64Array;
}

/** What lies where in `state`. */
export const SGD_STATE = {
  intercept: 0,
  averageIntercept: 1,
  /** The common factor of the coefficients. */
  scale: 2,
  /** Of the entries that the last row touched, as scikit-learn's: they only serve its stopping rule. */
  squareNorm: 3,
  l1Norm: 4,
  a: 5,
  b: 6,
  /** What of the lasso's penalty is due in all. */
  owed: 7,
  /** Sum of losses and penalties of the epoch. */
  objective: 8,
  length: 9,
} as const;
