import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, custom, integer, optional, seed, type Rules } from '../core/rules.ts';
import { showList } from '../core/show.ts';
import { weightedQuantiles } from '../core/weighted-quantiles.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { kMeansCentres } from './k-means-centres.ts';
import { linspace, quantileMethods, quantiles, sortForQuantiles, type QuantileMethod } from '../core/quantiles.ts';
import { rangeOf } from './range-of.ts';

export interface KBinsDiscretizerOptions {
  /** Bins of every column, or of each, at least 2. Default 5. */
  nBins?: number | readonly number[];
  /** What stands for a bin: a column of zeros and ones per bin, sparse or dense, or its number from 0. Default 'onehot'. */
  encode?: 'onehot' | 'onehotDense' | 'ordinal';
  /** Bins of equal width, of equally many rows, or around the centres of k-means. Default 'quantile'. */
  strategy?: 'uniform' | 'quantile' | 'kmeans';
  /** How 'quantile' reads edges between values; with sampleWeight one of the two inverted CDFs. Default 'averagedInvertedCdf'. */
  quantileMethod?: QuantileMethod;
  /** Rows to learn from, drawn with replacement, in proportion to their weights, where there are more; null for all. Default 200000. */
  subsample?: number | null;
  /** Seed of the draw; null is seed 0. Default null. */
  randomState?: number | null;
}

/** What KBinsDiscretizer has learned. */
export interface KBinsDiscretizerLearned {
  /** Edges of each column, one more than bins, ascending; [−∞, ∞] for a constant column. */
  binEdges: readonly Float64Array[];
  /** Bins of each column. */
  nBins: Int32Array;
  /** What there is to know of the data: constant columns, bins that were too narrow. */
  notes: string[];
}

/**
 * Puts numbers into bins: bin = how many inner edges are ≤ x. What lies outside the edges goes to the end bins.
 *
 * X: samples × features, dense, without NaN. Result: rows × Σ bins of zeros and ones, or of X's shape with 'ordinal'.
 * Bins not wider than 1e-8 are joined to their neighbour ('quantile', 'kmeans'); a constant column has one bin.
 * With sampleWeight, 'quantile' has bins of equal weight, 'kmeans' centres are weighted means, and rows of weight 0 are no data.
 *
 * `fitted`: binEdges, nBins, notes, nFeaturesIn.
 * @throws OptionError for sampleWeight with 'quantile' and a quantileMethod that knows no weights
 *
 * Counterpart: scikit-learn's KBinsDiscretizer. Two differences: a column that 'quantile' or 'kmeans' leaves without any bin
 * (narrower than 1e-8, or constant where rows have weight) counts as constant, where that one fails or has 0 bins; more bins
 * than rows are joined by 'kmeans' too, where that one fails.
 *
 * @example
 * const bins = await new KBinsDiscretizer({ nBins: 3, encode: 'ordinal', strategy: 'uniform' }).fit([[0], [6]]);
 * (await bins.transform([[1], [2], [99]])).toArray(); // [[0], [1], [2]]
 */
export class KBinsDiscretizer extends MatrixTransformer<KBinsDiscretizerOptions, KBinsDiscretizerLearned> {
  static override readonly rules: Rules<KBinsDiscretizerOptions> = {
    nBins: custom<number | readonly number[]>(
      5,
      'a whole number of at least 2, or one per column',
      (v) => (Array.isArray(v) && v.length > 0 ? v : [v]).every((n) => Number.isInteger(n) && n >= 2),
      1,
    ),
    encode: choice('onehot', ['onehot', 'onehotDense', 'ordinal']),
    strategy: choice('quantile', ['uniform', 'quantile', 'kmeans']),
    quantileMethod: choice<QuantileMethod>('averagedInvertedCdf', quantileMethods),
    subsample: optional(integer(200000, { min: 1 }), 200000),
    randomState: seed(),
  };

