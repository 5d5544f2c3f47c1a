import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, custom, integer, number, optional, seed, type Rules } from '../core/rules.ts';
import { timesBlock } from '../matrix/block-map.ts';
import { centred } from '../matrix/centred.ts';
import { columnMeans } from '../matrix/column-means.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { multiply } from '../matrix/multiply.ts';
import { componentNames } from './component-names.ts';
import { FactorModel } from './factor-model.ts';
import { fitFactors, type Factors } from './fit-factors.ts';
import { rotateFactors, type Rotation } from './rotate-factors.ts';

export interface FactorAnalysisOptions {
  /** Number of factors; null for as many as X has columns. Default null. */
  nComponents?: number | null;
  /** Stop once the log-likelihood of all rows grows by less than this. Default 1e-2. */
  tol?: number;
  /** Most rounds. Default 1000. */
  maxIter?: number;
  /** Noise variance of each column to start from; null for 1 each. Default null. */
  noiseVarianceInit?: ArrayLike<number> | null;
  /** 'randomized': near the best, fast. 'lapack': an exact SVD. Default 'randomized'. */
  svdMethod?: 'randomized' | 'lapack';
  /** Power iterations of 'randomized'. Default 3. */
  iteratedPower?: number;
  /** How loadings are turned in the end: 'varimax', 'quartimax', or null for not at all. Default null. */
  rotation?: Rotation | null;
  /** Seed of 'randomized'. Default 0. */
  randomState?: number | null;
}

/** What FactorAnalysis has learned; k is the number of factors. */
export interface FactorAnalysisFitted extends FeaturesSeen {
  /** W, the loadings: k × columns. */
  components: DenseMatrix;
  /** ψ: the variance of each column that no factor explains. */
  noiseVariance: Float64Array;
  /** Mean of each column. */
  mean: Float64Array;
  /** Log-likelihood of all rows before each round. */
  loglike: Float64Array;
  /** Rounds made. */
  iterations: number;
  /** Whether the tolerance was met before maxIter. */
  converged: boolean;
}

const isVariances = (v: unknown): boolean =>
  typeof v === 'object' && v !== null && (Array.isArray(v) || ArrayBuffer.isView(v)) && Array.from(v as unknown as ArrayLike<unknown>).every((one) => typeof one === 'number' && one > 0 && one < Infinity);

/**
 * Factor analysis: rows are x = mean + Wᵀ·z + noise for k normal factors z and noise of a variance ψ of its own in each
 * column. X′ holds what z is expected to be: (X − mean)·Ψ⁻¹Wᵀ·(I + W·Ψ⁻¹·Wᵀ)⁻¹.
 *
 * Maximises the likelihood of W and ψ. X: rows × columns; a sparse X is filled. The result is dense, rows × k. `y` is not used.
 *
 * `fitted`: components (W), noiseVariance (ψ), mean, loglike, iterations, converged.
 *
 * Counterpart: scikit-learn's FactorAnalysis, signs too with 'randomized'; with 'lapack', where its are arbitrary, the largest
 * element of a component is positive before it is rotated. Directions in which X does not vary are left out of loglike, where rounding decides there.
 * Source: Barber, "Bayesian reasoning and machine learning", 2012, §21; Bishop, "Pattern recognition and machine learning", 2006, §12.2.4.
 *
 * @throws DataError where nothing in X varies; OptionError where noiseVarianceInit is not one number a column
 * @example
 * const factors = await new FactorAnalysis({ nComponents: 3, rotation: 'varimax' }).fit(X);
 * factors.fitted.components; // 3 × columns
 */
export class FactorAnalysis extends MatrixTransformer<FactorAnalysisOptions, Omit<FactorAnalysisFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<FactorAnalysisOptions> = {
    nComponents: optional(integer(1, { min: 1 })),
    tol: number(1e-2, { min: 0 }),
    maxIter: integer(1000, { min: 1 }),
    noiseVarianceInit: optional(custom<ArrayLike<number>>([], 'numbers above 0, one a column', isVariances)),
    svdMethod: choice<'randomized' | 'lapack'>('randomized', ['randomized', 'lapack']),
    iteratedPower: integer(3, { min: 0 }),
    rotation: choice<Rotation | null>(null, ['varimax', 'quartimax', null]),
    randomState: seed(),
  };

  protected learn(X: Matrix): Omit<FactorAnalysisFitted, 'nFeaturesIn'> {
    const mean = columnMeans(X);
    const { components, ...learned } = this.#search(centred(X.toDense(), mean), mean);
    const { rotation } = this.options;
    return { components: rotation ? rotateFactors(components, rotation) : components, ...learned, mean };
  }

  protected apply(X: Matrix, fitted: FactorAnalysisFitted): DenseMatrix {
    const map = new FactorModel(fitted).scoreMap();
    const shift = multiply(new DenseMatrix(1, X.cols, fitted.mean), map).data;
    return timesBlock(X, map, shift.map((value) => -value));
  }

  /** The covariance of the model, columns × columns: WᵀW + Ψ. */
  async getCovariance(): Promise<DenseMatrix> {
    return new FactorModel(this.fitted).covariance();
  }

  /** The inverse of getCovariance(). */
  async getPrecision(): Promise<DenseMatrix> {
    return new FactorModel(this.fitted).precision();
  }

  /** Natural logarithm of each row's probability density under the model. */
  async scoreSamples(X: MatrixLike): Promise<Float64Array> {
    const matrix = this.checkSeen(X);
    return new FactorModel(this.fitted).logLikelihoods(matrix.toDense());
  }

  /** The mean of scoreSamples(X). `y` is not used. */
  async score(X: MatrixLike): Promise<number> {
    const logs = await this.scoreSamples(X);
    return logs.reduce((a, b) => a + b, 0) / logs.length;
  }

  override featureNamesOut(): string[] {
    return componentNames(this.owner, this.fitted.components.rows);
  }

  #search(rows: DenseMatrix, mean: Float64Array): Factors {
    const { nComponents, tol, maxIter, noiseVarianceInit, svdMethod, iteratedPower, randomState } = this.options;
    const noise = rows.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    // As much is left of equal values when their mean is rounded.
    const none = rows.rows * Number.EPSILON * mean.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    if (noise <= none) throw new DataError(`${this.owner}: X must vary in at least one column, all ${rows.cols} are constant.`);
    const start = noiseVarianceInit === null ? new Float64Array(rows.cols).fill(1) : Float64Array.from(noiseVarianceInit);
    if (start.length !== rows.cols) throw new OptionError(`${this.owner}: noiseVarianceInit must have one number for each of ${rows.cols} columns, got ${start.length}.`);
    return fitFactors(rows, start, { nComponents: nComponents ?? rows.cols, svdMethod, iteratedPower, tol, maxIter, random: new RandomState(randomState) });
  }
}
