import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';

/** What PCA and IncrementalPCA have learned; k is the number of components kept. */
export interface ComponentsFitted {
  /** k × columns, orthonormal rows, by descending variance; the largest element of each, by absolute value, is positive. */
  components: DenseMatrix;
  /** Variance along each component (ddof 1), k of them. */
  explainedVariance: Float64Array;
  /** The same as shares of the variance of X. */
  explainedVarianceRatio: Float64Array;
  /** Singular values of the centred X, k of them. */
  singularValues: Float64Array;
  /** Mean of each column of X. */
  mean: Float64Array;
  /** k. */
  nComponents: number;
  /** Mean variance along the directions left out; 0 where none is. */
  noiseVariance: number;
}

/** What PCA has learned. */
export interface PcaFitted extends ComponentsFitted, FeaturesSeen {
  /** Rows in fit. */
  nSamples: number;
}
