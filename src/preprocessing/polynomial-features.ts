import { MatrixTransformer } from '../base/matrix-transformer.ts';
import { custom, flag, type Rules } from '../core/rules.ts';
import { OptionError } from '../core/errors.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';

export interface PolynomialFeaturesOptions {
  /** Highest degree of a product, or [lowest, highest]. Default 2. */
  degree?: number | readonly [number, number];
  /** Whether to leave out powers: products of distinct columns only. Default false. */
  interactionOnly?: boolean;
  /** Whether the first column is 1. Default true. */
  includeBias?: boolean;
}

/** What PolynomialFeatures has learned. */
export interface PolynomialFeaturesLearned {
  /** Columns of the result × columns of X: the exponent of each column in each product. */
  powers: DenseMatrix;
}

/**
 * Products of columns up to a degree: 1, x₀, x₁, x₀², x₀x₁, x₁², ….
 *
 * X: samples × p features, dense or CSR (the result is CSR too). Result: rows × C(p + degree, degree) columns, less
 * with `interactionOnly`; by degree, then in lexicographic order of the columns.
 *
 * `fitted`: powers, nFeaturesIn.
 *
 * Counterpart: scikit-learn's PolynomialFeatures; names are `1`, `x0`, `x0^2`, `x0 x1`.
 *
 * @example
 * const features = await new PolynomialFeatures().fit([[2, 3]]);
 * (await features.transform([[2, 3]])).toArray(); // [[1, 2, 3, 4, 6, 9]]
 */
export class PolynomialFeatures extends MatrixTransformer<PolynomialFeaturesOptions, PolynomialFeaturesLearned> {
  static override readonly rules: Rules<PolynomialFeaturesOptions> = {
    degree: custom<number | readonly [number, number]>(
      2,
      'a whole number of at least 0, or two of them [lowest, highest]',
      (v) => (Array.isArray(v) && v.length === 2 ? v : [v, v]).every((n, at, all) => Number.isInteger(n) && n >= 0 && n <= all[1] && at < 2),
      -1,
    ),
    interactionOnly: flag(false),
    includeBias: flag(true),
  };

  protected learn(X: Matrix): PolynomialFeaturesLearned {
    const products = this.#products(X.cols);
    if (products.length === 0) throw new OptionError(`${this.owner}: degree must be at least 1 without a bias, or no column is left. Set includeBias: true.`);
    const powers = new DenseMatrix(products.length, X.cols);
    products.forEach((columns, at) => columns.forEach((j) => powers.data[at * X.cols + j]++));
    return { powers };
  }

  protected apply(X: Matrix): Matrix {
    const products = this.#products(X.cols);
    const { parents, factors } = factorise(products);
    if (X.kind === 'csr') return sparseProducts(X, products, parents, factors);
    const width = products.length;
    const result = new DenseMatrix(X.rows, width);
    for (let i = 0; i < X.rows; i++) {
      const from = i * X.cols;
      const to = i * width;
      for (let c = 0; c < width; c++) {
        const product = products[c];
        if (parents[c] >= 0) result.data[to + c] = result.data[to + parents[c]] * X.data[from + factors[c]];
        else {
          let value = 1;
          for (let k = 0; k < product.length; k++) value *= X.data[from + product[k]];
          result.data[to + c] = value;
        }
      }
    }
    return result;
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const names = super.featureNamesOut(inputNames);
    const { powers } = this.fitted;
    return Array.from({ length: powers.rows }, (_, c) => {
      const parts = names.flatMap((name, j) => (powers.at(c, j) === 0 ? [] : powers.at(c, j) === 1 ? [name] : [`${name}^${powers.at(c, j)}`]));
      return parts.length === 0 ? '1' : parts.join(' ');
    });
  }

  /** The columns of X in each product, ascending. */
  #products(cols: number): number[][] {
    const { degree, interactionOnly, includeBias } = this.options;
    const [lowest, highest] = typeof degree === 'number' ? [0, degree] : degree;
    const products: number[][] = includeBias ? [[]] : [];
    let level: number[][] = [[]];
    for (let d = 1; d <= highest; d++) {
      level = level.flatMap((product) => {
        const last = product.length === 0 ? 0 : product[product.length - 1] + (interactionOnly ? 1 : 0);
        return Array.from({ length: Math.max(0, cols - last) }, (_, at) => [...product, last + at]);
      });
      if (d >= lowest) products.push(...level);
    }
    return products;
  }
}

/** For each product: the product it extends by its last column (−1 where that is not in the list), and that column. */
function factorise(products: readonly (readonly number[])[]): { parents: Int32Array; factors: Int32Array } {
  const position = new Map(products.map((product, c) => [product.join(), c]));
  const parents = Int32Array.from(products, (product) => (product.length < 2 ? -1 : (position.get(product.slice(0, -1).join()) ?? -1)));
  return { parents, factors: Int32Array.from(products, (product) => product[product.length - 1] ?? -1) };
}

/** The same row by row, keeping what is not zero. */
function sparseProducts(X: CsrMatrix, products: readonly (readonly number[])[], parents: Int32Array, factors: Int32Array): CsrMatrix {
  const indptr = new Int32Array(X.rows + 1);
  const indices: number[] = [];
  const data: number[] = [];
  const row = new Float64Array(X.cols);
  const values = new Float64Array(products.length);
  for (let i = 0; i < X.rows; i++) {
    row.fill(0);
    for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) row[X.indices[p]] = X.data[p];
    for (let c = 0; c < products.length; c++) {
      values[c] = parents[c] >= 0 ? values[parents[c]] * row[factors[c]] : products[c].reduce((value, j) => value * row[j], 1);
      if (values[c] === 0) continue;
      indices.push(c);
      data.push(values[c]);
    }
    indptr[i + 1] = indices.length;
  }
  return new CsrMatrix(X.rows, products.length, indptr, Int32Array.from(indices), Float64Array.from(data));
}
