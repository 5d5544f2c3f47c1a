import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, custom, integer, number, optional, seed, type Rules } from '../core/rules.ts';
import { timesBlock } from '../matrix/block-map.ts';
import { centred } from '../matrix/centred.ts';
import { columnMeans } from '../matrix/column-means.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, isMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { multiply, multiplyTransposed } from '../matrix/multiply.ts';
import { pseudoInverse } from '../matrix/pseudo-inverse.ts';
import { componentNames } from './component-names.ts';
import type { ContrastName } from './contrast.ts';
import { independentDirections } from './independent-directions.ts';
import { whitening, type WhitenSolver } from './whiten.ts';

export interface FastIcaOptions {
  /** Sources to find; null for min(rows, columns), which is also the most there can be. Not used without whitening. Default null. */
  nComponents?: number | null;
  /** 'parallel': all sources at once. 'deflation': one after the other. Default 'parallel'. */
  algorithm?: 'parallel' | 'deflation';
  /**
   * 'unitVariance': rows are whitened first, and sources have variance 1. 'arbitraryVariance': rows are whitened, sources are as
   * the directions make them. false: X is taken for white, and not centred. Default 'unitVariance'.
   */
  whiten?: 'unitVariance' | 'arbitraryVariance' | false;
  /** What is taken for entropy: 'logcosh' for all purposes, 'exp' for heavy tails or outliers, 'cube' (kurtosis). Default 'logcosh'. */
  fun?: ContrastName;
  /** { alpha } for 'logcosh', from 1 to 2; null for 1. Default null. */
  funArgs?: { alpha?: number } | null;
  /** Most steps, of each source with 'deflation'. Default 200. */
  maxIter?: number;
  /** Stop once no direction turns by more than this in a step: 1 − |cosine|. Default 1e-4. */
  tol?: number;
  /** Directions to start from, k × k; null to draw them. Default null. */
  wInit?: DenseMatrix | readonly (readonly number[])[] | null;
  /** How directions of variance are found: 'svd', or 'eigh' of the covariance, faster for many more rows than columns. Default 'svd'. */
  whitenSolver?: WhitenSolver;
  /** Seed of the start. Default null, which is 0. */
  randomState?: number | null;
}

/** What FastICA has learned; k is the number of sources. */
export interface FastIcaFitted extends FeaturesSeen {
  /** k × columns: what centred rows are multiplied with to get sources. */
  components: DenseMatrix;
  /** columns × k, the pseudo-inverse of components: what makes rows of sources. */
  mixing: DenseMatrix;
  /** Mean of each column; null without whitening. */
  mean: Float64Array | null;
  /** k × columns: what whitens centred rows, but for √rows; null without whitening. */
  whitening: DenseMatrix | null;
  /** Steps made, the most of any source. */
  iterations: number;
  /** Whether the tolerance was met before maxIter. */
  converged: boolean;
}

const isAlpha = (v: unknown): boolean => v === undefined || (typeof v === 'number' && v >= 1 && v <= 2);
const isFunArgs = (v: unknown): boolean => typeof v === 'object' && v !== null && Object.keys(v).every((key) => key === 'alpha') && isAlpha((v as { alpha?: unknown }).alpha);

/**
 * Independent component analysis: X′ = (X − mean)·Cᵀ, where the directions C make the columns of X′, the sources, as little
 * normal as possible; mixtures of independent sources are unmixed so, up to order, sign and size.
 *
 * X: rows × columns; a sparse X is filled. The result is dense, rows × k. `y` is not used.
 *
 * `fitted`: components, mixing, mean, whitening, iterations, converged.
 *
 * Counterpart: scikit-learn's FastICA, from the same start for the same seed; null is seed 0. Directions in which X does not
 * vary give no source, where scikit-learn blows rounding up to one; nComponents above min(rows, columns) comes without a
 * warning; a function of one's own cannot be `fun`.
 * Source: Hyvärinen and Oja, "Independent component analysis: algorithms and applications", Neural Networks 13, 2000.
 *
 * @throws DataError for one row, or where nothing in X varies; ShapeError where wInit is not k × k, or X without whitening has fewer rows than columns
 * @example
 * const ica = await new FastICA({ nComponents: 3, randomState: 0 }).fit(X);
 * await ica.transform(X); // rows × 3
 */
