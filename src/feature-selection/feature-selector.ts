import { DataError, ShapeError } from '../core/errors.ts';
import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';

/** What every selector has learned. */
export interface ColumnsKept {
  /** Positions of the columns kept, ascending. */
  columns: Int32Array;
}

/**
 * A transformer that keeps some columns: a subclass is `learn`, which names them.
 * Counterpart: scikit-learn's SelectorMixin.
 */
export abstract class FeatureSelector<Options extends object, Learned extends ColumnsKept> extends MatrixTransformer<Options, Learned> {
  /** One mark per column of X: whether it is kept. */
  getSupport(): boolean[] {
    const { columns, nFeaturesIn } = this.fitted as ColumnsKept & FeaturesSeen;
    const support = Array.from({ length: nFeaturesIn }, () => false);
    for (const j of columns) support[j] = true;
    return support;
  }

  /** X with columns of zeros where columns were dropped. @throws ShapeError unless X has the columns kept. */
  async inverseTransform(X: MatrixLike): Promise<Matrix> {
    const { columns, nFeaturesIn } = this.fitted as ColumnsKept & FeaturesSeen;
    const matrix = asMatrix(this.owner, X, { allowNaN: this.allowNaN, minRows: 0 });
    if (matrix.cols !== columns.length) throw new ShapeError(`${this.owner}: X has ${matrix.cols} columns, but ${columns.length} were kept in fit.`);
    if (matrix.kind === 'csr') {
      return new CsrMatrix(matrix.rows, nFeaturesIn, matrix.indptr.slice(), matrix.indices.map((j) => columns[j]), matrix.data.slice());
    }
    const wide = new DenseMatrix(matrix.rows, nFeaturesIn);
    for (let i = 0; i < matrix.rows; i++) columns.forEach((j, k) => (wide.data[i * nFeaturesIn + j] = matrix.data[i * matrix.cols + k]));
    return wide;
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const { columns, nFeaturesIn } = this.fitted as ColumnsKept & FeaturesSeen;
    if (inputNames && inputNames.length !== nFeaturesIn) {
      throw new ShapeError(`${this.owner}: there must be a name for each of ${nFeaturesIn} columns, got ${inputNames.length}.`);
    }
    return Array.from(columns, (j) => inputNames?.[j] ?? `x${j}`);
  }

  protected apply(X: Matrix, { columns }: Learned): Matrix {
    if (columns.length === X.cols) return X;
    if (columns.length === 0) throw new DataError(`${this.owner}: at least one column must be kept, but none of ${X.cols} was. Loosen the options.`);
    return X.takeCols(columns);
  }
}

/** Positions of the marks that are set. */
export function positions(marks: ArrayLike<unknown>): Int32Array {
  const found: number[] = [];
  for (let j = 0; j < marks.length; j++) if (marks[j]) found.push(j);
  return Int32Array.from(found);
}