  protected learn(X: Matrix, _y: unknown, sampleWeight: Float64Array | undefined): KBinsDiscretizerLearned {
    const { strategy, quantileMethod, nBins: wanted } = this.options;
    const { sample, weights } = this.#sample(this.#dense(X), sampleWeight);
    if (weights && strategy === 'quantile' && quantileMethod !== 'averagedInvertedCdf' && quantileMethod !== 'invertedCdf') {
      throw new OptionError(`${this.owner}: quantileMethod must be 'averagedInvertedCdf' or 'invertedCdf' with sampleWeight, got '${quantileMethod}'.`);
    }
    if (typeof wanted !== 'number' && wanted.length !== X.cols) {
      throw new OptionError(`${this.owner}: nBins must be one per column (${X.cols}), got ${wanted.length}.`);
    }
    const notes: string[] = [];
    const binEdges = Array.from({ length: X.cols }, (_, j) => this.#edges(sample.col(j), weights, typeof wanted === 'number' ? wanted : wanted[j], j, notes));
    return { binEdges, nBins: Int32Array.from(binEdges, (edges) => edges.length - 1), notes };
  }

  protected apply(X: Matrix, { binEdges, nBins }: KBinsDiscretizerLearned & FeaturesSeen): Matrix {
    const dense = this.#dense(X);
    const { rows, cols } = dense;
    const { encode } = this.options;
    const starts = new Int32Array(cols);
    if (encode === 'ordinal') return new DenseMatrix(rows, cols, binNumbers(dense, binEdges, starts, new Float64Array(rows * cols)));
    for (let j = 1; j < cols; j++) starts[j] = starts[j - 1] + nBins[j - 1];
    const width = starts[cols - 1] + nBins[cols - 1];
    const indices = binNumbers(dense, binEdges, starts, new Int32Array(rows * cols));
    if (encode === 'onehotDense') {
      const result = new DenseMatrix(rows, width);
      for (let i = 0, p = 0; i < rows; i++) for (let j = 0; j < cols; j++) result.data[i * width + indices[p++]] = 1;
      return result;
    }
    const indptr = new Int32Array(rows + 1);
    for (let i = 1; i <= rows; i++) indptr[i] = i * cols;
    return new CsrMatrix(rows, width, indptr, indices, new Float64Array(indices.length).fill(1));
  }

  /** The middle of each value's bin. */
  async inverseTransform(X: MatrixLike): Promise<Matrix> {
    const { binEdges, nBins } = this.fitted;
    const cols = binEdges.length;
    const matrix = asMatrix(this.owner, X, { minRows: 0 }).toDense();
    const bins = this.options.encode === 'ordinal' ? matrix : this.#binsOf(matrix, nBins);
    if (bins.cols !== cols) throw new ShapeError(`${this.owner}: X has ${bins.cols} columns, but transform returns ${cols}.`);
    return new DenseMatrix(
      bins.rows,
      cols,
      bins.data.map((bin, p) => {
        const edges = binEdges[p % cols];
        const k = Math.trunc(bin);
        if (k >= 0 && k < edges.length - 1) return (edges[k] + edges[k + 1]) * 0.5;
        throw new DataError(`${this.owner}: bins of column ${p % cols} must be 0 … ${edges.length - 2}, row ${Math.floor(p / cols)} has ${bin}.`);
      }),
    );
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const names = super.featureNamesOut(inputNames);
    if (this.options.encode === 'ordinal') return names;
    const { nBins } = this.fitted;
    return names.flatMap((name, j) => Array.from({ length: nBins[j] }, (_, k) => `${name}_${k}.0`));
  }

  #edges(column: Float64Array, weights: Float64Array | undefined, nBins: number, j: number, notes: string[]): Float64Array {
    const values = weights ? column.filter((_, i) => weights[i] > 0) : column;
    const [least, most] = rangeOf(values);
    const asConstant = (): Float64Array => {
      notes.push(`${this.owner}: column ${j} is constant and becomes 0.`);
      return Float64Array.of(-Infinity, Infinity);
    };
    if (!(least < most)) return asConstant();
    const { strategy, quantileMethod } = this.options;
    const even = linspace(least, most, nBins + 1);
    if (strategy === 'uniform') return even;
    let edges: Float64Array;
    if (strategy === 'quantile') {
      const shares = linspace(0, 100, nBins + 1).map((percent) => percent / 100);
      if (weights) edges = weightedQuantiles(column, weights, shares, quantileMethod === 'averagedInvertedCdf');
      else {
        sortForQuantiles(values, shares);
        edges = quantiles(values, shares, quantileMethod);
      }
    } else {
      const middles = Float64Array.from({ length: nBins }, (_, k) => (even[k + 1] + even[k]) * 0.5);
      const centres = kMeansCentres(column, weights ?? new Float64Array(column.length).fill(1), middles);
      edges = Float64Array.of(least, ...Array.from({ length: nBins - 1 }, (_, k) => (centres[k + 1] + centres[k]) * 0.5), most);
    }
    const wide = edges.filter((edge, k) => k === 0 || edge - edges[k - 1] > 1e-8);
    if (wide.length === 1) return asConstant();
    if (wide.length < edges.length) {
      notes.push(`${this.owner}: column ${j} has ${wide.length - 1} bins instead of ${nBins}, the others would be empty (edges ${showList([...wide])}).`);
    }
    return wide;
  }

