import { CentredProducts, filled, type Centred } from '../matrix/centre.ts';
import { centredGram } from '../matrix/centred-gram.ts';
import { transposed } from '../matrix/gram.ts';
import { addScaled, dotProduct } from '../matrix/vector.ts';

/** Products of the columns of a centred Z with each other and with y. */
export interface ColumnCovariances {
  readonly rows: number;
  readonly cols: number;
  /** Zᵀy. */
  readonly withTarget: Float64Array;
  /** zⱼ·zₖ. */
  between(j: number, k: number): number;
  /** Zᵀ·(Σ weights[i]·z of columns[i]), one per column. */
  ofSum(columns: ArrayLike<number>, weights: Float64Array): Float64Array;
}

/** By all products at once where there are more rows than columns, else by the columns, which fill a sparse X. */
export function columnCovariances(problem: Centred): ColumnCovariances {
  return problem.X.rows > problem.X.cols ? fromProducts(problem) : fromColumns(problem);
}

const targetOf = (problem: Centred): Float64Array => new CentredProducts(problem).transposedTimes(problem.y, new Float64Array(problem.X.cols));

function fromProducts(problem: Centred): ColumnCovariances {
  const { rows, cols } = problem.X;
  const { data } = centredGram(problem);
  return {
    rows,
    cols,
    withTarget: targetOf(problem),
    between: (j, k) => data[j * cols + k],
    ofSum(columns, weights) {
      const sum = new Float64Array(cols);
      for (let i = 0; i < weights.length; i++) addScaled(weights[i], data, columns[i] * cols, sum, 0, cols);
      return sum;
    },
  };
}

function fromColumns(problem: Centred): ColumnCovariances {
  const { rows, cols } = problem.X;
  const columns = transposed(filled(problem));
  return {
    rows,
    cols,
    withTarget: targetOf(problem),
    between: (j, k) => dotProduct(columns, j * rows, columns, k * rows, rows),
    ofSum(added, weights) {
      const sum = new Float64Array(rows);
      for (let i = 0; i < weights.length; i++) addScaled(weights[i], columns, added[i] * rows, sum, 0, rows);
      return Float64Array.from({ length: cols }, (_, j) => dotProduct(columns, j * rows, sum, 0, rows));
    },
  };
}
