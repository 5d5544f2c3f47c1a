import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { OptionError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, integer, number, seed, type Rules } from '../core/rules.ts';
import { timesBlock, withBlockMap } from '../matrix/block-map.ts';
import { columnMoments } from '../matrix/column-moments.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { lanczosSvd } from '../matrix/lanczos-svd.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { randomizedTriplets, type PowerIterationNormalizer } from '../matrix/randomized-svd.ts';
import { svdFlip } from '../matrix/svd-flip.ts';
import { componentNames } from './component-names.ts';

export interface TruncatedSvdOptions {
  /** Columns of the result: at most as many as X has; fewer than rows and columns with 'arpack'. About 100 for text. Default 2. */
  nComponents?: number;
  /** 'randomized': near the best, fast. 'arpack': to working precision, by Lanczos. Default 'randomized'. */
  algorithm?: 'randomized' | 'arpack';
  /** Power iterations of 'randomized'. Default 5. */
  nIter?: number;
  /** Random directions of 'randomized' beyond nComponents. Default 10. */
  nOversamples?: number;
  /** Between power iterations; 'auto' is 'none' up to 2 of them, else 'LU'. Default 'auto'. */
  powerIterationNormalizer?: PowerIterationNormalizer;
  /** Seed of the random directions. Default null, which is 0. */
  randomState?: number | null;
  /** Tolerance of 'arpack', relative to the largest singular value; 0 is working precision. Default 0. */
  tol?: number;
}

/** What TruncatedSVD has learned; k is the number of components. */
export interface TruncatedSvdFitted extends FeaturesSeen {
  /** k × columns, orthonormal rows; the largest element of each, by absolute value, is positive. */
  components: DenseMatrix;
  /** Population variance of each column of the transformed X. */
  explainedVariance: Float64Array;
  /** The same as shares of the summed variance of X's columns. */
  explainedVarianceRatio: Float64Array;
  /** The k largest singular values of X, descending. */
  singularValues: Float64Array;
}

/**
 * Latent semantic analysis: X′ = X·Vᵀ with the k right singular vectors of X of the largest singular values. Unlike
 * PCA it does not centre X, so that sparse X stays sparse all the way.
 *
 * X: rows × columns, dense or sparse. The result is dense, rows × k. `y` is not used.
 *
 * `fitted`: components, explainedVariance, explainedVarianceRatio, singularValues.
 *
 * Counterpart: scikit-learn's TruncatedSVD, the same random directions for the same seed; null is seed 0.
 * Source: Halko, Martinsson and Tropp, "Finding structure with randomness", SIAM Review 53(2), 2011.
 *
 * @throws OptionError for more components than X allows
 * @example
 * const lsa = new Pipeline([['tfidf', new TfidfVectorizer()], ['svd', new TruncatedSVD({ nComponents: 100 })]]);
 */
export class TruncatedSVD extends MatrixTransformer<TruncatedSvdOptions, Omit<TruncatedSvdFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<TruncatedSvdOptions> = {
    nComponents: integer(2, { min: 1 }),
    algorithm: choice<'randomized' | 'arpack'>('randomized', ['randomized', 'arpack']),
    nIter: integer(5, { min: 0 }),
    nOversamples: integer(10, { min: 1 }),
    powerIterationNormalizer: choice<PowerIterationNormalizer>('auto', ['auto', 'QR', 'LU', 'none']),
    randomState: seed(),
    tol: number(0, { min: 0 }),
  };

  protected learn(X: Matrix): Omit<TruncatedSvdFitted, 'nFeaturesIn'> {
    return this.#reduce(X).learned;
  }

  /** Learns from X and returns its transform, which is a by-product. */
  override async fitTransform(X: MatrixLike): Promise<DenseMatrix> {
    const matrix = asMatrix(this.owner, X);
    const { scores, learned } = this.#reduce(matrix);
    this.restore({ ...learned, nFeaturesIn: matrix.cols });
    return scores;
  }

  protected apply(X: Matrix, { components }: TruncatedSvdFitted): DenseMatrix {
    return timesBlock(X, components.transpose());
  }

  /** X′·V: rows × columns, what is left of X. @throws ShapeError unless X′ has one column per component */
  async inverseTransform(X: MatrixLike): Promise<DenseMatrix> {
    const { components } = this.fitted;
    const scores = asMatrix(this.owner, X, { minRows: 0 });
    checkFeatures(this.owner, scores, components.rows);
    return timesBlock(scores, components);
  }

  override featureNamesOut(): string[] {
    return componentNames(this.owner, this.fitted.components.rows);
  }

  #reduce(X: Matrix): { scores: DenseMatrix; learned: Omit<TruncatedSvdFitted, 'nFeaturesIn'> } {
    const { algorithm, nIter, nOversamples, powerIterationNormalizer, randomState, tol } = this.options;
    const k = this.#count(X);
    const random = new RandomState(randomState);
    const { singular, vt } = withBlockMap(X, (map) => {
      if (algorithm === 'arpack') return lanczosSvd(map, k, { tol, random });
      const triplets = randomizedTriplets(map, k, { nIter, nOversamples, powerIterationNormalizer, random });
      return { singular: triplets.singular, vt: triplets.right().transpose() };
    });
    svdFlip(vt);
    const scores = timesBlock(X, vt.transpose());
    const { variance } = columnMoments(scores);
    const total = columnMoments(X).variance.reduce((a, b) => a + b, 0);
    const learned = {
      components: vt,
      explainedVariance: variance,
      explainedVarianceRatio: variance.map((v) => (total > 0 ? v / total : 0)),
      singularValues: singular,
    };
    return { scores, learned };
  }

  #count({ rows, cols }: Matrix): number {
    const { nComponents, algorithm } = this.options;
    const most = algorithm === 'arpack' ? Math.min(rows, cols) - 1 : cols;
    if (nComponents > most) {
      throw new OptionError(`${this.owner}: nComponents must be at most ${most} for ${rows} × ${cols} and algorithm '${algorithm}', got ${nComponents}.`);
    }
    return nComponents;
  }
}