  /** The rows to learn from; where they are drawn, by their weights, they all weigh the same. */
  #sample(X: DenseMatrix, weights: Float64Array | undefined): { sample: DenseMatrix; weights: Float64Array | undefined } {
    const { subsample, randomState } = this.options;
    if (subsample === null || X.rows <= subsample) return { sample: X, weights };
    const random = new RandomState(randomState);
    if (!weights) return { sample: X.take(random.randint(0, X.rows, subsample)), weights };
    const total = pairwiseSum(weights);
    return { sample: X.take(random.choice(X.rows, subsample, { p: weights.map((weight) => weight / total) })), weights: undefined };
  }

  /** Bin numbers from zeros and ones; the largest counts. */
  #binsOf(X: DenseMatrix, nBins: Int32Array): DenseMatrix {
    const width = nBins.reduce((a, b) => a + b, 0);
    if (X.cols !== width) throw new ShapeError(`${this.owner}: X has ${X.cols} columns, but transform returns ${width}.`);
    const bins = new DenseMatrix(X.rows, nBins.length);
    for (let i = 0; i < X.rows; i++) {
      let start = 0;
      nBins.forEach((count, j) => {
        const row = X.row(i).subarray(start, start + count);
        bins.data[i * nBins.length + j] = row.indexOf(Math.max(...row));
        start += count;
      });
    }
    return bins;
  }

  #dense(X: Matrix): DenseMatrix {
    if (X.kind === 'dense') return X;
    throw new DataError(`${this.owner}: X must be dense, bins of zeros would fill a sparse matrix. Use X.toDense().`);
  }
}

/** Writes the bin of every value, plus that of its column's first, into `out`: how many inner edges are at most it. */
function binNumbers<T extends Float64Array | Int32Array>(X: DenseMatrix, binEdges: readonly Float64Array[], starts: Int32Array, out: T): T {
  const { rows, cols, data } = X;
  for (let j = 0; j < cols; j++) {
    const inner = binEdges[j].subarray(1, -1);
    const start = starts[j];
    for (let i = 0, p = j; i < rows; i++, p += cols) out[p] = start + countAtMost(inner, data[p]);
  }
  return out;
}

/** How many of ascending edges are at most x, by halving; without branches, which would be foreseen half the time only. */
function countAtMost(edges: Float64Array, x: number): number {
  let count = 0;
  let left = edges.length;
  while (left > 0) {
    const half = (left + 1) >>> 1;
    count += Number(edges[count + half - 1] <= x) * half;
    left -= half;
  }
  return count;
}
