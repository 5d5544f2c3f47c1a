import { Binomial } from '../core/binomial.ts';
import type { RandomState } from '../core/random-state.ts';
import { choice, either, flag, number, type Rules } from '../core/rules.ts';
import { sampleWithoutReplacement } from '../core/sample-without-replacement.ts';
import { timesBlock } from '../matrix/block-map.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { multiplySparse } from '../matrix/multiply-sparse.ts';
import { rowBlock } from '../matrix/row-block.ts';
import { RandomProjection, randomProjectionRules, type RandomProjectionFitted, type RandomProjectionOptions } from './random-projection.ts';

export interface SparseRandomProjectionOptions extends RandomProjectionOptions {
  /** Share of the directions' elements that are not 0, in (0, 1]; 'auto' is 1/√columns. Default 'auto'. */
  density?: number | 'auto';
  /** Whether the result for a sparse X is dense. Default false: sparse, as X is. */
  denseOutput?: boolean;
}

/** What SparseRandomProjection has drawn. */
export interface SparseRandomProjectionFitted extends RandomProjectionFitted {
  /** k × columns; sparse but for density 1. */
  components: Matrix;
  /** The density as a number. */
  density: number;
}

/** Numbers of a dense X that are turned at a time. */
const PART = 4_194_304;

/**
 * Random projection: X′ = X·Cᵀ where elements of C are 0 but for a share s, and ±1/√(s·k) with equal chances there, so that
 * distances of rows are kept on average, at the cost of the share.
 *
 * X: rows × columns, dense or sparse. The result, rows × k, is dense or sparse as X is. `y` is not used.
 *
 * `fitted`: components (k × columns), nComponents, density, inverseComponents.
 *
 * Counterpart: scikit-learn's SparseRandomProjection, the same directions for the same seed; null is seed 0. More
 * components than columns come without a warning. For density 1 and a sparse X the result is dense there too.
 * Source: Li, Hastie and Church, "Very sparse random projections", KDD 2006.
 *
 * @throws OptionError where nComponents 'auto' comes to more columns than X has, or to none
 * @example
 * const short = new Pipeline([['tfidf', new TfidfVectorizer()], ['project', new SparseRandomProjection({ nComponents: 500 })]]);
 */
export class SparseRandomProjection extends RandomProjection<SparseRandomProjectionOptions, SparseRandomProjectionFitted> {
  static override readonly rules: Rules<SparseRandomProjectionOptions> = {
    ...randomProjectionRules,
    density: either<number | 'auto'>([number(1, { min: 0, max: 1, openMin: true }), choice('auto', ['auto'])], 'auto'),
    denseOutput: flag(false),
  };

  protected drawDirections(random: RandomState, k: number, cols: number): { components: Matrix; density: number } {
    const density = this.options.density === 'auto' ? 1 / Math.sqrt(cols) : this.options.density;
    const components = density === 1 ? drawSigns(random, k, cols) : drawSparse(random, k, cols, density);
    return { components, density };
  }

  protected apply(X: Matrix, { components }: SparseRandomProjectionFitted): Matrix {
    if (components.kind === 'dense') return timesBlock(X, components.transpose());
    if (X.kind === 'dense') return denseTimes(X, components);
    const product = multiplySparse(X, components.transpose());
    return this.options.denseOutput ? product.toDense() : product;
  }
}

const sign = new Binomial(1, 0.5);

function drawSigns(random: RandomState, k: number, cols: number): DenseMatrix {
  const size = 1 / Math.sqrt(k);
  return new DenseMatrix(k, cols, Float64Array.from({ length: k * cols }, () => size * (sign.draw(random) * 2 - 1)));
}

/** Places row after row, then all signs: the order in which scikit-learn draws. */
function drawSparse(random: RandomState, k: number, cols: number, density: number): CsrMatrix {
  const count = new Binomial(cols, density);
  const places = Array.from({ length: k }, () => sampleWithoutReplacement(random, cols, count.draw(random)));
  const size = Math.sqrt(1 / density) / Math.sqrt(k);
  const indptr = new Int32Array(k + 1);
  places.forEach((row, c) => (indptr[c + 1] = indptr[c] + row.length));
  const indices = new Int32Array(indptr[k]);
  const data = new Float64Array(indptr[k]);
  places.forEach((row, c) => indices.set(row, indptr[c]));
  for (let p = 0; p < data.length; p++) data[p] = size * (sign.draw(random) * 2 - 1);
  // Turned twice, its columns ascend.
  return new CsrMatrix(k, cols, indptr, indices, data).transpose().transpose();
}

/** X·Cᵀ = (C·Xᵀ)ᵀ, which touches only what C holds; in blocks of rows. */
function denseTimes(X: DenseMatrix, components: CsrMatrix): DenseMatrix {
  const height = Math.max(1, Math.floor(PART / X.cols));
  const result = new DenseMatrix(X.rows, components.rows);
  for (let from = 0; from < X.rows; from += height) {
    const block = rowBlock(X, from, Math.min(X.rows, from + height)) as DenseMatrix;
    result.data.set(timesBlock(components, block.transpose()).transpose().data, from * components.rows);
  }
  return result;
}
