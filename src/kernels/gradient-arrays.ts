/** Losses of one raw prediction a row; their places are what the kernels know them by. */
export const BOOSTING_LOSSES = ['logLoss', 'squaredError', 'absoluteError', 'quantile', 'huber', 'poisson', 'gamma'] as const;
export type BoostingLoss = (typeof BOOSTING_LOSSES)[number];

/** What a loss writes; all of it is overwritten. */
export interface GradientArrays {
  /** Gradient and hessian of each row in turn. */
  derivatives: Float32Array;
  /** The largest |gradient| and the largest hessian, for each class in turn. */
  largest: Float64Array;
}

/** Odds, and the factor that each row's are multiplied by. */
export interface Odds {
  /** e⁻ʳ of each row, r the raw prediction. Changed. */
  odds: Float64Array;
  /** Number of each row's leaf. */
  leaves: Uint16Array;
  /** One per leaf. */
  factors: Float64Array;
}

/** How derivatives become whole numbers whose sums fit 64 bits. */
export interface PackingScales {
  /** A power of two. */
  gradientScale: number;
  /** A power of two. */
  hessianScale: number;
  /** Each row adds 2^shift to the hessian, so that sums count their rows. */
  shift: number;
}

/** Rows whose losses are added up by themselves: so the sum of all does not hang on how many threads there are. */
export const ROWS_OF_SUM = 4096;

/** A loss of raw predictions. */
export interface ScoredLoss {
  /** 'softmax' is the log loss of more than two classes. */
  readonly kind: BoostingLoss | 'softmax';
  /** The quantile, or Huber's δ. */
  readonly parameter: number;
  /** Raw predictions of a row, */
  readonly outputs: number;
  /** and how far apart those of one output and of the next lie. */
  readonly height: number;
}
