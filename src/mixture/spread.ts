import type { RandomState } from '../core/random-state.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';

export type CovarianceType = 'full' | 'tied' | 'diag' | 'spherical';

/**
 * The covariances of k components, or what is made of them: 'full' k matrices, 'tied' one matrix for all, 'diag' k × columns,
 * 'spherical' k numbers.
 */
export type Covariances = readonly DenseMatrix[] | DenseMatrix | Float64Array;

/** Rows with how much of each belongs to each component, and what is known of the components. */
export interface SharedRows {
  X: DenseMatrix;
  /** rows × k, none negative. */
  shares: DenseMatrix;
  /** Sums of the shares' columns. */
  counts: Float64Array;
  /** k × columns. */
  means: DenseMatrix;
  /** Whether the shares of each row sum to 1: all of X is dealt out. */
  isWhole: boolean;
}

/** What one covariance type is: how covariances are estimated, inverted and used. `factors` W are roots of precisions, W·Wᵀ = Σ⁻¹. */
export interface Spread<C extends Covariances> {
  /** Σ share · (x − mean)(x − mean)ᵀ / count, with regCovar added to variances. */
  estimate(rows: SharedRows, regCovar: number): C;
  /** Undefined where a covariance is not positive definite. */
  factor(covariances: C): C | undefined;
  /** W·Wᵀ. */
  precisions(factors: C): C;
  /** ‖(x − mean)·W‖², rows × k. */
  distances(X: DenseMatrix, means: DenseMatrix, factors: C): DenseMatrix;
  /** ln |W|, one per component. */
  logDeterminants(factors: C, k: number, cols: number): Float64Array;
  /** Numbers that are free in k covariances. */
  freedom(k: number, cols: number): number;
  /** `rows` rows from component k, written into `out` from its row `from` on. */
  draw(random: RandomState, mean: Float64Array, covariances: C, k: number, rows: number, out: DenseMatrix, from: number): void;
  /** Precisions that a user gives as covariances; undefined where their shape is not k and cols, or they are not positive definite. */
  covariancesOf(precisions: unknown, k: number, cols: number): C | undefined;
}