export class FastICA extends MatrixTransformer<FastIcaOptions, Omit<FastIcaFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<FastIcaOptions> = {
    nComponents: optional(integer(1, { min: 1 })),
    algorithm: choice<'parallel' | 'deflation'>('parallel', ['parallel', 'deflation']),
    whiten: choice<'unitVariance' | 'arbitraryVariance' | false>('unitVariance', ['unitVariance', 'arbitraryVariance', false]),
    fun: choice<ContrastName>('logcosh', ['logcosh', 'exp', 'cube']),
    funArgs: optional(custom<{ alpha?: number }>({}, '{ alpha } with alpha in [1, 2]', isFunArgs, { alpha: 3 })),
    maxIter: integer(200, { min: 1 }),
    tol: number(1e-4, { min: 0 }),
    wInit: optional(custom<DenseMatrix | readonly (readonly number[])[]>([], 'a k × k matrix', (v) => isMatrix(v) || Array.isArray(v))),
    whitenSolver: choice<WhitenSolver>('svd', ['svd', 'eigh']),
    randomState: seed(),
  };

  protected learn(X: Matrix): Omit<FastIcaFitted, 'nFeaturesIn'> {
    if (X.rows < 2) throw new DataError(`${this.owner}: X must have at least 2 rows, got 1. One row is no mixture.`);
    const { whiten, fun, funArgs, algorithm, tol, maxIter } = this.options;
    const search = { algorithm, fun, tol, maxIter, alpha: funArgs?.alpha ?? 1 };
    const dense = X.toDense();
    if (whiten === false) {
      if (X.rows < X.cols) throw new ShapeError(`${this.owner}: X must have as many rows as columns without whitening, got ${X.rows} and ${X.cols}.`);
      const { W, iterations, converged } = independentDirections(dense, this.#start(X.cols), search);
      return { components: W, mixing: pseudoInverse(W), mean: null, whitening: null, iterations, converged };
    }
    const mean = columnMeans(X);
    const rows = centred(dense, mean);
    const K = this.#whitening(rows, mean);
    const Z = white(rows, K);
    const { W, iterations, converged } = independentDirections(Z, this.#start(K.rows), search);
    if (whiten === 'unitVariance') scaleSources(Z, W);
    const components = multiply(W, K);
    return { components, mixing: pseudoInverse(components), mean, whitening: K, iterations, converged };
  }

  protected apply(X: Matrix, { components, mean }: FastIcaFitted): DenseMatrix {
    const directions = components.transpose();
    if (!mean) return timesBlock(X, directions);
    const shift = multiply(new DenseMatrix(1, mean.length, mean), directions).data;
    return timesBlock(X, directions, shift.map((value) => -value));
  }

  /** X′·mixingᵀ + mean: rows × columns. @throws ShapeError unless X′ has one column per source */
  async inverseTransform(X: MatrixLike): Promise<DenseMatrix> {
    const { mixing, mean } = this.fitted;
    const sources = asMatrix(this.owner, X, { minRows: 0 });
    checkFeatures(this.owner, sources, mixing.cols);
    return timesBlock(sources, mixing.transpose(), mean ?? undefined);
  }

  override featureNamesOut(): string[] {
    return componentNames(this.owner, this.fitted.components.rows);
  }

  #whitening(rows: DenseMatrix, mean: Float64Array): DenseMatrix {
    const { nComponents, whitenSolver } = this.options;
    const k = Math.min(nComponents ?? Infinity, rows.rows, rows.cols);
    const K = whitening(rows, mean, k, whitenSolver);
    if (K.rows === 0) throw new DataError(`${this.owner}: X must vary in at least one column, all ${rows.cols} are constant.`);
    return K;
  }

  #start(k: number): DenseMatrix {
    const { wInit, randomState } = this.options;
    if (wInit === null) return new DenseMatrix(k, k, new RandomState(randomState).standardNormal(k * k));
    const start = asMatrix(this.owner, wInit as MatrixLike).toDense();
    if (start.rows !== k || start.cols !== k) throw new ShapeError(`${this.owner}: wInit must be ${k} × ${k}, got ${start.rows} × ${start.cols}.`);
    return start;
  }
}

/** √n·R·Kᵀ for centred rows R. */
function white(rows: DenseMatrix, K: DenseMatrix): DenseMatrix {
  const Z = multiplyTransposed(rows, K);
  const root = Math.sqrt(rows.rows);
  for (let p = 0; p < Z.data.length; p++) Z.data[p] *= root;
  return Z;
}

/** Divides each direction by the standard deviation of the source that W·K makes: that of Z·Wᵀ, over √n. */
function scaleSources(Z: DenseMatrix, W: DenseMatrix): void {
  const sources = multiplyTransposed(Z, W);
  const means = columnMeans(sources);
  for (let c = 0; c < W.rows; c++) {
    let sum = 0;
    for (let i = 0; i < Z.rows; i++) sum += (sources.data[i * W.rows + c] - means[c]) ** 2;
    // Of the sum of squares, one 1/√n is the deviation's, the other one takes back the √n of white rows.
    const deviation = Math.sqrt(sum) / Z.rows;
    const row = W.row(c);
    for (let j = 0; j < row.length; j++) row[j] /= deviation;
  }
}
