import { DataError, OptionError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, custom, either, flag, integer, number, seed, type Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import type { PowerIterationNormalizer } from '../matrix/randomized-svd.ts';
import { withMeans } from '../matrix/with-means.ts';
import { withScatter } from '../matrix/with-scatter.ts';
import type { PcaFitted } from './pca-fitted.ts';
import { PcaModel } from './pca-model.ts';
import { PrincipalComponents } from './principal-components.ts';
import { solvePca, type PcaSolver } from './solve-pca.ts';

export interface PcaOptions {
  /**
   * How many components to keep: a whole number; a share of the variance in (0, 1) to be passed ('full' and
   * 'covarianceEigh'); 'mle' for Minka's choice (the same solvers, as many rows as columns at least); or null for
   * all, which is min(rows, columns), one less with 'arpack'. Default null.
   */
  nComponents?: number | 'mle' | null;
  /** Whether to scale the transformed columns to variance 1. Default false. */
  whiten?: boolean;
  /**
   * 'full': SVD of the centred X. 'covarianceEigh': eigenvectors of the covariance, for many more rows than
   * columns. 'randomized': for few components of a large dense X. 'arpack': Lanczos, few components to working
   * precision, sparse X too. 'auto': 'arpack' for sparse X; else 'covarianceEigh' for up to 1000 columns and ten
   * times as many rows, 'full' up to 500 × 500 and for 'mle', 'randomized' for fewer than 0.8 · min(rows,
   * columns) components, else 'full'. Default 'auto'.
   */
  svdSolver?: 'auto' | PcaSolver;
  /** Tolerance of 'arpack', relative to the largest singular value; 0 is working precision. Default 0. */
  tol?: number;
  /** Power iterations of 'randomized'; 'auto' is 7 for fewer than 0.1 · min(rows, columns) components, else 4. Default 'auto'. */
  iteratedPower?: number | 'auto';
  /** Random directions of 'randomized' beyond nComponents. Default 10. */
  nOversamples?: number;
  /** Between power iterations of 'randomized'; 'auto' is 'none' up to 2 of them, else 'LU'. Default 'auto'. */
  powerIterationNormalizer?: PowerIterationNormalizer;
  /** Seed of 'randomized' and 'arpack'. Default null, which is 0. */
  randomState?: number | null;
}

const isShare = (v: unknown): boolean => typeof v === 'number' && v > 0 && v < 1;

/**
 * Principal component analysis: X′ = (X − mean)·Vᵀ, where the rows of V are the orthonormal directions along which
 * X varies most.
 *
 * X: rows × columns; dense, or sparse with 'arpack', 'covarianceEigh' or 'auto', which is centred without being filled.
 * The result is dense, rows × k. `y` is not used.
 *
 * `fitted`: components, explainedVariance, explainedVarianceRatio, singularValues, mean, nComponents,
 * noiseVariance, nSamples.
 *
 * Counterpart: scikit-learn's PCA, signs too (as of 1.9: by components). 'covarianceEigh' centres a dense X before
 * it multiplies, which keeps digits where means are large. One row is refused, which scikit-learn answers with NaN.
 * Source: Tipping and Bishop, "Probabilistic principal component analysis", J. R. Statist. Soc. B 61(3), 1999.
 *
 * @throws OptionError for more components than X or the solver allows; DataError for one row only
 * @example
 * const pca = await new PCA({ nComponents: 0.95 }).fit(X);
 * await pca.transform(X); // as many columns as pass 95 % of the variance
 */
export class PCA extends PrincipalComponents<PcaOptions, Omit<PcaFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<PcaOptions> = {
    nComponents: custom<number | 'mle' | null>(
      null,
      "a whole number of at least 1, a share in (0, 1), 'mle' or null",
      (v) => v === null || v === 'mle' || isShare(v) || (Number.isInteger(v) && (v as number) >= 1),
      1.5,
    ),
    whiten: flag(false),
    svdSolver: choice<'auto' | PcaSolver>('auto', ['auto', 'full', 'covarianceEigh', 'arpack', 'randomized']),
    tol: number(0, { min: 0 }),
    iteratedPower: either<number | 'auto'>([integer(0, { min: 0 }), choice('auto', ['auto'])], 'auto'),
    nOversamples: integer(10, { min: 1 }),
    powerIterationNormalizer: choice<PowerIterationNormalizer>('auto', ['auto', 'QR', 'LU', 'none']),
    randomState: seed(),
  };

  protected learn(X: Matrix): Omit<PcaFitted, 'nFeaturesIn'> {
    return this.#lookAt(X, (held, means, scatter) => this.#learn(held, means, scatter));
  }

  /** Runs `work` on X where the kernels reach it, its means and, where the solver wants it, its scatter. */
  #lookAt<Result>(X: Matrix, work: (held: Matrix, means: Float64Array, scatter?: DenseMatrix) => Result): Result {
    return X.kind === 'dense' && this.#solver(X) === 'covarianceEigh' ? withScatter(X, work) : withMeans(X, work);
  }

  #learn(X: Matrix, means: Float64Array, scatter: DenseMatrix | undefined): Omit<PcaFitted, 'nFeaturesIn'> {
    if (X.rows < 2) throw new DataError(`${this.owner}: X must have at least 2 rows, got 1. One row has no variance.`);
    const solver = this.#solver(X);
    const nComponents = this.options.nComponents ?? Math.min(X.rows, X.cols) - (solver === 'arpack' ? 1 : 0);
    this.#check(X, solver, nComponents);
    return solvePca(X, means, solver, nComponents, { ...this.options, owner: this.owner, random: new RandomState(this.options.randomState) }, scatter);
  }

  override async fitTransform(X: MatrixLike): Promise<DenseMatrix> {
    // Its values are looked at once, in `learn`, and copied once.
    return this.#lookAt(asMatrix(this.owner, X, { checkValues: false }), (matrix, means, scatter) => {
      this.restore({ ...this.#learn(matrix, means, scatter), nFeaturesIn: matrix.cols });
      return this.apply(matrix, this.fitted);
    });
  }

  /** Natural logarithm of each row's probability density under the model. @throws DataError as getPrecision */
  async scoreSamples(X: MatrixLike): Promise<Float64Array> {
    const matrix = this.checkSeen(X);
    return new PcaModel(this.fitted).logLikelihoods(this.owner, matrix.toDense());
  }

  /** The mean of scoreSamples(X). `y` is not used. */
  async score(X: MatrixLike): Promise<number> {
    const logs = await this.scoreSamples(X);
    return logs.reduce((a, b) => a + b, 0) / logs.length;
  }

  #solver({ kind, rows, cols }: Matrix): PcaSolver {
    const { svdSolver, nComponents } = this.options;
    if (kind === 'csr' && (svdSolver === 'full' || svdSolver === 'randomized')) {
      throw new OptionError(`${this.owner}: svdSolver must be 'arpack', 'covarianceEigh' or 'auto' for sparse X, got '${svdSolver}'. Or use TruncatedSVD.`);
    }
    if (svdSolver !== 'auto') return svdSolver;
    if (kind === 'csr') return 'arpack';
    if (cols <= 1000 && rows >= 10 * cols) return 'covarianceEigh';
    if (Math.max(rows, cols) <= 500 || nComponents === 'mle') return 'full';
    const smaller = Math.min(rows, cols);
    const wanted = (nComponents ?? smaller) as number;
    return wanted >= 1 && wanted < 0.8 * smaller ? 'randomized' : 'full';
  }

  #check({ rows, cols }: Matrix, solver: PcaSolver, nComponents: number | 'mle'): void {
    const isExact = solver === 'full' || solver === 'covarianceEigh';
    if (!isExact && (nComponents === 'mle' || nComponents < 1)) {
      const most = `1 to ${Math.min(rows, cols) - (solver === 'arpack' ? 1 : 0)}`;
      throw new OptionError(`${this.owner}: nComponents must be a whole number (${most}) with svdSolver '${solver}', got ${nComponents}.`);
    }
    if (nComponents === 'mle') {
      if (rows < cols) throw new OptionError(`${this.owner}: nComponents 'mle' must have at least as many rows as columns, got ${rows} and ${cols}.`);
      if (cols < 2) throw new OptionError(`${this.owner}: nComponents 'mle' must have at least 2 columns to choose from, got ${cols}.`);
      return;
    }
    const most = Math.min(rows, cols) - (solver === 'arpack' ? 1 : 0);
    if (nComponents > most || most < 1) {
      throw new OptionError(`${this.owner}: nComponents must be at most ${most} for ${rows} × ${cols} and svdSolver '${solver}', got ${nComponents}.`);
    }
  }
}
