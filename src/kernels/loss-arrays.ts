/** What a loss compares scores with. */
export interface LossTarget {
  /** One target per row: the probability of the second class (0 or 1), or with more classes the class's number. */
  readonly y: Float64Array;
  /** One weight per row; left out, every row weighs 1. */
  readonly weights?: Float64Array;
  /** The derivatives are divided by it: the sum of the weights, for a mean. */
  readonly divisor: number;
}

/** What a loss writes; all of it is overwritten. For k outputs, k = 1 with two classes. */
export interface LossGradient {
  /** Weight times loss, one per row, not divided. */
  readonly losses: Float64Array;
  /** rows × k: weight times the derivative of the loss by the score, divided. */
  readonly pointwise: Float64Array;
  /** cols × k: Xᵀ·pointwise, the derivative by the coefficients. */
  readonly gradient: Float64Array;
}
